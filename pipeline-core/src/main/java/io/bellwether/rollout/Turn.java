package io.bellwether.rollout;

import io.bellwether.rollout.EffectKey.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One decision in the making: every event is applied at once, so that what follows builds on it.
 */
final class Turn {
  final RolloutPlan plan;
  final Instant now;
  private RolloutState state;
  private List<RolloutEvent> events = List.of();
  private List<RolloutEffect> effects = List.of();
  private Optional<RolloutEvent> reserved = Optional.empty();

  Turn(RolloutPlan plan, RolloutState state, Instant now) {
    this.plan = plan;
    this.state = state;
    this.now = now;
  }

  RolloutState state() {
    return state;
  }

  /** The step the rollout stands at. */
  Step step() {
    return plan.steps().get(state.step());
  }

  void emit(RolloutEvent event) {
    var before = reserved;
    reserved = Optional.empty();
    before.ifPresent(this::append);
    append(event);
  }

  /** Emits an event with whatever follows from it; one that leads to nothing is forgotten. */
  void emitIfItLeadsOn(RolloutEvent event) {
    reserved = Optional.of(event);
  }

  private void append(RolloutEvent event) {
    if (events.isEmpty()) {
      events = new ArrayList<>(4);
    }
    events.add(event);
    state = event.applyTo(state);
  }

  void effect(RolloutEffect effect) {
    if (effects.isEmpty()) {
      effects = List.of(effect);
    } else {
      effects = new ArrayList<>(effects);
      effects.add(effect);
    }
  }

  /** Asks for an effect that answers, under a key no other effect of this run has. */
  void ask(Kind kind, int step, Function<EffectKey, RolloutEffect> effect) {
    var key = new EffectKey(state.id(), step, kind, state.effects() + 1);
    emit(new RolloutEvent.Asked(now, key));
    effect(effect.apply(key));
  }

  Decision decision() {
    return new Decision(state, events, effects);
  }
}
