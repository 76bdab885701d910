package io.bellwether.gate;

import io.bellwether.gate.Limit.Bound;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.util.Optional;

/**
 * Whether the stable version has the same trouble as the candidate.
 *
 * <p>A rate of few requests is a guess. When an outage begins, both versions climb over a limit
 * within seconds of each other, and the one with fewer requests may be seen to cross first. So a
 * stable rate counts as breaching the limit too when it can be told neither from the limit nor from
 * the candidate's rate: its Wilson score interval (Wilson 1927) reaches the limit, and the pooled
 * two-proportion score test finds no difference, both one-sided at 99.9 %. The next check, with
 * more requests, decides. A candidate that is clearly worse than stable is never excused by how
 * little is known of stable.
 */
final class SharedTrouble {
  private static final double Z = 3.0902;
  private static final long MIN_SAMPLES = 100;

  private SharedTrouble() {}

  /**
   * Why a breach of this absolute limit is stable's as well, in words; empty if it is not.
   *
   * @param needed requests without which stable's number says nothing, as for the candidate's
   */
  static Optional<String> of(Condition condition, Reading candidate, Reading stable, long needed) {
    if (stable.status() != Reading.Status.VALUE
        || stable.samples() < needed
        || GateEvaluation.implausible(condition.metric(), stable).isPresent()) {
      return Optional.empty();
    }
    var limit = condition.limit();
    if (!limit.keptBy(stable.value(), Double.NaN)) {
      return Optional.of("stable breaches it too");
    }
    var upward = upward(limit.bound());
    return condition.metric().unit() == Metric.Unit.RATIO
            && stable.samples() >= MIN_SAMPLES
            && !limit.keptBy(bound(stable.value(), stable.samples(), upward), Double.NaN)
            && !clearlyWorse(candidate, stable, upward)
        ? Optional.of("stable cannot be told from breaching it")
        : Optional.empty();
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

  private static boolean clearlyWorse(Reading candidate, Reading stable, boolean upward) {
    var all = (double) candidate.samples() + stable.samples();
    var pooled =
        (candidate.value() * candidate.samples() + stable.value() * stable.samples()) / all;
    var deviation =
        Math.sqrt(pooled * (1 - pooled) * (1.0 / candidate.samples() + 1.0 / stable.samples()));
    var worse = candidate.value() - stable.value();
    return (upward ? worse : -worse) > Z * deviation;
  }
}
