package io.bellwether.slo;

/** What kind of change somebody wants to deploy. */
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
  ROLLBACK
}
