package io.bellwether.report;

import io.bellwether.alert.Alert;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.StreamEvidence;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.slo.SloReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects a rollout's events and what its journal does not know, and gives a report at any time.
 * Not thread-safe.
 */
public final class RolloutReportBuilder {
  private static final int MOST_ALERTS = 200;

  private final Timeline timeline = new Timeline();
  private final Thinned<WeightPoint> weights = new Thinned<>();
  private final Thinned<VersionSample> given = new Thinned<>();
  private final Thinned<VersionSample> checked = new Thinned<>();
  private final Thinned<EvidencePoint> evidence = new Thinned<>();
  private final GateBook gates = new GateBook();
  private final People people = new People();
  private final Holds holds = new Holds();
  private final Map<String, AlertLine> alerts = new LinkedHashMap<>();
  private final Map<String, BudgetLine> budgets = new LinkedHashMap<>();
  private Optional<CanaryJudge> judge = Optional.empty();
  private Optional<Judged> judged = Optional.empty();
  private @Nullable RolloutState state;
  private Instant asOf = Instant.EPOCH;
  private Instant lastSample = Instant.MIN;
  private boolean sampled;

  RolloutReportBuilder() {}

  /** Adds everything that has happened, oldest first. */
  public RolloutReportBuilder events(List<RolloutEvent> journal) {
    journal.forEach(this::event);
    return this;
  }

  /**
   * Adds what happened next.
   *
   * @throws IllegalArgumentException if it is the first event and not {@link RolloutEvent.Accepted}
   */
  public RolloutReportBuilder event(RolloutEvent event) {
    var before = stateBefore(event);
    var after = event.applyTo(before);
    state = after;
    asOf = event.at();
    if (event instanceof RolloutEvent.Accepted || !after.weight().equals(before.weight())) {
      weights.add(new WeightPoint(event.at(), after.weight()));
    }
    holds.take(event, after);
    people.take(event);
    timeline.take(event, after, people);
    if (event instanceof RolloutEvent.Checked check) {
      take(check);
    }
    return this;
  }

  private RolloutState stateBefore(RolloutEvent event) {
    var known = state;
    return known != null ? known : RolloutEvent.replay(List.of(event));
  }

  private void take(RolloutEvent.Checked check) {
    gates.take(check);
    CheckedFigures.of(check).ifPresent(checked::add);
    judged = check.judged().or(() -> judged);
    check
        .judged()
        .flatMap(Judged::alarm)
        .ifPresent(
            alarm -> evidence.add(new EvidencePoint(check.at(), alarm.eValue(), alarm.limit())));
  }

  /**
   * Adds both versions' figures at a moment; one older than the last is ignored. Without any, those
   * of the checks are shown.
   */
  public RolloutReportBuilder sample(VersionSample sample) {
    if (!sample.at().isBefore(lastSample)) {
      given.add(sample);
      lastSample = sample.at();
      sampled = true;
    }
    return this;
  }

  /**
   * Adds an alert that was given to the notifier; one of the same key takes its place.
   *
   * @param delivered whether the notifier took it
   */
  public RolloutReportBuilder alert(Alert alert, boolean delivered) {
    if (alerts.size() < MOST_ALERTS || alerts.containsKey(alert.key())) {
      alerts.put(alert.key(), AlertLine.of(alert, delivered));
    }
    return this;
  }

  /** Adds how the error budgets stand: the first counts as before, the last as after. */
  public RolloutReportBuilder budgets(SloReport report) {
    for (var result : report.results()) {
      var standing = BudgetLine.Standing.of(result);
      budgets.merge(
          result.name(),
          new BudgetLine(result.name(), standing, standing),
          (before, now) -> new BudgetLine(before.slo(), before.before(), now.after()));
    }
    return this;
  }

  /** The plan's judge, which can tell from the journal what it had compared. */
  public RolloutReportBuilder judge(CanaryJudge judge) {
    this.judge = Optional.of(judge);
    return this;
  }

  /** How the report calls who asked or approved, such as by a role; as recorded otherwise. */
  public RolloutReportBuilder people(UnaryOperator<String> names) {
    people.names(names);
    return this;
  }

  /**
   * The report so far.
   *
   * @throws IllegalArgumentException if no event was added
   */
  public RolloutReport build() {
    var now = state;
    if (now == null) {
      throw new IllegalArgumentException(
          "a report of no events: give a rollout's journal, which begins with Accepted");
    }
    return new RolloutReport(
        now.run(),
        now.phase(),
        now.step(),
        now.weight(),
        people.rename(now.explain()),
        now.cause().map(cause -> new Cause(cause.kind(), people.rename(cause.text()))),
        now.verified(),
        asOf,
        timeline.moments(people),
        timeline.leftOut(),
        weights.list(),
        (sampled ? given : checked).list(),
        evidence.list(),
        judged.map(Judged::words),
        streams(),
        gates.lines(),
        holds.lines(people),
        people.requests(),
        alerts.values().stream().map(this::renamed).toList(),
        List.copyOf(budgets.values()));
  }

  private AlertLine renamed(AlertLine line) {
    return new AlertLine(
        line.at(),
        line.name(),
        line.severity(),
        people.rename(line.summary()),
        line.nextStep(),
        line.delivered());
  }

  private List<StreamEvidence> streams() {
    return judge
        .flatMap(known -> judged.flatMap(said -> judgement(known, said)))
        .map(Judgement::streams)
        .orElse(List.of());
  }

  /** Numbers of another judge, or of none, tell nothing. */
  private static Optional<Judgement> judgement(CanaryJudge judge, Judged said) {
    try {
      return said.trial().numbers().isEmpty()
          ? Optional.empty()
          : Optional.of(judge.resume(said.trial().numbers()).judgement());
    } catch (IllegalArgumentException otherJudge) {
      return Optional.empty();
    }
  }
}
