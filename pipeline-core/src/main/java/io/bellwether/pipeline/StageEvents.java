package io.bellwether.pipeline;

/** What an event does to the state of its stage. */
final class StageEvents {
  private StageEvents() {}

  static void apply(StageEdit stage, PipelineEvent.OfStage event) {
    if (event instanceof PipelineEvent.Held held) {
      stage.held(held.at());
    } else if (event instanceof PipelineEvent.Waits waits) {
      stage.saying(waits.reason());
    } else if (event instanceof PipelineEvent.Voted voted) {
      stage.voted(voted.vote());
    } else if (event instanceof PipelineEvent.Cleared cleared) {
      stage.saying(cleared.reason());
    } else if (event instanceof PipelineEvent.Started started) {
      stage.began(started.at(), started.attempt());
    } else if (event instanceof PipelineEvent.TryFailed failed) {
      stage.retrying(failed.at(), failed.retryAt(), failed.reason());
    } else if (event instanceof PipelineEvent.Stopping stopping) {
      stage.to(StageStatus.STOPPING, event.at(), stopping.reason()).stopping(stopping.cause());
    } else {
      applyEnd(stage, event);
    }
  }

  private static void applyEnd(StageEdit stage, PipelineEvent.OfStage event) {
    if (event instanceof PipelineEvent.Succeeded succeeded) {
      stage.to(StageStatus.SUCCEEDED, event.at(), succeeded.message()).putting(succeeded.outputs());
    } else if (event instanceof PipelineEvent.Failed failed) {
      stage.to(StageStatus.FAILED, event.at(), failed.reason());
    } else if (event instanceof PipelineEvent.Skipped skipped) {
      stage.to(StageStatus.SKIPPED, event.at(), skipped.reason()).skipped(skipped.cause());
    } else if (event instanceof PipelineEvent.Stopped stopped) {
      stage.to(StageStatus.STOPPED, event.at(), stopped.reason());
    }
  }
}
