package io.bellwether.rollout;

import io.bellwether.analysis.WeightSpan;
import io.bellwether.gate.Breaches;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Verdict;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fact about a rollout. Events are what the journal keeps; folding them with {@link #applyTo}
 * gives back the state.
 */
public sealed interface RolloutEvent {
  /** When it happened. */
  Instant at();

  /** The state after this event. */
  RolloutState applyTo(RolloutState state);

  /** What happened, in one sentence. */
  String explain();

  /**
   * The state after these events of one rollout.
   *
   * @param journal in order, beginning with {@link Accepted}
   * @throws IllegalArgumentException if it does not begin so
   */
  static RolloutState replay(List<RolloutEvent> journal) {
    if (journal.isEmpty() || !(journal.get(0) instanceof Accepted accepted)) {
      throw new IllegalArgumentException(
          "a rollout's journal begins with Accepted, this one with "
              + (journal.isEmpty() ? "nothing" : journal.get(0)));
    }
    var state = RolloutState.pending(accepted.run());
    for (var event : journal) {
      state = event.applyTo(state);
    }
    return state;
  }

  /**
   * The rollout was accepted.
   *
   * @param at when
   * @param run what does not change from now on
   */
  record Accepted(Instant at, RunInfo run) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return RolloutState.pending(run);
    }

    @Override
    public String explain() {
      return run.release()
          + ": "
          + run.purpose()
          + " "
          + run.candidate()
          + " beside "
          + run.stable();
    }
  }

  /**
   * The rollout entered a phase.
   *
   * @param at when
   * @param phase the phase
   * @param step the step's index
   */
  record Entered(Instant at, Phase phase, int step) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var edit = state.edit().enter(phase, at).approvals(List.of()).step(step);
      return phase == Phase.SHIFTING || phase == Phase.PROMOTING
          ? edit.comparison(state.comparison().closed(at)).done()
          : edit.done();
    }

    @Override
    public String explain() {
      return phase + " (step " + (step + 1) + ")";
    }
  }

  /**
   * An effect was asked for.
   *
   * @param at when
   * @param key its identity
   */
  record Asked(Instant at, EffectKey key) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var edit = state.edit().awaited(Awaited.asked(state.awaited(), key, at));
      return key.kind() == EffectKey.Kind.PREPARE
          ? edit.worked(Math.max(state.worked(), key.step() + 1)).done()
          : edit.done();
    }

    @Override
    public String explain() {
      return "asked for " + key.kind();
    }
  }

  /**
   * An effect failed and will be asked for again.
   *
   * @param at when
   * @param reason for people
   * @param retryAt when to ask again
   */
  record Stumbled(Instant at, String reason, Instant retryAt) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state
          .awaited()
          .map(awaited -> state.edit().awaited(awaited.failed(reason, retryAt)).done())
          .orElse(state);
    }

    @Override
    public String explain() {
      return "to be tried again: " + reason;
    }
  }

  /**
   * The router confirmed a split, or a step's work moved traffic.
   *
   * @param at when
   * @param split what it does now
   */
  record Moved(Instant at, TrafficSplit split) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var onCandidate = split.stable().equals(state.candidate());
      return state.edit().answered().weight(onCandidate ? Weight.FULL : split.weight()).done();
    }

    @Override
    public String explain() {
      return "traffic confirmed, " + split;
    }
  }

  /**
   * A step's bake began.
   *
   * @param at when
   * @param from when its clock starts: at once, or after the candidate's warm-up
   * @param checkDue when the gates are to be checked first
   * @param judgedFrom the candidate is not judged on anything older
   */
  record BakeBegan(Instant at, Instant from, Instant checkDue, Instant judgedFrom)
      implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state
          .edit()
          .bake(state.bake().begunAt(from, checkDue, judgedFrom))
          .comparison(state.comparison().opened(WeightSpan.from(state.weight(), from)))
          .done();
    }

    @Override
    public String explain() {
      return "baking";
    }
  }

  /**
   * The gates were checked, and something follows from it, came out differently, or had not been
   * said for a while: a check that says what the last one said is not kept.
   *
   * @param at when
   * @param verdicts one per gate
   * @param breaches what the gates remember
   * @param checkDue when they are to be checked next
   * @param judged what the judge said; empty where none compares
   */
  record Checked(
      Instant at,
      List<Verdict> verdicts,
      Breaches breaches,
      Instant checkDue,
      Optional<Judged> judged)
      implements RolloutEvent {
    /** Copies the verdicts. */
    public Checked {
      verdicts = List.copyOf(verdicts);
    }

    /** A check of the gates alone. */
    public Checked(Instant at, List<Verdict> verdicts, Breaches breaches, Instant checkDue) {
      this(at, verdicts, breaches, checkDue, Optional.empty());
    }

    @Override
    public RolloutState applyTo(RolloutState state) {
      var edit = state.edit().bake(state.bake().checked(checkDue, breaches, outcomes()));
      return judged
          .map(it -> edit.comparison(state.comparison().judged(it)).done())
          .orElseGet(edit::done);
    }

    /** How each gate came out. */
    List<GateOutcome> outcomes() {
      var outcomes = new ArrayList<GateOutcome>(verdicts.size());
      for (var verdict : verdicts) {
        outcomes.add(verdict.outcome());
      }
      return outcomes;
    }

    @Override
    public String explain() {
      var said =
          Stream.concat(
                  judged.map(Judged::words).stream(), verdicts.stream().map(Verdict::toString))
              .collect(Collectors.joining("; "));
      return said.isEmpty() ? "nothing to check" : said;
    }
  }

  /**
   * The rollout began to wait.
   *
   * @param at when
   * @param reason why
   * @param detail the evidence
   * @param entering the index of the step it may not enter yet; of the current one where it waits
   *     for something else
   */
  record Held(Instant at, HoldReason reason, String detail, int entering) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var from = state.hold().map(Hold::from).orElse(state.phase());
      return state
          .edit()
          .enter(Phase.HELD, at)
          .bake(state.bake().stoppedAt(at))
          .hold(new Hold(reason, from, at, detail, entering, false))
          .done();
    }

    @Override
    public String explain() {
      return "HELD, " + reason + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /**
   * The wait is over.
   *
   * @param at when
   * @param judgedFrom the candidate is not judged on anything older from now on
   */
  record Released(Instant at, Instant judgedFrom) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var from = state.hold().map(Hold::from).orElse(state.phase());
      return state.edit().enter(from, at).bake(state.bake().resumedAt(at, judgedFrom)).done();
    }

    @Override
    public String explain() {
      return "the hold is over";
    }
  }

  /**
   * A hold outlasted a limit that ends in an alert only.
   *
   * @param at when
   * @param limit the limit that has passed
   */
  record Overdue(Instant at, HoldReason limit) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state.hold().map(hold -> state.edit().hold(hold.asOverdue()).done()).orElse(state);
    }

    @Override
    public String explain() {
      return "still held: " + limit;
    }
  }

  /**
   * The guards were asked.
   *
   * @param at when
   * @param clearance the strictest answer
   * @param askAgain when they are to be asked next, if they do not let the rollout go on
   */
  record Cleared(Instant at, Clearance clearance, Instant askAgain) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var bake = state.bake();
      var edit =
          state.edit().answered().bake(bake.checked(askAgain, bake.breaches(), bake.outcomes()));
      return refuses(state)
          ? edit.cause(new Cause(Cause.Kind.REFUSED, clearance.reason())).done()
          : edit.done();
    }

    private boolean refuses(RolloutState state) {
      return clearance.decision() == Clearance.Decision.REFUSE && state.phase() == Phase.PENDING;
    }

    @Override
    public String explain() {
      return "guards say "
          + clearance.decision()
          + (clearance.reason().isEmpty() ? "" : ": " + clearance.reason());
    }
  }

  /**
   * Somebody agreed to go on.
   *
   * @param at when
   * @param approval who and why
   */
  record Approved(Instant at, Approval approval) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var all = new ArrayList<>(state.approvals());
      all.add(approval);
      return state.edit().approvals(all).done();
    }

    @Override
    public String explain() {
      return "approved by " + approval.actor() + ": " + approval.reason();
    }
  }

  /**
   * Somebody asked for something that took effect, or did not.
   *
   * @param at when
   * @param actor who
   * @param request what, in words
   * @param refusal why it had no effect; empty where it had
   */
  record Requested(Instant at, String actor, String request, String refusal)
      implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state;
    }

    @Override
    public String explain() {
      return actor + ": " + request + (refusal.isEmpty() ? "" : " (not done: " + refusal + ")");
    }
  }

  /**
   * The run was taken up again.
   *
   * @param at when
   * @param blind how long nobody looked after it; no bake
   * @param looksAgain whether the check that let it go on is too long ago, so that it is made again
   * @param counted how much of that time counts as bake all the same
   */
  record TakenUp(Instant at, Duration blind, boolean looksAgain, Duration counted)
      implements RolloutEvent {
    /** The time in between is no bake. */
    public TakenUp(Instant at, Duration blind, boolean looksAgain) {
      this(at, blind, looksAgain, Duration.ZERO);
    }

    @Override
    public RolloutState applyTo(RolloutState state) {
      var edit =
          state
              .edit()
              .since(state.since().plus(blind))
              .bake(state.bake().delayedBy(blind.minus(counted)))
              .comparison(state.comparison().interrupted(at, blind));
      return looksAgain ? edit.answered().done() : edit.done();
    }

    @Override
    public String explain() {
      return "taken up again";
    }
  }

  /**
   * The rollout goes back.
   *
   * @param at when
   * @param cause why
   */
  record Aborted(Instant at, Cause cause) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state
          .edit()
          .enter(Phase.ABORTING, at)
          .bake(state.bake().stoppedAt(at))
          .comparison(state.comparison().closed(at))
          .cause(cause)
          .done();
    }

    @Override
    public String explain() {
      return "ABORTING, because " + cause;
    }
  }

  /**
   * Stable was looked at after traffic had moved back.
   *
   * @param at when
   * @param healthy whether it does well
   * @param detail the findings
   */
  record Verified(Instant at, boolean healthy, String detail) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state.edit().answered().verified(healthy).done();
    }

    @Override
    public String explain() {
      return (healthy ? "stable is well" : "stable is NOT well")
          + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /**
   * A step's work was taken back, or could not be.
   *
   * @param at when
   * @param step the step's index
   * @param failure why it could not be; empty where it was
   */
  record Compensated(Instant at, int step, String failure) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state.edit().answered().worked(step).done();
    }

    @Override
    public String explain() {
      return "work of step "
          + (step + 1)
          + (failure.isEmpty() ? " taken back" : " could not be taken back: " + failure);
    }
  }

  /**
   * People were told how it ended; nothing follows in a journal.
   *
   * @param at when
   * @param alert the key of what they were told
   */
  record Announced(Instant at, String alert) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state;
    }

    @Override
    public String explain() {
      return "people were told";
    }
  }
}
