package io.bellwether.gate;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One evaluation of one gate: every condition, none short-circuits. */
final class GateEvaluation {
  private final MetricGate gate;
  private final Evidence evidence;
  private final Duration longest;
  private final Instant now;

  GateEvaluation(MetricGate gate, Evidence evidence, Duration longest, Instant now) {
    this.gate = gate;
    this.evidence = evidence;
    this.longest = longest;
    this.now = now;
  }

  MetricGate.Evaluation run(Breaches breaches) {
    var conditions = gate.conditions();
    var results = new ConditionResult[conditions.size()];
    for (var i = 0; i < results.length; i++) {
      var condition = conditions.get(i);
      var finding = look(condition);
      breaches = remember(breaches, condition, finding);
      results[i] = result(condition, finding, breaches);
    }
    var verdict = Verdict.of(gate.name(), List.of(results), gate.dryRun());
    return new MetricGate.Evaluation(verdict, breaches);
  }

  /** What the readings say before the past is taken into account. */
  private record Finding(
      Kind kind,
      Reading candidate,
      Optional<Reading> stable,
      Duration window,
      boolean shared,
      String detail) {
    enum Kind {
      KEPT,
      BREACHED,
      BREACHED_AT_ONCE,
      FEW_SAMPLES,
      NO_DATA,
      ERROR
    }
  }

  private Finding look(Condition condition) {
    var window = condition.window().compareTo(longest) < 0 ? condition.window() : longest;
    var candidate = evidence.candidate(condition.metric(), window);
    var stable = evidence.stable(condition.metric(), window);
    if (condition.limit().basis() == Limit.Basis.TIMES_EXPECTED) {
      return fresh(condition, candidate, stable, window);
    }
    return switch (candidate.status()) {
      case NO_DATA ->
          noData(condition, candidate, stable, window, "no data: " + candidate.detail());
      case ERROR ->
          new Finding(Finding.Kind.ERROR, candidate, stable, window, false, candidate.detail());
      case VALUE -> value(condition, candidate, stable, window);
    };
  }

  private Finding fresh(
      Condition condition, Reading candidate, Optional<Reading> stable, Duration window) {
    var traffic =
        ExpectedTraffic.of(
            stable,
            evidence.candidatePerStable(),
            condition.ownMinSamples().orElse(gate.minSamples()));
    var doubt =
        candidate.status() == Reading.Status.ERROR
            ? Optional.of(candidate.detail())
            : traffic.doubt(condition.metric(), candidate);
    if (doubt.isPresent()) {
      return new Finding(Finding.Kind.ERROR, candidate, stable, window, false, doubt.get());
    }
    var detail = traffic.describe(candidate);
    return traffic.isShownBy(candidate, condition.limit())
        ? new Finding(Finding.Kind.KEPT, candidate, stable, window, false, detail)
        : noData(condition, candidate, stable, window, "telemetry is missing: " + detail);
  }

  private Finding noData(
      Condition condition,
      Reading candidate,
      Optional<Reading> stable,
      Duration window,
      String detail) {
    var kind =
        switch (condition.ownNoData().orElse(gate.noData())) {
          case HOLD -> Finding.Kind.NO_DATA;
          case FAIL -> Finding.Kind.BREACHED;
          case PASS -> Finding.Kind.KEPT;
          case ROLLBACK -> Finding.Kind.BREACHED_AT_ONCE;
        };
    return new Finding(kind, candidate, stable, window, false, detail);
  }

  private Finding value(
      Condition condition, Reading candidate, Optional<Reading> stable, Duration window) {
    var needed = condition.ownMinSamples().orElse(gate.minSamples());
    if (candidate.samples() < needed) {
      return few(candidate, stable, window, candidate, needed, "");
    }
    var doubt = implausible(condition.metric(), candidate);
    if (doubt.isPresent()) {
      return new Finding(Finding.Kind.ERROR, candidate, stable, window, false, doubt.get());
    }
    return condition.limit().relative()
        ? beside(condition, candidate, stable, window, needed)
        : alone(condition, candidate, stable, window, needed);
  }

