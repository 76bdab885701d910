package io.bellwether.slo;

import io.bellwether.Problems;
import java.time.Instant;
import java.util.Optional;

/**
 * A change to what the ledger said, which every report lists. Immutable and thread-safe.
 *
 * @param entry the id of the entry that was wrong
 * @param at when it was corrected
 * @param author by whom; not blank
 * @param reason why; not blank
 * @param becomes what holds instead, under the same id; empty if the entry is struck out
 */
public record Correction(
    String entry, Instant at, String author, String reason, Optional<LedgerEntry> becomes)
    implements BudgetRecord {
  /** Refuses, all at once, a correction nobody stands for. */
  public Correction {
    var problems = new Problems();
    problems.require(!author.isBlank(), "author '': a correction is somebody's");
    problems.require(!reason.isBlank(), "reason '': a correction has a reason");
    var sameId = becomes.map(LedgerEntry::id).orElse(entry).equals(entry);
    problems.require(sameId, "becomes: an entry of another id; it keeps the id '" + entry + "'");
    problems.throwIfAny("correction of ledger entry '" + entry + "'");
  }

  /** Strikes an entry out. */
  public static Correction strike(String entry, Instant at, String author, String reason) {
    return new Correction(entry, at, author, reason, Optional.empty());
  }

  /** Puts another entry of the same id in its place. */
  public static Correction replace(LedgerEntry becomes, Instant at, String author, String reason) {
    return new Correction(becomes.id(), at, author, reason, Optional.of(becomes));
  }

  /** For example {@code db-down struck out by ops at 2026-03-02T09:00:00Z: a test, no outage}. */
  @Override
  public String toString() {
    return entry
        + (becomes.isPresent() ? " became " + becomes.get() : " struck out")
        + " by "
        + author
        + " at "
        + at
        + ": "
        + reason;
  }
}
