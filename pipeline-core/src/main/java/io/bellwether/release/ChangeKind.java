package io.bellwether.release;

/**
 * What kind of change somebody wants to deploy: conditions of stages, freezes and error budgets ask
 * for it. Stores write their numbers down, so new ones go to the end.
 */
public enum ChangeKind {
  /** To learn something. */
  EXPERIMENT,
  /** Something new that can wait. */
  FEATURE,
  /** Something new that cannot wait. */
  CRITICAL_FEATURE,
  /** The mending of what can wait. */
  FIX,
  /** The mending of what cannot wait. */
  CRITICAL_FIX,
  /** The way back to an earlier version: always free, since it lowers the risk. */
  ROLLBACK,
  /** A prompt, a model or its settings, without code. */
  CONFIGURATION,
  /** Other data or another schema. */
  MIGRATION
}