  private static Finding alone(
      Condition condition,
      Reading candidate,
      Optional<Reading> stable,
      Duration window,
      long needed) {
    var kept = condition.limit().keptBy(candidate.value(), Double.NaN);
    var shared =
        stable
            .filter(other -> !kept)
            .flatMap(other -> SharedTrouble.of(condition, candidate, other, needed));
    return new Finding(
        kept ? Finding.Kind.KEPT : Finding.Kind.BREACHED,
        candidate,
        stable,
        window,
        shared.isPresent(),
        shared.orElse(""));
  }

  private static Finding beside(
      Condition condition,
      Reading candidate,
      Optional<Reading> stable,
      Duration window,
      long needed) {
    if (stable.isEmpty()) {
      return new Finding(
          Finding.Kind.KEPT,
          candidate,
          stable,
          window,
          false,
          "not compared: stable serves nobody");
    }
    var other = stable.get();
    if (other.status() != Reading.Status.VALUE) {
      var kind = other.status() == Reading.Status.ERROR ? Finding.Kind.ERROR : Finding.Kind.NO_DATA;
      return new Finding(kind, candidate, stable, window, false, "stable: " + other.detail());
    }
    if (other.samples() < needed) {
      return few(candidate, stable, window, other, needed, "stable: ");
    }
    var doubt = implausible(condition.metric(), other);
    if (doubt.isPresent()) {
      return new Finding(
          Finding.Kind.ERROR, candidate, stable, window, false, "stable: " + doubt.get());
    }
    var kept = condition.limit().keptBy(candidate.value(), other.value());
    return new Finding(
        kept ? Finding.Kind.KEPT : Finding.Kind.BREACHED, candidate, stable, window, false, "");
  }

  private static Finding few(
      Reading candidate,
      Optional<Reading> stable,
      Duration window,
      Reading lacking,
      long needed,
      String whose) {
    return new Finding(
        Finding.Kind.FEW_SAMPLES,
        candidate,
        stable,
        window,
        false,
        whose + lacking.samples() + " of at least " + needed + " samples");
  }

  /** Numbers that cannot be true are never taken for a pass. */
  static Optional<String> implausible(Metric metric, Reading reading) {
    var value = reading.value();
    var fine =
        switch (metric.unit()) {
          case RATIO -> value >= 0 && value <= 1;
          case MILLIS, COUNT -> value >= 0 && Double.isFinite(value);
          case VALUE -> Double.isFinite(value);
        };
    return fine
        ? Optional.empty()
        : Optional.of("the source answered " + value + ", which no " + metric.unit() + " can be");
  }

  private Breaches remember(Breaches breaches, Condition condition, Finding finding) {
    return switch (finding.kind()) {
      case KEPT -> breaches.answered(condition).kept(condition);
      case BREACHED, BREACHED_AT_ONCE -> {
        var answered = breaches.answered(condition);
        yield condition.breachedFor().isZero() ? answered : answered.breached(condition, now);
      }
      case FEW_SAMPLES, NO_DATA -> breaches.answered(condition).unseen(condition);
      case ERROR ->
          gate.errorsTolerated() == 0
              ? breaches.unseen(condition)
              : breaches.failed(condition).unseen(condition);
    };
  }

  private ConditionResult result(Condition condition, Finding finding, Breaches breaches) {
    var outcome =
        switch (finding.kind()) {
          case KEPT -> GateOutcome.PASS;
          case BREACHED ->
              lastedEnough(condition, breaches) ? GateOutcome.FAIL : GateOutcome.PENDING;
          case BREACHED_AT_ONCE -> GateOutcome.FAIL;
          case FEW_SAMPLES -> GateOutcome.INSUFFICIENT_SAMPLE;
          case NO_DATA -> GateOutcome.NO_DATA;
          case ERROR ->
              gate.errorsTolerated() > 0
                      && breaches.errorsInARow(condition) <= gate.errorsTolerated()
                  ? GateOutcome.PENDING
                  : GateOutcome.ERROR;
        };
    return new ConditionResult(
        condition,
        outcome,
        finding.candidate(),
        finding.stable(),
        finding.window(),
        finding.shared(),
        finding.detail());
  }

  private static boolean lastedEnough(Condition condition, Breaches breaches) {
    return breaches
        .of(condition)
        .map(breach -> breach.lasted().compareTo(condition.breachedFor()) >= 0)
        .orElse(true);
  }
}
