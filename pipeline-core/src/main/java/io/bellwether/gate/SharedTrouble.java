package io.bellwether.gate;

import io.bellwether.gate.Limit.Bound;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;

/**
 * Whether the stable version has the same trouble as the candidate.
 *
 * <p>A rate of few requests is a guess. When an outage begins, both versions climb over a limit
 * within seconds of each other, and the one with fewer requests may be seen to cross first. So a
 * stable rate that cannot be told from the limit counts as breaching it: its Wilson score interval
 * (Wilson 1927), one-sided at 99.9 %, reaches the limit. The next check, with more requests,
 * decides.
 */
final class SharedTrouble {
  private static final double Z = 3.0902;

  private SharedTrouble() {}

  static boolean of(Condition condition, Reading stable) {
    if (stable.status() != Reading.Status.VALUE || !Double.isFinite(stable.value())) {
      return false;
    }
    var limit = condition.limit();
    if (!limit.keptBy(stable.value(), Double.NaN)) {
      return true;
    }
    return condition.metric().unit() == Metric.Unit.RATIO
        && stable.samples() >= 100
        && !limit.keptBy(
            bound(stable.value(), stable.samples(), upward(limit.bound())), Double.NaN);
  }

  private static boolean upward(Bound bound) {
    return switch (bound) {
      case AT_MOST, BELOW -> true;
      case AT_LEAST, ABOVE -> false;
    };
  }

  private static double bound(double rate, long samples, boolean upper) {
    var z2 = Z * Z / samples;
    var centre = rate + z2 / 2;
    var half = Z * Math.sqrt(rate * (1 - rate) / samples + z2 / (4 * samples));
    return (upper ? centre + half : centre - half) / (1 + z2);
  }
}
