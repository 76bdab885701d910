package io.bellwether.rollout;

import io.bellwether.release.Version;
import io.bellwether.routing.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything there is to know about a rollout to go on with it. Immutable; changed by {@link
 * RolloutEvent}s alone.
 *
 * @param run what does not change while it runs
 * @param phase where it stands
 * @param step the current step's index, from 0
 * @param since when the phase began
 * @param weight the candidate's share of traffic as the router last confirmed it
 * @param bake how far the step's bake has come
 * @param comparison how the candidate compares with stable
 * @param hold the wait under way, in {@link Phase#HELD} only
 * @param approvals who has agreed to go on, in {@link Phase#AWAITING_APPROVAL} only
 * @param cause why it went back, once it does, or was refused
 * @param verified whether stable was found healthy after a rollback; empty while unknown
 * @param worked the steps before this index have work that a rollback takes back
 * @param awaited the effect under way
 * @param effects how many effects have been asked for
 */
public record RolloutState(
    RunInfo run,
    Phase phase,
    int step,
    Instant since,
    Weight weight,
    Bake bake,
    Comparison comparison,
    Optional<Hold> hold,
    List<Approval> approvals,
    Optional<Cause> cause,
    Optional<Boolean> verified,
    int worked,
    Optional<Awaited> awaited,
    long effects) {

  /** A run that has been accepted and has not begun. */
  static RolloutState pending(RunInfo run) {
    var at = run.startedAt();
    return new RolloutState(
        run,
        Phase.PENDING,
        0,
        at,
        Weight.ZERO,
        Bake.none(at),
        Comparison.none(run.launch(), at),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        0);
  }

  /** The run's id. */
  public String id() {
    return run.id();
  }

  /** The release's name. */
  public String release() {
    return run.release();
  }

  /** The version that serves whoever does not get the candidate. */
  public Version stable() {
    return run.stable();
  }

  /** The version under trial. */
  public Version candidate() {
    return run.candidate();
  }

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return phase.isTerminal();
  }

  /** Whether this effect's answer is the one awaited. */
  boolean awaits(EffectKey key) {
    return awaited.isPresent()
        && awaited.get().retryAt().isEmpty()
        && awaited.get().key().equals(key);
  }

  /** What went wrong with the effect under way; empty while nothing did. */
  public String missing() {
    return awaited.map(Awaited::trouble).orElse("");
  }

  /** One sentence for people: what, where, why. */
  public String explain() {
    var what = release() + " " + candidate() + " is " + phase;
    var where = " at " + weight + " (step " + (step + 1) + ")";
    if (hold.isPresent()) {
      return what + where + ", " + hold.get();
    }
    return switch (phase) {
      case PROMOTED -> release() + ": " + candidate() + " is the stable version, PROMOTED";
      case REVERTED -> release() + ": " + candidate() + " is the stable version again, REVERTED";
      case ROLLED_BACK, ROLLBACK_FAILED, ABORTING, SUPERSEDED, REFUSED ->
          what
              + " at step "
              + (step + 1)
              + cause.map(reason -> ", because " + reason).orElse("")
              + (verified.orElse(true) ? "" : "; and stable is not well");
      case PENDING,
          PREPARING,
          VERIFYING,
          SHIFTING,
          BAKING,
          AWAITING_APPROVAL,
          HELD,
          PROMOTING,
          WATCHING ->
          what + where;
    };
  }

  /** The same as {@link #explain()}. */
  @Override
  public String toString() {
    return explain();
  }

  StateEdit edit() {
    return new StateEdit(this);
  }
}
