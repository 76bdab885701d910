package io.bellwether.incident;

/** The port to a provider's status page. May block and may throw. */
@FunctionalInterface
public interface ProviderStatus {
  /** What the page says now. */
  Report look();

  /**
   * What a status page says.
   *
   * @param provider whose
   * @param operational whether all is well there
   * @param text the page's own words; may be empty
   */
  record Report(String provider, boolean operational, String text) {
    /** For example {@code the AI provider is in trouble: elevated errors}. */
    @Override
    public String toString() {
      return provider
          + (operational ? " is operational" : " is in trouble")
          + (text.isEmpty() ? "" : ": " + text);
    }
  }

  /** Nobody knows. */
  static ProviderStatus unknown() {
    return () -> new Report("the provider", true, "no status page is watched");
  }
}
