package io.bellwether.slo;

/** Something about a service's budgets that outlives a restart. */
public sealed interface BudgetRecord
    permits DaySum, LedgerEntry, Correction, DeployAttempt, BudgetOverride, OverrideUse {}
