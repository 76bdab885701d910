package io.bellwether.examples.quickstart.model;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Durations whose logarithm is normally distributed: {@code median * exp(sigma * z)}, the usual
 * shape of a service's answer times.
 *
 * @param median half of the durations are shorter; positive
 * @param sigma the spread, not negative; the 95th percentile is {@code median * exp(1.645 * sigma)}
 */
public record LogNormal(Duration median, double sigma) {
  /** Refuses what is no distribution. */
  public LogNormal {
    if (median.isNegative() || median.isZero() || !(sigma >= 0 && sigma <= 3)) {
      throw new IllegalArgumentException(
          "log-normal duration: median "
              + median
              + " must be positive, sigma "
              + sigma
              + " from 0 to 3");
    }
  }

  /** Draws a duration. */
  public Duration draw(RandomGenerator random) {
    return times(Math.exp(sigma * random.nextGaussian()));
  }

  /** The duration that this share of the draws stays under; the 95th percentile for z = 1.645. */
  public Duration quantile(double z) {
    return times(Math.exp(sigma * z));
  }

  /** The same shape on a faster clock. */
  public LogNormal faster(double speed) {
    return new LogNormal(Duration.ofNanos((long) (median.toNanos() / speed)), sigma);
  }

  private Duration times(double factor) {
    return Duration.ofNanos((long) (median.toNanos() * factor));
  }
}
