package io.bellwether.slo;

import io.bellwether.Problems;
import java.time.Instant;

/**
 * Somebody's decision to deploy although the budget says no, for a while. Immutable and
 * thread-safe.
 *
 * @param id by which its uses are recorded; unique
 * @param by who answers for it; not blank
 * @param reason why; not blank
 * @param from its first moment
 * @param until the first moment it no longer holds
 */
public record BudgetOverride(String id, String by, String reason, Instant from, Instant until)
    implements BudgetRecord {
  /** Refuses, all at once, an override nobody answers for or that never ends. */
  public BudgetOverride {
    var problems = new Problems();
    problems.require(!id.isBlank(), "id '" + id + "': an id is not blank");
    problems.require(!by.isBlank(), "by '" + by + "': somebody answers for an override");
    problems.require(!reason.isBlank(), "reason '" + reason + "': an override has a reason");
    problems.require(
        until.isAfter(from), "until " + until + ": an override ends after its start, " + from);
    problems.throwIfAny("budget override '" + id + "'");
  }

  /** Whether it holds at a moment. */
  public boolean holdsAt(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }

  /** For example {@code override hot-1 by ops until 2026-03-02T12:00:00Z: legal deadline}. */
  @Override
  public String toString() {
    return "override " + id + " by " + by + " until " + until + ": " + reason;
  }
}
