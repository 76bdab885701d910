package io.bellwether.pipeline;

/** Why a stage that runs should stop. */
public enum StopCause {
  /** It took longer than it may; counts as a failed try. */
  TIMEOUT,
  /** Another stage failed, and the pipeline fails fast. */
  FAIL_FAST,
  /** Somebody cancelled the run. */
  CANCELLED
}
