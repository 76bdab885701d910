package io.bellwether.rollout;

import io.bellwether.release.Version;
import io.bellwether.routing.Weight;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything there is to know about a rollout to go on with it. Immutable; changed by {@link
 * RolloutEvent}s alone.
 *
 * @param id the run's id
 * @param release the release's name
 * @param stable the version that serves whoever does not get the candidate
 * @param candidate the version under trial
 * @param phase where it stands
 * @param step the current step's index, from 0
 * @param startedAt when the run began
 * @param since when the phase began
 * @param weight the candidate's share of traffic as the router last confirmed it
 * @param bake how far the step's bake has come
 * @param hold the wait under way, in {@link Phase#HELD} only
 * @param cause why it went back, once it does
 * @param awaited the effect under way
 * @param effects how many effects have been asked for
 */
public record RolloutState(
    String id,
    String release,
    Version stable,
    Version candidate,
    Phase phase,
    int step,
    Instant startedAt,
    Instant since,
    Weight weight,
    Bake bake,
    Optional<Hold> hold,
    Optional<Cause> cause,
    Optional<Awaited> awaited,
    long effects) {

  /** A rollout that has been accepted and has not begun. */
  static RolloutState pending(
      String id, String release, Version stable, Version candidate, Instant at) {
    return new RolloutState(
        id,
        release,
        stable,
        candidate,
        Phase.PENDING,
        0,
        at,
        at,
        Weight.ZERO,
        Bake.none(at),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return phase.isTerminal();
  }

  /** Whether this effect's answer is the one awaited. */
  boolean awaits(EffectKey key) {
    return awaited.map(Awaited::key).filter(key::equals).isPresent();
  }

  /** One sentence for people: what, where, why. */
  public String explain() {
    var what = release + " " + candidate + " is " + phase;
    var where = " at " + weight + " (step " + (step + 1) + ")";
    if (hold.isPresent()) {
      return what + where + ", " + hold.get();
    }
    return switch (phase) {
      case PROMOTED -> release + ": " + candidate + " is the stable version, PROMOTED";
      case ROLLED_BACK, ROLLBACK_FAILED, ABORTING ->
          what + " from step " + (step + 1) + cause.map(reason -> ", because " + reason).orElse("");
      case PENDING,
          PREPARING,
          VERIFYING,
          SHIFTING,
          BAKING,
          AWAITING_APPROVAL,
          HELD,
          PROMOTING,
          WATCHING,
          REFUSED,
          SUPERSEDED,
          REVERTED ->
          what + where;
    };
  }

  /** The same as {@link #explain()}. */
  @Override
  public String toString() {
    return explain();
  }

  RolloutState in(Phase phase, int step, Instant at) {
    return new RolloutState(
        id,
        release,
        stable,
        candidate,
        phase,
        step,
        startedAt,
        at,
        weight,
        bake,
        Optional.empty(),
        cause,
        Optional.empty(),
        effects);
  }

  RolloutState with(Weight weight) {
    return new RolloutState(
        id,
        release,
        stable,
        candidate,
        phase,
        step,
        startedAt,
        since,
        weight,
        bake,
        hold,
        cause,
        Optional.empty(),
        effects);
  }

  RolloutState with(Bake bake) {
    return new RolloutState(
        id, release, stable, candidate, phase, step, startedAt, since, weight, bake, hold, cause,
        awaited, effects);
  }

  RolloutState with(Cause cause) {
    return new RolloutState(
        id,
        release,
        stable,
        candidate,
        phase,
        step,
        startedAt,
        since,
        weight,
        bake,
        hold,
        Optional.of(cause),
        awaited,
        effects);
  }

  RolloutState with(Hold hold) {
    return new RolloutState(
        id,
        release,
        stable,
        candidate,
        Phase.HELD,
        step,
        startedAt,
        hold.since(),
        weight,
        bake,
        Optional.of(hold),
        cause,
        awaited,
        effects);
  }

  RolloutState awaiting(Optional<Awaited> awaited, long effects) {
    return new RolloutState(
        id, release, stable, candidate, phase, step, startedAt, since, weight, bake, hold, cause,
        awaited, effects);
  }
}
