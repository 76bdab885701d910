package io.bellwether.rollout;

import io.bellwether.gate.Breaches;
import io.bellwether.gate.Verdict;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    var state = accepted.state();
    for (var event : journal) {
      state = event.applyTo(state);
    }
    return state;
  }

  /**
   * The rollout was accepted.
   *
   * @param at when
   * @param id the run's id
   * @param release the release's name
   * @param stable the version serving then
   * @param candidate the version to roll out
   */
  record Accepted(Instant at, String id, String release, Version stable, Version candidate)
      implements RolloutEvent {
    RolloutState state() {
      return RolloutState.pending(id, release, stable, candidate, at);
    }

    @Override
    public RolloutState applyTo(RolloutState state) {
      return state();
    }

    @Override
    public String explain() {
      return release + ": rollout of " + candidate + " beside " + stable;
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
      return state.in(phase, step, at);
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
      var failures =
          state
              .awaited()
              .filter(before -> before.key().kind() == key.kind())
              .map(Awaited::failures)
              .orElse(0);
      return state.awaiting(
          Optional.of(new Awaited(key, at, failures, Optional.empty())), key.number());
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
      return state.awaiting(
          state.awaited().map(awaited -> awaited.failedAt(retryAt)), state.effects());
    }

    @Override
    public String explain() {
      return "to be tried again: " + reason;
    }
  }

  /**
   * The router confirmed a split.
   *
   * @param at when
   * @param split what it does now
   */
  record Moved(Instant at, TrafficSplit split) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      return state.with(split.weight());
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
      return state.with(state.bake().begunAt(from, checkDue, judgedFrom));
    }

    @Override
    public String explain() {
      return "baking";
    }
  }

  /**
   * The gates were checked.
   *
   * @param at when
   * @param verdicts one per gate
   * @param breaches what the gates remember
   * @param checkDue when they are to be checked next
   */
  record Checked(Instant at, List<Verdict> verdicts, Breaches breaches, Instant checkDue)
      implements RolloutEvent {
    /** Copies the verdicts. */
    public Checked {
      verdicts = List.copyOf(verdicts);
    }

    @Override
    public RolloutState applyTo(RolloutState state) {
      return state
          .awaiting(Optional.empty(), state.effects())
          .with(state.bake().checked(checkDue, breaches));
    }

    @Override
    public String explain() {
      return verdicts.isEmpty()
          ? "nothing to check"
          : verdicts.stream().map(Verdict::toString).collect(Collectors.joining("; "));
    }
  }

  /**
   * The rollout began to wait.
   *
   * @param at when
   * @param reason why
   * @param detail the evidence
   */
  record Held(Instant at, HoldReason reason, String detail) implements RolloutEvent {
    @Override
    public RolloutState applyTo(RolloutState state) {
      var from = state.hold().map(Hold::from).orElse(state.phase());
      var hold = new Hold(reason, from, at, detail, false);
      return state.with(state.bake().stoppedAt(at)).with(hold);
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
      return state.in(from, state.step(), at).with(state.bake().resumedAt(at, judgedFrom));
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
      return state.hold().map(hold -> state.with(hold.asOverdue())).orElse(state);
    }

    @Override
    public String explain() {
      return "still held: " + limit;
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
          .in(Phase.ABORTING, state.step(), at)
          .with(state.bake().stoppedAt(at))
          .with(cause);
    }

    @Override
    public String explain() {
      return "ABORTING, because " + cause;
    }
  }
}
