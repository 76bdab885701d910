package io.bellwether.analysis;

/** What a judge wants to be done. */
public enum JudgeDecision {
  /** The candidate may become stable. */
  PROMOTE,
  /** The candidate is to go. */
  ROLLBACK,
  /** Neither is known; keep the candidate where the plan allows it and go on looking. */
  HOLD
}
