package io.bellwether.slo;

/**
 * The events of one SLO on one day, or of the part of it that one process counted. Immutable and
 * thread-safe.
 *
 * @param slo whose events
 * @param cell when and how many; a later sum of the same start replaces this one
 */
public record DaySum(String slo, CountCell cell) implements BudgetRecord {}
