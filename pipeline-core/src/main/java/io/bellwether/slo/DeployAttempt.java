package io.bellwether.slo;

import io.bellwether.release.ChangeKind;
import java.time.Instant;

/**
 * A deploy that was let through, whatever became of it: one that failed or was rolled back was an
 * attempt too. Immutable and thread-safe.
 *
 * @param run by which it is told from others; asked about again, it is still the same attempt
 * @param what was deployed
 * @param kind what kind of change it was
 * @param at when it began
 */
public record DeployAttempt(String run, String what, ChangeKind kind, Instant at)
    implements BudgetRecord {}
