package io.bellwether.examples.quickstart.report;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.Judgement;
import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Verdict;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.runtime.RolloutListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Listens to a rollout: turns the ledger's page whenever traffic has moved, and remembers when, on
 * what evidence, and every hold. Thread-safe.
 */
public final class Chronicle implements RolloutListener {
  private final Ledger ledger;
  private final Timeline timeline;
  private final List<Step> steps = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private Optional<Judged> judged = Optional.empty();
  private Instant latest = Instant.EPOCH;

  /** A chronicle that keeps this ledger's pages. */
  public Chronicle(Ledger ledger, Timeline timeline) {
    this.ledger = ledger;
    this.timeline = timeline;
  }

  @Override
  public synchronized void on(RolloutEvent event, RolloutState state) {
    latest = event.at();
    if (event instanceof RolloutEvent.Moved moved) {
      moved(moved);
    } else if (event instanceof RolloutEvent.Checked checked) {
      checked(checked);
    } else if (event instanceof RolloutEvent.Aborted aborted) {
      aborted(aborted.cause());
    } else if (event instanceof RolloutEvent.Held held) {
      holds.add(new Hold(held, evidence(held), state.weight().percent()));
    } else if (event instanceof RolloutEvent.Released released) {
      lastHold().ifPresent(hold -> hold.ended = Optional.of(released.at()));
    }
  }

  /** The steps so far. */
  public synchronized List<StepResult> steps() {
    return steps.stream().map(this::result).toList();
  }

  /** The holds so far; one that is not over yet lasts until the latest event. */
  public synchronized List<HoldResult> holds() {
    return holds.stream().map(this::result).toList();
  }

  /** The last thing this judge said, if it was asked: its evidence from what it had counted. */
  public synchronized Optional<Judgement> judgement(CanaryJudge judge) {
    return judged.map(it -> judge.resume(it.trial().numbers()).judgement());
  }

  private void checked(RolloutEvent.Checked checked) {
    judged = checked.judged().or(() -> judged);
    lastStep()
        .ifPresent(
            step -> {
              step.evidence = evidence(checked.verdicts());
              step.judged = checked.judged().map(Judged::words);
            });
  }

  private void moved(RolloutEvent.Moved moved) {
    if (moved.split().hasCandidate()) {
      steps.add(new Step(ledger.turn(), moved.split().weight().percent(), moved.at()));
    } else {
      ledger.turn();
    }
  }

  /**
   * A gate's failure and the judge's word have their evidence in the check before; any other cause
   * speaks for itself.
   */
  private void aborted(Cause cause) {
    lastStep()
        .ifPresent(
            step -> {
              switch (cause.kind()) {
                case GATE -> step.judged = Optional.empty();
                case JUDGE -> step.evidence = List.of();
                case HEALTH,
                    REQUEST,
                    DEADLINE,
                    WORK,
                    NOT_APPROVED,
                    SUPERSEDED,
                    HOLD_LIMIT,
                    ENGINE,
                    REFUSED -> {
                  step.judged = Optional.empty();
                  step.evidence = List.of(cause.toString());
                }
              }
            });
  }

  /** Most holds follow from a check, whose evidence is already here, condition by condition. */
  private List<String> evidence(RolloutEvent.Held held) {
    return lastStep()
        .map(step -> step.evidence)
        .filter(evidence -> String.join("; ", evidence).equals(held.detail()))
        .orElse(List.of(held.detail()));
  }

  private static List<String> evidence(List<Verdict> verdicts) {
    var worst =
        verdicts.stream().map(Verdict::outcome).reduce(GateOutcome.PASS, GateOutcome::worse);
    return verdicts.stream()
        .filter(verdict -> verdict.outcome() == worst)
        .flatMap(verdict -> verdict.decisive().stream())
        .map(ConditionResult::toString)
        .toList();
  }

  private Optional<Step> lastStep() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  private Optional<Hold> lastHold() {
    return holds.isEmpty() ? Optional.empty() : Optional.of(holds.get(holds.size() - 1));
  }

  private StepResult result(Step step) {
    var stable = ledger.stable(step.page);
    var candidate = ledger.candidate(step.page);
    return new StepResult(
        step.weight,
        timeline.onTheWall(step.at),
        timeline.minute(step.at),
        stable.requests() + candidate.requests(),
        stable.failures() + candidate.failures(),
        candidate.requests(),
        candidate.failures(),
        candidate.empties(),
        Stream.concat(step.judged.stream(), step.evidence.stream()).toList());
  }

  private HoldResult result(Hold hold) {
    return new HoldResult(
        hold.reason,
        hold.evidence,
        hold.weight,
        timeline.onTheWall(hold.at),
        timeline.minute(hold.at),
        Duration.between(hold.at, hold.ended.orElse(latest)));
  }

  private static final class Step {
    private final int page;
    private final double weight;
    private final Instant at;
    private List<String> evidence = List.of();
    private Optional<String> judged = Optional.empty();

    private Step(int page, double weight, Instant at) {
      this.page = page;
      this.weight = weight;
      this.at = at;
    }
  }

  private static final class Hold {
    private final HoldReason reason;
    private final List<String> evidence;
    private final double weight;
    private final Instant at;
    private Optional<Instant> ended = Optional.empty();

    private Hold(RolloutEvent.Held held, List<String> evidence, double weight) {
      this.reason = held.reason();
      this.evidence = evidence;
      this.weight = weight;
      this.at = held.at();
    }
  }
}
