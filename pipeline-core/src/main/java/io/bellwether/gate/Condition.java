package io.bellwether.gate;

import io.bellwether.metrics.Metric;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One sentence a gate requires: this metric keeps this limit.
 *
 * <p>Made by {@link Conditions}; the methods with an argument return a changed copy. Immutable and
 * thread-safe.
 *
 * @param metric what is looked at
 * @param limit what it has to keep
 * @param window how far back the metric is computed; positive
 * @param breachedFor how long a breach must last to fail; zero fails at the first breached check
 * @param ownMinSamples requests needed to say anything; the gate's minimum where empty
 * @param ownNoData what no data means; the gate's policy where empty
 */
public record Condition(
    Metric metric,
    Limit limit,
    Duration window,
    Duration breachedFor,
    OptionalLong ownMinSamples,
    Optional<NoDataPolicy> ownNoData) {

  /** Refuses durations and sample sizes that mean nothing. */
  public Condition {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "condition on " + metric + ": window " + window + " must be longer than nothing");
    }
    if (breachedFor.isNegative()) {
      throw new IllegalArgumentException(
          "condition on " + metric + ": breachedFor " + breachedFor + " must not be negative");
    }
    if (ownMinSamples.isPresent() && ownMinSamples.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "condition on "
              + metric
              + ": minSamples "
              + ownMinSamples.getAsLong()
              + " must be at least 1");
    }
  }

  /** The same condition, failing only when the breach has lasted this long. */
  public Condition breachedFor(Duration duration) {
    return new Condition(metric, limit, window, duration, ownMinSamples, ownNoData);
  }

  /** The same condition over another window. */
  public Condition over(Duration window) {
    return new Condition(metric, limit, window, breachedFor, ownMinSamples, ownNoData);
  }

  /** The same condition with a minimum sample of its own. */
  public Condition minSamples(long samples) {
    return new Condition(metric, limit, window, breachedFor, OptionalLong.of(samples), ownNoData);
  }

  /** The same condition with a no-data policy of its own. */
  public Condition onNoData(NoDataPolicy policy) {
    return new Condition(metric, limit, window, breachedFor, ownMinSamples, Optional.of(policy));
  }

  /** For example {@code error_rate at most 5% for PT5M}. */
  @Override
  public String toString() {
    var text = metric + " " + limit.describe(metric);
    return breachedFor.isZero() ? text : text + ", failing after " + breachedFor;
  }
}
