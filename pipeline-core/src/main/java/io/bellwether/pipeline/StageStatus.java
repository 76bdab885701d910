package io.bellwether.pipeline;

/** Where a stage stands. */
public enum StageStatus {
  /** Something before it has not ended. */
  WAITING,
  /** The protection rules of its environment do not let it go yet. */
  HELD,
  /** It runs. */
  RUNNING,
  /** It failed and is tried again soon. */
  RETRYING,
  /** It should stop and has not yet. */
  STOPPING,
  /** It did what it should. */
  SUCCEEDED,
  /** It did not. */
  FAILED,
  /** It never ran, and never will in this run. */
  SKIPPED,
  /** It was stopped before it was done. */
  STOPPED;

  /** Whether nothing follows. */
  public boolean hasEnded() {
    return switch (this) {
      case WAITING, HELD, RUNNING, RETRYING, STOPPING -> false;
      case SUCCEEDED, FAILED, SKIPPED, STOPPED -> true;
    };
  }
}
