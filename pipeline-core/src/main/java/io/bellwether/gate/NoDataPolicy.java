package io.bellwether.gate;

/** What a condition makes of a source that has nothing on the candidate. */
public enum NoDataPolicy {
  /** Neither pass nor fail: the rollout waits for data, up to its hold limit. */
  HOLD,
  /** Counts as a breach, which has to last as long as the condition's own breaches. */
  FAIL,
  /** Counts as kept; for metrics that only exist when something is wrong. */
  PASS,
  /** Counts as a breach at once, however long breaches may last otherwise. */
  ROLLBACK
}
