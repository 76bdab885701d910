package io.bellwether.gate;

/** What became of a condition or a gate, from harmless to grave. */
public enum GateOutcome {
  /** Kept, on enough samples. */
  PASS,
  /** Breached, but not yet for as long as the condition asks; neither fails nor lets a step end. */
  PENDING,
  /** Too few requests to say. */
  INSUFFICIENT_SAMPLE,
  /** The source knows nothing of this version or metric. */
  NO_DATA,
  /** The source failed, or answered with something that cannot be true. */
  ERROR,
  /** Breached. */
  FAIL;

  /** The graver of the two. */
  public GateOutcome worse(GateOutcome other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
