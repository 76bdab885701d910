package io.bellwether.pipeline;

/** What kind of change a commit is, for conditions, freezes and error budgets. */
public enum ChangeKind {
  /** Something new. */
  FEATURE,
  /** A mended fault that can wait. */
  FIX,
  /** A mended fault that cannot. */
  CRITICAL_FIX,
  /** A prompt, a model or its settings, without code. */
  CONFIGURATION,
  /** Other data or another schema. */
  MIGRATION
}
