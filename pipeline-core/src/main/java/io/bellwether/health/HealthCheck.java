package io.bellwether.health;

/**
 * The port that looks at one thing a service depends on. Called on the host's threads; may block
 * and may throw, which counts as {@link HealthStatus#DOWN}.
 */
@FunctionalInterface
public interface HealthCheck {
  /**
   * Looks once.
   *
   * @throws Exception if the thing cannot be reached; the message is shown
   */
  HealthResult look() throws Exception;

  /**
   * How often a look that found the thing not OK is repeated before it counts, unless the registry
   * says otherwise; 0 where a fault does not pass by itself.
   */
  default int retries() {
    return 0;
  }

  /** The same check with another number of retries. */
  default HealthCheck withRetries(int retries) {
    if (retries < 0) {
      throw new IllegalArgumentException("retries: " + retries + ", expected 0 or more");
    }
    var check = this;
    return new HealthCheck() {
      @Override
      public HealthResult look() throws Exception {
        return check.look();
      }

      @Override
      public int retries() {
        return retries;
      }
    };
  }
}
