package io.bellwether.slo;

import java.time.Duration;

/**
 * What one entry of the ledger took of the budget, and why not more. Immutable and thread-safe.
 *
 * @param entry the entry
 * @param length how long it was altogether, or has been up to now
 * @param counted the time of it that no other entry accounts for
 * @param cost what that takes of the budget, in nanoseconds
 * @param why the account in words
 */
public record ConsumptionLine(
    LedgerEntry entry, Duration length, Duration counted, Fraction cost, String why) {
  /** For example {@code CRITICAL db-down: 10 min x1 = 10 min}. */
  @Override
  public String toString() {
    return entry.kind() + " " + entry.id() + ": " + why;
  }
}
