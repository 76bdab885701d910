package io.bellwether.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One decision while it is being made. */
final class Turn {
  final Pipeline pipeline;
  final Instant now;
  private final List<PipelineEvent> events = new ArrayList<>();
  private final List<PipelineEffect> effects = new ArrayList<>();
  private PipelineState state;

  private Turn(Pipeline pipeline, PipelineState state, Instant now) {
    this.pipeline = pipeline;
    this.state = state;
    this.now = now;
  }

  static Turn of(Pipeline pipeline, PipelineState state, Instant now) {
    return new Turn(pipeline, state, now);
  }

  static Turn begin(Pipeline pipeline, PipelineEvent.Accepted accepted) {
    var turn = new Turn(pipeline, PipelineState.accepted(accepted), accepted.at());
    turn.events.add(accepted);
    return turn;
  }

  PipelineState state() {
    return state;
  }

  StageState stage(String name) {
    return state.stage(name);
  }

  void emit(PipelineEvent event) {
    state = state.after(event);
    events.add(event);
  }

  void want(PipelineEffect effect) {
    effects.add(effect);
  }

  void begin(String stage, boolean resumed) {
    var attempt = stage(stage).attempt() + 1;
    emit(new PipelineEvent.Started(now, stage, attempt, resumed));
    want(new PipelineEffect.Begin(stage, attempt, resumed));
  }

  void stop(String stage, StopCause cause, String reason) {
    emit(new PipelineEvent.Stopping(now, stage, cause, reason));
    want(new PipelineEffect.Stop(stage, stage(stage).attempt()));
  }

  void skip(String stage, SkipCause cause, String reason) {
    emit(new PipelineEvent.Skipped(now, stage, cause, reason));
  }

  PipelineDecision decision() {
    return new PipelineDecision(state, events, effects);
  }
}
