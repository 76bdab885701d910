package io.bellwether.pipeline;

/** Why a stage never ran. */
public enum SkipCause {
  /** It does not apply to this run. */
  CONDITION,
  /** A stage it needs did not succeed. */
  NEED,
  /** Another stage failed, and the pipeline fails fast. */
  FAIL_FAST,
  /** Somebody cancelled the run. */
  CANCELLED
}
