package io.bellwether.slo;

import java.util.List;

/** Remembers until the process ends. */
final class InMemoryBudgetStore implements BudgetStore {
  private final BudgetIndex index = new BudgetIndex();

  @Override
  public synchronized void append(BudgetRecord record) {
    index.put(record);
  }

  @Override
  public synchronized List<BudgetRecord> records() {
    return index.records();
  }
}
