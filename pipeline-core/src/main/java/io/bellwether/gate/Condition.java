package io.bellwether.gate;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.metrics.Metric;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One sentence a gate requires: this metric keeps this limit.
 *
 * <p>Made by {@link Conditions}; the methods with an argument return a changed copy. Immutable and
 * thread-safe.
 *
 * @param metric what is looked at
 * @param limit what it has to keep
 * @param warnFrom from this number up to the limit, both inside, a kept check is worth a warning;
 *     never where empty
 * @param window how far back the metric is computed; positive, at most {@link Durations#LONGEST}
 * @param breachedFor how long a breach must last to fail, at most {@link Durations#LONGEST}; zero
 *     fails at the first breached check
 * @param ownMinSamples requests needed to say anything; the gate's minimum where empty
 * @param ownNoData what no data means; the gate's policy where empty
 */
public record Condition(
    Metric metric,
    Limit limit,
    OptionalDouble warnFrom,
    Duration window,
    Duration breachedFor,
    OptionalLong ownMinSamples,
    Optional<NoDataPolicy> ownNoData) {

  /** Refuses, all at once, what could never be evaluated. */
  public Condition {
    var problems = new Problems();
    Durations.positiveProblem("window", window).ifPresent(problems::add);
    Durations.problem("breachedFor", breachedFor).ifPresent(problems::add);
    problems
        .require(
            ownMinSamples.orElse(1) >= 1,
            "minSamples " + ownMinSamples.orElse(1) + " must be at least 1")
        .require(
            limit.relative() || limit.canBeKept(metric.unit()),
            "nothing can keep the limit " + limit.describe(metric))
        .require(
            warnFrom.isEmpty() || limit.hasBefore(warnFrom.getAsDouble()),
            "warnFrom "
                + metric.format(warnFrom.orElse(0))
                + " must keep the limit, and the limit must not depend on stable: "
                + limit.describe(metric))
        .throwIfAny("condition on " + metric);
  }

  /** The same condition, failing only when the breach has lasted this long. */
  public Condition breachedFor(Duration duration) {
    return new Condition(metric, limit, warnFrom, window, duration, ownMinSamples, ownNoData);
  }

  /** The same condition over another window. */
  public Condition over(Duration window) {
    return new Condition(metric, limit, warnFrom, window, breachedFor, ownMinSamples, ownNoData);
  }

  /** The same condition with a minimum sample of its own. */
  public Condition minSamples(long samples) {
    return new Condition(
        metric, limit, warnFrom, window, breachedFor, OptionalLong.of(samples), ownNoData);
  }

  /** The same condition with a no-data policy of its own. */
  public Condition onNoData(NoDataPolicy policy) {
    return new Condition(
        metric, limit, warnFrom, window, breachedFor, ownMinSamples, Optional.of(policy));
  }

  /**
   * The same condition with a band before its limit that is worth a warning: {@code
   * errorRate().atMost(percent(5)).warnFrom(percent(2))} warns from 2 % to 5 %, both inside.
   *
   * @throws IllegalArgumentException if the metric is no ratio
   * @throws io.bellwether.InvalidConfigurationException if the edge lies beyond the limit
   */
  public Condition warnFrom(Ratio edge) {
    return warnFrom(Metric.Unit.RATIO, edge.value());
  }

  /**
   * The same for a duration.
   *
   * @throws IllegalArgumentException if the metric is no duration
   * @throws io.bellwether.InvalidConfigurationException if the edge lies beyond the limit
   */
  public Condition warnFrom(Duration edge) {
    return warnFrom(Metric.Unit.MILLIS, Metric.millis(edge));
  }

  /** For example {@code error_rate at most 5%, failing after 5m}. */
  @Override
  public String toString() {
    var text = metric + " " + limit.describe(metric);
    return breachedFor.isZero() ? text : text + ", failing after " + Durations.plain(breachedFor);
  }

  /** Whether this value keeps the limit and is worth a warning all the same. */
  boolean warns(double value) {
    return warnFrom.isPresent() && limit.isBetween(warnFrom.getAsDouble(), value);
  }

  private Condition warnFrom(Metric.Unit unit, double edge) {
    Conditions.expect(metric, unit);
    return new Condition(
        metric, limit, OptionalDouble.of(edge), window, breachedFor, ownMinSamples, ownNoData);
  }
}
