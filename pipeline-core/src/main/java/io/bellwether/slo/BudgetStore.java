package io.bellwether.slo;

import java.util.List;

/**
 * The port that remembers a service's budgets over restarts: daily sums of events, the ledger,
 * deploys and overrides. Kilobytes for thirty days.
 *
 * <p>What {@link #append} took is there in {@link #records}, in that order, except that some take
 * the place of an earlier one: a {@link DaySum} of the same SLO and start, and a {@link
 * LedgerEntry}, a {@link DeployAttempt} or a {@link BudgetOverride} of the same id. Implementations
 * are thread-safe.
 */
public interface BudgetStore {
  /**
   * Remembers something; it is safe when this returns.
   *
   * @throws io.bellwether.BellwetherException if it could not be remembered
   */
  void append(BudgetRecord record);

  /** Everything remembered. */
  List<BudgetRecord> records();

  /** A store that forgets everything with the process. */
  static BudgetStore inMemory() {
    return new InMemoryBudgetStore();
  }
}
