package io.bellwether.slo;

import java.time.Instant;

/**
 * A deploy that only an override let through. Immutable and thread-safe.
 *
 * @param override its id
 * @param run what passed by it
 * @param at when
 * @param evidence how the budget stood, in words
 */
public record OverrideUse(String override, String run, Instant at, String evidence)
    implements BudgetRecord {
  /** For example {@code override hot-1 used by run-7 at 2026-03-02T09:00:00Z: refused …}. */
  @Override
  public String toString() {
    return "override " + override + " used by " + run + " at " + at + ": " + evidence;
  }
}
