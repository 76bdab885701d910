package io.bellwether.strategy;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scripted traffic to simulate a strategy on. Immutable; each method returns a changed copy.
 *
 * <p>Rates are taken at their word: 600 requests a minute at 2 % errors are 12 errors every minute.
 * Where a value is given per step, the last one holds for the steps after it. Unless said otherwise
 * both versions have 1 % errors, no empty answers and a p95 of 800 ms.
 *
 * @param perMinute requests a minute over both versions; positive, at most a billion
 * @param stable how the stable version does
 * @param candidate how the candidate does, step by step; not empty
 * @param outage when both versions fail alike; of zero length where there is none
 */
public record Traffic(
    double perMinute, Behaviour stable, List<Behaviour> candidate, Outage outage) {
  private static final Behaviour USUAL =
      new Behaviour(Ratio.percent(1), Ratio.ZERO, Duration.ofMillis(800));

  /**
   * How a version does.
   *
   * @param errors errors per request
   * @param empties answers without content per request; an answer is not both, so that the two
   *     together are at most 100 %
   * @param p95 the latency's 95th percentile; positive, at most a day
   */
  public record Behaviour(Ratio errors, Ratio empties, Duration p95) {}

  /**
   * A time during which both versions fail alike.
   *
   * @param from after the rollout's begin; at most 10,000 days
   * @param length how long; at most 10,000 days
   * @param errors errors per request of either version, which leaves the rest for empty answers
   */
  public record Outage(Duration from, Duration length, Ratio errors) {}

  /** Refuses, all at once, what no traffic can be. */
  public Traffic {
    candidate = TrafficRules.checked(perMinute, stable, candidate, outage);
  }

  /**
   * Traffic of this many requests a minute.
   *
   * @throws io.bellwether.InvalidConfigurationException if there can be no such traffic
   */
  public static Traffic traffic(double perMinute) {
    return new Traffic(
        perMinute, USUAL, List.of(USUAL), new Outage(Duration.ZERO, Duration.ZERO, Ratio.ZERO));
  }

  /** The stable version's error rate. */
  public Traffic stableErrors(Ratio errors) {
    return new Traffic(
        perMinute, new Behaviour(errors, stable.empties(), stable.p95()), candidate, outage);
  }

  /** The stable version's latency p95. */
  public Traffic stableP95(Duration p95) {
    return new Traffic(
        perMinute, new Behaviour(stable.errors(), stable.empties(), p95), candidate, outage);
  }

  /** The candidate's error rate, step by step. */
  public Traffic candidateErrors(Ratio... errors) {
    return perStep(errors, (was, value) -> new Behaviour(value, was.empties(), was.p95()));
  }

  /** The candidate's rate of empty answers, step by step. */
  public Traffic candidateEmpties(Ratio... empties) {
    return perStep(empties, (was, value) -> new Behaviour(was.errors(), value, was.p95()));
  }

  /** The candidate's latency p95, step by step. */
  public Traffic candidateP95(Duration... p95) {
    return perStep(p95, (was, value) -> new Behaviour(was.errors(), was.empties(), value));
  }

  /**
   * Both versions fail alike for a while.
   *
   * @throws io.bellwether.InvalidConfigurationException if there can be no such outage
   */
  public Traffic outage(Duration from, Duration length, Ratio errors) {
    return new Traffic(perMinute, stable, candidate, new Outage(from, length, errors));
  }

  /** How the candidate does in a step. */
  Behaviour candidateAt(int step) {
    return candidate.get(Math.min(step, candidate.size() - 1));
  }

  @FunctionalInterface
  private interface Change<V> {
    Behaviour apply(Behaviour was, V value);
  }

  private <V> Traffic perStep(V @Nullable [] values, Change<V> change) {
    if (values == null || values.length == 0) {
      throw new IllegalArgumentException("expected one value per step, at least one");
    }
    var steps = Math.max(values.length, candidate.size());
    var changed = new ArrayList<Behaviour>(steps);
    for (var step = 0; step < steps; step++) {
      changed.add(change.apply(candidateAt(step), values[Math.min(step, values.length - 1)]));
    }
    return new Traffic(perMinute, stable, changed, outage);
  }
}
