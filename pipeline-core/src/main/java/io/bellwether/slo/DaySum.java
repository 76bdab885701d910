package io.bellwether.slo;

import java.util.List;

/**
 * The events of one SLO on one day, or of the part of it that one process counted. Immutable and
 * thread-safe.
 *
 * @param slo whose events
 * @param cell when and how many; a later sum of the same start replaces this one
 * @param hours the same hour by hour while the day is young, for burn rates after a restart; empty
 *     when only the sum is left
 */
public record DaySum(String slo, CountCell cell, List<CountCell> hours) implements BudgetRecord {
  /** Copies the hours. */
  public DaySum {
    hours = List.copyOf(hours);
  }

  /** A sum alone. */
  public DaySum(String slo, CountCell cell) {
    this(slo, cell, List.of());
  }

  /** The finest there is. */
  List<CountCell> finest() {
    return hours.isEmpty() ? List.of(cell) : hours;
  }
}
