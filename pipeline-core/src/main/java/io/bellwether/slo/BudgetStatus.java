package io.bellwether.slo;

/** Where a budget stands, from plenty to none. */
public enum BudgetStatus {
  /** Plenty: daily deploys, experiments. */
  GREEN,
  /** Getting less: fewer deploys, reviewed closer. */
  YELLOW,
  /** Nearly gone: critical fixes, approved. */
  RED,
  /** Gone: a freeze. */
  EXHAUSTED;

  /** The worse of the two. */
  public BudgetStatus orWorse(BudgetStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
