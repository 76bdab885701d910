package io.bellwether.openslo;

import io.bellwether.Ratio;
import io.bellwether.slo.Objective;
import io.bellwether.slo.Slo.Sli;
import io.bellwether.slo.SloBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what the annotations say beyond OpenSLO; those of others are theirs. */
final class ExtrasReader {
  private static final List<String> KNOWN =
      List.of(
          Extras.STRICT,
          Extras.SLI,
          Extras.MISSING,
          Extras.EXPECTED_EVENTS,
          Extras.MINIMUM_COVERAGE,
          Extras.PROBE_INTERVAL,
          Extras.NOT_FOR_BUDGET,
          Extras.LATENCY);

  private ExtrasReader() {}

  static void read(Field extras, List<Consumer<SloBuilder>> changes) {
    for (var name : new ArrayList<>(extras.names())) {
      if (!name.startsWith(Extras.PREFIX)) {
        extras.optional(name);
      } else if (!KNOWN.contains(name)) {
        extras.optional(name).ifPresent(f -> f.problem("unknown annotation; there are " + KNOWN));
      }
    }
    extras
        .optional(Extras.EXPECTED_EVENTS)
        .flatMap(Field::count)
        .ifPresent(events -> changes.add(s -> s.expectingEvents(events)));
    extras
        .optional(Extras.MINIMUM_COVERAGE)
        .flatMap(f -> SloReader.ratio(f, 0))
        .ifPresent(share -> changes.add(s -> s.minimumCoverage(share)));
    extras
        .optional(Extras.PROBE_INTERVAL)
        .flatMap(ExtrasReader::length)
        .ifPresent(interval -> changes.add(s -> s.probedEvery(interval)));
    if (extras.optional(Extras.NOT_FOR_BUDGET).filter(Field::isTrue).isPresent()) {
      changes.add(SloBuilder::notForBudget);
    }
  }

  /** What is measured and asked: any ratio, unless an annotation names the SLI. */
  static void measure(SloBuilder slo, Optional<Field> extras, Ratio target) {
    var strict = extras.flatMap(e -> e.optional(Extras.STRICT)).filter(Field::isTrue).isPresent();
    var threshold = extras.flatMap(e -> e.optional(Extras.LATENCY)).flatMap(ExtrasReader::length);
    var sli =
        extras
            .flatMap(e -> e.optional(Extras.SLI))
            .flatMap(f -> constant(f, Sli.class))
            .orElse(Sli.RATIO);
    var plain = strict ? Objective.above(target) : Objective.atLeast(target);
    var bad = target.complement();
    switch (sli) {
      case ERROR_RATE ->
          slo.errorRateBelow(bad).asking(strict ? Objective.below(bad) : Objective.atMost(bad));
      case SUCCESS_RATE -> slo.successRateAbove(target).asking(plain);
      case LATENCY -> threshold.ifPresent(t -> slo.latency(t, target).asking(plain));
      case AVAILABILITY -> slo.availability(target);
      case RATIO -> slo.ratio(plain);
      case COMPOSITE -> slo.composite(plain);
    }
  }

  static <E extends Enum<E>> Optional<E> constant(Field field, Class<E> type) {
    for (var constant : type.getEnumConstants()) {
      if (constant.name().equals(field.text())) {
        return Optional.of(constant);
      }
    }
    field.problem("'" + field.text() + "', expected one of " + List.of(type.getEnumConstants()));
    return Optional.empty();
  }

  /** An exact duration as ISO 8601 writes it. */
  private static Optional<java.time.Duration> length(Field field) {
    try {
      return Optional.of(java.time.Duration.parse(field.text()));
    } catch (java.time.DateTimeException e) {
      field.problem("'" + field.text() + "' is no duration such as PT30S");
      return Optional.empty();
    }
  }
}
