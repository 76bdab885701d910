package io.bellwether.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything there is to know about a run to go on with it. Immutable; changed by {@link
 * PipelineEvent}s alone.
 *
 * @param run the run's id
 * @param pipeline the pipeline's name
 * @param trigger what it is about
 * @param startedAt when it began
 * @param stages every stage, each after what it needs
 * @param phase where it stands
 * @param cancelled who cancelled it and why
 * @param failing the first stage that failed
 * @param endedAt when it ended
 */
public record PipelineState(
    String run,
    String pipeline,
    Trigger trigger,
    Instant startedAt,
    Map<String, StageState> stages,
    RunPhase phase,
    Optional<String> cancelled,
    Optional<String> failing,
    Optional<Instant> endedAt) {
  /** Copies the stages, in their order. */
  public PipelineState {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /**
   * The state these events lead to.
   *
   * @throws IllegalArgumentException if they do not begin with {@link PipelineEvent.Accepted}
   */
  public static PipelineState replay(List<PipelineEvent> events) {
    if (events.isEmpty() || !(events.get(0) instanceof PipelineEvent.Accepted accepted)) {
      throw new IllegalArgumentException("a run's journal begins with Accepted, not " + events);
    }
    var state = accepted(accepted);
    for (var event : events.subList(1, events.size())) {
      state = state.after(event);
    }
    return state;
  }

  static PipelineState accepted(PipelineEvent.Accepted event) {
    var stages = new LinkedHashMap<String, StageState>();
    event.stages().forEach(stage -> stages.put(stage, StageState.waiting(event.at())));
    return new PipelineState(
        event.run(),
        event.pipeline(),
        event.trigger(),
        event.at(),
        stages,
        RunPhase.RUNNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A pipeline of the run's stages in which nothing is done, when its own is known no more. */
  public Pipeline standIn() {
    var builder = Pipeline.builder(pipeline);
    stages
        .keySet()
        .forEach(name -> builder.stage(name, s -> s.onceOnly().run(any -> StageResult.success())));
    return builder.build();
  }

  /** Where a stage stands. */
  public StageState stage(String name) {
    var state = stages.get(name);
    if (state == null) {
      throw new IllegalArgumentException("run " + run + " has no stage '" + name + "'");
    }
    return state;
  }

  /** From beginning to end, or empty while it runs. */
  public Optional<Duration> took() {
    return endedAt.map(end -> Duration.between(startedAt, end));
  }

  /** One sentence for people: what, where, why. */
  public String explain() {
    var what = pipeline + " " + trigger.version() + " is " + phase;
    return switch (phase) {
      case RUNNING -> what + ": " + standing();
      case SUCCEEDED -> what;
      case FAILED -> what + failing.map(stage -> ": " + stage + ": " + message(stage)).orElse("");
      case CANCELLED -> what + cancelled.map(by -> " by " + by).orElse("");
    };
  }

  /** The same as {@link #explain()}. */
  @Override
  public String toString() {
    return explain();
  }

  private String message(String stage) {
    return stage(stage).message();
  }

  private String standing() {
    var open =
        stages.entrySet().stream()
            .filter(stage -> !stage.getValue().status().hasEnded())
            .filter(stage -> stage.getValue().status() != StageStatus.WAITING)
            .map(stage -> stage.getKey() + " " + stage.getValue().status())
            .toList();
    return open.isEmpty() ? "about to begin" : String.join(", ", open);
  }

  /** The state one more event leads to. */
  public PipelineState after(PipelineEvent event) {
    if (event instanceof PipelineEvent.OfStage ofStage) {
      var failed = event instanceof PipelineEvent.Failed && failing.isEmpty();
      return changed(ofStage.stage(), edit -> StageEvents.apply(edit, ofStage))
          .failing(failed ? Optional.of(ofStage.stage()) : failing);
    } else if (event instanceof PipelineEvent.Cancelled by) {
      return new PipelineState(
          run,
          pipeline,
          trigger,
          startedAt,
          stages,
          phase,
          Optional.of(by.actor() + ": " + by.reason()),
          failing,
          endedAt);
    } else if (event instanceof PipelineEvent.Finished finished) {
      return new PipelineState(
          run,
          pipeline,
          trigger,
          startedAt,
          stages,
          finished.phase(),
          cancelled,
          failing,
          Optional.of(finished.at()));
    }
    throw new IllegalArgumentException("a run is accepted once, and this one was: " + event);
  }

  private PipelineState changed(String stage, Consumer<StageEdit> change) {
    var edit = stage(stage).edit();
    change.accept(edit);
    var changed = new LinkedHashMap<>(stages);
    changed.put(stage, edit.done());
    return with(changed, failing);
  }

  private PipelineState failing(Optional<String> failing) {
    return with(stages, failing);
  }

  private PipelineState with(Map<String, StageState> stages, Optional<String> failing) {
    return new PipelineState(
        run, pipeline, trigger, startedAt, stages, phase, cancelled, failing, endedAt);
  }
}
