package io.bellwether.gate;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The requests a candidate must have had, by stable's requests and the weights.
 *
 * @param stable stable's count, if there is one
 * @param requests how many are expected; 0 where nothing can be
 * @param least from how many on they say anything
 */
record ExpectedTraffic(Optional<Reading> stable, double requests, long least) {
  /** A Poisson count falls this many standard deviations short once in 30,000 looks. */
  private static final double DEVIATIONS = 4;

  static ExpectedTraffic of(Optional<Reading> stable, OptionalDouble perStable, long least) {
    var counted = stable.filter(reading -> reading.status() == Reading.Status.VALUE);
    var requests =
        counted.isPresent() && perStable.isPresent()
            ? counted.get().value() * perStable.getAsDouble()
            : 0;
    return new ExpectedTraffic(counted, requests, least);
  }

  /** Why a count cannot be true. */
  Optional<String> doubt(Metric metric, Reading candidate) {
    return stable
        .flatMap(reading -> GateEvaluation.implausible(metric, reading))
        .map(doubt -> "stable: " + doubt)
        .or(
            () ->
                candidate.status() == Reading.Status.VALUE
                    ? GateEvaluation.implausible(metric, candidate)
                    : Optional.empty());
  }

  /** Whether the candidate's count, none where there is no data, is as high as it has to be. */
  boolean isShownBy(Reading candidate, Limit limit) {
    var seen = seen(candidate);
    return requests < least
        || limit.keptBy(seen, requests)
        || seen >= requests - DEVIATIONS * Math.sqrt(requests);
  }

  String describe(Reading candidate) {
    return Math.round(seen(candidate)) + " of about " + Math.round(requests) + " requests expected";
  }

  private static double seen(Reading candidate) {
    return candidate.status() == Reading.Status.VALUE ? candidate.value() : 0;
  }
}
