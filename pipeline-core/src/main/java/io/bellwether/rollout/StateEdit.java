package io.bellwether.rollout;

import io.bellwether.routing.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A state being changed by an event: starts as a copy, ends as a new state. */
final class StateEdit {
  private final RolloutState from;
  private Phase phase;
  private int step;
  private Instant since;
  private Weight weight;
  private Bake bake;
  private Comparison comparison;
  private Optional<Hold> hold;
  private List<Approval> approvals;
  private Optional<Cause> cause;
  private Optional<Boolean> verified;
  private int worked;
  private Optional<Awaited> awaited;
  private long effects;

  StateEdit(RolloutState from) {
    this.from = from;
    phase = from.phase();
    step = from.step();
    since = from.since();
    weight = from.weight();
    bake = from.bake();
    comparison = from.comparison();
    hold = from.hold();
    approvals = from.approvals();
    cause = from.cause();
    verified = from.verified();
    worked = from.worked();
    awaited = from.awaited();
    effects = from.effects();
  }

  /** Enters a phase; whatever was awaited or waited for in the last one is over. */
  StateEdit enter(Phase phase, Instant at) {
    this.phase = phase;
    since = at;
    hold = Optional.empty();
    return answered();
  }

  StateEdit since(Instant since) {
    this.since = since;
    return this;
  }

  StateEdit step(int step) {
    this.step = step;
    return this;
  }

  StateEdit weight(Weight weight) {
    this.weight = weight;
    return this;
  }

  StateEdit bake(Bake bake) {
    this.bake = bake;
    return this;
  }

  StateEdit comparison(Comparison comparison) {
    this.comparison = comparison;
    return this;
  }

  StateEdit hold(Hold hold) {
    this.hold = Optional.of(hold);
    return this;
  }

  StateEdit approvals(List<Approval> approvals) {
    this.approvals = List.copyOf(approvals);
    return this;
  }

  StateEdit cause(Cause cause) {
    this.cause = Optional.of(cause);
    return this;
  }

  StateEdit verified(boolean verified) {
    this.verified = Optional.of(verified);
    return this;
  }

  StateEdit worked(int worked) {
    this.worked = worked;
    return this;
  }

  StateEdit awaited(Awaited awaited) {
    this.awaited = Optional.of(awaited);
    effects = Math.max(effects, awaited.key().number());
    return this;
  }

  StateEdit answered() {
    awaited = Optional.empty();
    return this;
  }

  RolloutState done() {
    return new RolloutState(
        from.run(),
        phase,
        step,
        since,
        weight,
        bake,
        comparison,
        hold,
        approvals,
        cause,
        verified,
        worked,
        awaited,
        effects);
  }
}
