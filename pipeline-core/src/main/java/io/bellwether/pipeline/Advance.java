package io.bellwether.pipeline;

import io.bellwether.internal.Words;
import java.util.Optional;

/**
 * What follows from where the stages stand: who begins, who is skipped, whether the run is over.
 */
final class Advance {
  private Advance() {}

  static void run(Turn turn) {
    // In the pipeline's order each stage is looked at after all it needs, so one pass is enough.
    for (var stage : turn.pipeline.stages()) {
      var state = turn.stage(stage.name());
      switch (state.status()) {
        case WAITING -> look(turn, stage);
        case RUNNING -> stopIfOver(turn, stage);
        case HELD, RETRYING -> giveUpIfOver(turn, stage);
        case STOPPING, SUCCEEDED, FAILED, SKIPPED, STOPPED -> {}
      }
    }
    finishIfDone(turn);
  }

  private static void look(Turn turn, Stage stage) {
    if (over(turn, stage).isPresent()) {
      skipOver(turn, stage);
      return;
    }
    var missing = stage.always() ? Optional.<String>empty() : missing(turn, stage);
    if (missing.isPresent()) {
      turn.skip(stage.name(), SkipCause.NEED, missing.get());
    } else if (stage.before().stream().allMatch(name -> turn.stage(name).status().hasEnded())) {
      beginIfItApplies(turn, stage);
    }
  }

  /**
   * Asked no earlier than the stage could begin: what comes after it may then rely on all that this
   * stage needed, whether it applied or not.
   */
  private static void beginIfItApplies(Turn turn, Stage stage) {
    boolean applies;
    try {
      applies = stage.condition().holds(turn.state().trigger());
    } catch (RuntimeException e) {
      var reason = "whether it applies when " + stage.condition() + " cannot be said: " + e;
      turn.emit(new PipelineEvent.Failed(turn.now, stage.name(), Words.of(reason)));
      return;
    }
    if (applies) {
      begin(turn, stage);
    } else {
      turn.skip(stage.name(), SkipCause.CONDITION, "it applies when " + stage.condition());
    }
  }

  private static void begin(Turn turn, Stage stage) {
    if (stage.environment().isPresent()) {
      turn.emit(new PipelineEvent.Held(turn.now, stage.name(), stage.environment().get()));
      turn.want(new PipelineEffect.Ask(stage.name()));
    } else {
      turn.begin(stage.name(), false);
    }
  }

  /** The first stage before this one that ended so that this one cannot run. */
  private static Optional<String> missing(Turn turn, Stage stage) {
    return stage.before().stream()
        .sorted()
        .filter(name -> blocks(turn.stage(name), stage.needs().contains(name)))
        .map(name -> name + " " + turn.stage(name).status())
        .findFirst();
  }

  private static boolean blocks(StageState before, boolean needed) {
    return switch (before.status()) {
      case WAITING, HELD, RUNNING, RETRYING, STOPPING, SUCCEEDED -> false;
      case FAILED, STOPPED -> true;
      case SKIPPED -> needed || before.skip().orElseThrow() != SkipCause.CONDITION;
    };
  }

  /** Why nothing more of this stage is wanted, if so. */
  private static Optional<SkipCause> over(Turn turn, Stage stage) {
    if (turn.state().cancelled().isPresent()) {
      return Optional.of(SkipCause.CANCELLED);
    }
    var failed = turn.pipeline.failFast() && turn.state().failing().isPresent();
    return failed && !stage.always() ? Optional.of(SkipCause.FAIL_FAST) : Optional.empty();
  }

  private static String reason(Turn turn, SkipCause cause) {
    return switch (cause) {
      case CANCELLED -> "cancelled by " + turn.state().cancelled().orElseThrow();
      case FAIL_FAST -> turn.state().failing().orElseThrow() + " failed";
      case CONDITION, NEED -> throw new IllegalArgumentException(cause + " ends no run");
    };
  }

  private static void skipOver(Turn turn, Stage stage) {
    var cause = over(turn, stage).orElseThrow();
    turn.skip(stage.name(), cause, reason(turn, cause));
  }

  private static void stopIfOver(Turn turn, Stage stage) {
    over(turn, stage)
        .ifPresent(
            cause ->
                turn.stop(
                    stage.name(),
                    cause == SkipCause.CANCELLED ? StopCause.CANCELLED : StopCause.FAIL_FAST,
                    reason(turn, cause)));
  }

  /** What waits for rules or for its next try has nothing to stop. */
  private static void giveUpIfOver(Turn turn, Stage stage) {
    over(turn, stage)
        .ifPresent(
            cause -> {
              var reason = reason(turn, cause);
              if (turn.stage(stage.name()).attempt() == 0) {
                turn.skip(stage.name(), cause, reason);
              } else {
                turn.emit(new PipelineEvent.Stopped(turn.now, stage.name(), reason));
              }
            });
  }

  private static void finishIfDone(Turn turn) {
    var states = turn.state().stages().values();
    if (turn.state().phase().hasEnded()
        || !states.stream().allMatch(state -> state.status().hasEnded())) {
      return;
    }
    turn.emit(new PipelineEvent.Finished(turn.now, phase(turn.state())));
  }

  /** Cancelled between two tries, when there was nothing to stop. */
  private static boolean gaveUpTrying(StageState stage) {
    return stage.status() == StageStatus.STOPPED
        && !stage.stop().equals(Optional.of(StopCause.FAIL_FAST));
  }

  private static RunPhase phase(PipelineState state) {
    var cutShort =
        state.stages().values().stream()
            .anyMatch(
                stage ->
                    stage.skip().equals(Optional.of(SkipCause.CANCELLED))
                        || gaveUpTrying(stage)
                        || stage.stop().equals(Optional.of(StopCause.CANCELLED))
                            && stage.status() != StageStatus.SUCCEEDED);
    if (state.cancelled().isPresent() && cutShort) {
      return RunPhase.CANCELLED;
    }
    return state.failing().isPresent() ? RunPhase.FAILED : RunPhase.SUCCEEDED;
  }
}
