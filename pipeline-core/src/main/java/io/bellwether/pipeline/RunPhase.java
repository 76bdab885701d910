package io.bellwether.pipeline;

/** Where a run stands. */
public enum RunPhase {
  /** Something has not ended. */
  RUNNING,
  /** Every stage that applied succeeded. */
  SUCCEEDED,
  /** A stage failed. */
  FAILED,
  /** Somebody cancelled it before it was done. */
  CANCELLED;

  /** Whether nothing follows. */
  public boolean hasEnded() {
    return this != RUNNING;
  }
}
