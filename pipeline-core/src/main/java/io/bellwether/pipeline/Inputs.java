package io.bellwether.pipeline;

import io.bellwether.time.Durations;

/** What each input changes by itself. */
final class Inputs {
  private static final String PROCESS_ENDED = "its process ended while it ran";

  private Inputs() {}

  static void take(Turn turn, PipelineInput input) {
    if (input instanceof PipelineInput.Tick) {
      turn.pipeline.stages().forEach(stage -> tick(turn, stage));
    } else if (input instanceof PipelineInput.Ended ended) {
      ended(turn, ended);
    } else if (input instanceof PipelineInput.Ruled ruled) {
      ruled(turn, ruled);
    } else if (input instanceof PipelineInput.Cast cast) {
      cast(turn, cast);
    } else if (input instanceof PipelineInput.Cancel cancel) {
      if (turn.state().cancelled().isEmpty()) {
        turn.emit(new PipelineEvent.Cancelled(turn.now, cancel.actor(), cancel.reason()));
      }
    } else if (input instanceof PipelineInput.Resumed) {
      turn.pipeline.stages().forEach(stage -> resumed(turn, stage));
    }
  }

  private static void tick(Turn turn, Stage stage) {
    var state = turn.stage(stage.name());
    var due = PipelineDecider.wake(stage, state).filter(at -> !turn.now.isBefore(at));
    if (due.isEmpty()) {
      return;
    }
    switch (state.status()) {
      case RUNNING -> turn.stop(stage.name(), StopCause.TIMEOUT, tooLong(stage));
      case STOPPING ->
          stopped(
              turn,
              stage,
              state.message() + "; it did not stop within " + Durations.plain(stage.stopWithin()));
      case RETRYING -> turn.begin(stage.name(), false);
      case WAITING, HELD, SUCCEEDED, FAILED, SKIPPED, STOPPED ->
          throw new IllegalStateException(stage + " wants no tick while it is " + state.status());
    }
  }

  private static void ended(Turn turn, PipelineInput.Ended ended) {
    var stage = turn.pipeline.known(ended.stage());
    var state = turn.stage(ended.stage());
    if (state.attempt() != ended.attempt()) {
      return;
    }
    var result = ended.result();
    if (state.status() == StageStatus.RUNNING) {
      if (result.succeeded()) {
        succeeded(turn, ended);
      } else {
        failed(turn, stage, result.message());
      }
    } else if (state.status() == StageStatus.STOPPING) {
      if (result.succeeded() && state.stop().orElseThrow() != StopCause.TIMEOUT) {
        succeeded(turn, ended);
      } else {
        stopped(turn, stage, state.message());
      }
    }
  }

  /** What was done before it could be stopped is done. */
  private static void succeeded(Turn turn, PipelineInput.Ended ended) {
    var result = ended.result();
    turn.emit(
        new PipelineEvent.Succeeded(turn.now, ended.stage(), result.message(), result.outputs()));
  }

  private static void failed(Turn turn, Stage stage, String reason) {
    var message = reason.isBlank() ? "no reason was given" : reason;
    if (turn.stage(stage.name()).failures() < stage.retries()) {
      var retryAt = turn.now.plus(stage.retryAfter());
      turn.emit(new PipelineEvent.TryFailed(turn.now, stage.name(), message, retryAt));
    } else {
      turn.emit(new PipelineEvent.Failed(turn.now, stage.name(), message));
    }
  }

  private static void stopped(Turn turn, Stage stage, String reason) {
    switch (turn.stage(stage.name()).stop().orElseThrow()) {
      case TIMEOUT -> failed(turn, stage, reason);
      case FAIL_FAST, CANCELLED ->
          turn.emit(new PipelineEvent.Stopped(turn.now, stage.name(), reason));
    }
  }

  private static void ruled(Turn turn, PipelineInput.Ruled ruled) {
    var state = turn.stage(ruled.stage());
    if (state.status() != StageStatus.HELD) {
      return;
    }
    var reason = ruled.clearance().reason();
    switch (ruled.clearance().decision()) {
      case GO -> {
        turn.emit(new PipelineEvent.Cleared(turn.now, ruled.stage(), reason));
        turn.begin(ruled.stage(), false);
      }
      case WAIT -> {
        if (!reason.equals(state.message())) {
          turn.emit(new PipelineEvent.Waits(turn.now, ruled.stage(), reason));
        }
      }
      case REFUSE -> turn.emit(new PipelineEvent.Failed(turn.now, ruled.stage(), reason));
    }
  }

  private static void cast(Turn turn, PipelineInput.Cast cast) {
    var state = turn.stage(cast.stage());
    if (state.status() == StageStatus.HELD && !state.votes().contains(cast.vote())) {
      turn.emit(new PipelineEvent.Voted(turn.now, cast.stage(), cast.vote()));
    }
  }

  private static void resumed(Turn turn, Stage stage) {
    var state = turn.stage(stage.name());
    switch (state.status()) {
      case HELD -> turn.want(new PipelineEffect.Ask(stage.name()));
      case STOPPING -> stopped(turn, stage, state.message() + "; " + PROCESS_ENDED);
      case RUNNING -> {
        if (stage.repeatable()) {
          turn.begin(stage.name(), true);
        } else {
          turn.emit(
              new PipelineEvent.Failed(
                  turn.now,
                  stage.name(),
                  PROCESS_ENDED
                      + ", and it must not run twice: see how far it came, then start a new run"));
        }
      }
      case WAITING, RETRYING, SUCCEEDED, FAILED, SKIPPED, STOPPED -> {}
    }
  }

  private static String tooLong(Stage stage) {
    return "it took longer than " + stage.timeout().map(Durations::plain).orElse("it may");
  }
}
