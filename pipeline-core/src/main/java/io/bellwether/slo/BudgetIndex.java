package io.bellwether.slo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is remembered, by what takes whose place. Not thread-safe. */
final class BudgetIndex {
  private final Map<Object, BudgetRecord> records = new LinkedHashMap<>();

  /** Whether it took an earlier one's place. */
  boolean put(BudgetRecord record) {
    return records.put(key(record), record) != null;
  }

  List<BudgetRecord> records() {
    return new ArrayList<>(records.values());
  }

  int size() {
    return records.size();
  }

  /** A list of texts and times, or the record itself. */
  static Object key(BudgetRecord record) {
    if (record instanceof DaySum sum) {
      return List.of("sum", sum.slo(), sum.cell().span().from());
    }
    if (record instanceof LedgerEntry entry) {
      return List.of("entry", entry.id());
    }
    if (record instanceof DeployAttempt attempt) {
      return List.of("deploy", attempt.run());
    }
    if (record instanceof BudgetOverride override) {
      return List.of("override", override.id());
    }
    return record;
  }
}
