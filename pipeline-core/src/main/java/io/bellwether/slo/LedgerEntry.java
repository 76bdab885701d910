package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import io.bellwether.Problems;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened, or was planned, over a stretch of time. Immutable and thread-safe.
 *
 * @param id by which it is ended, corrected and explained; unique in its ledger
 * @param kind what it means for the budget
 * @param from its first moment
 * @param to the first moment after it; empty while it goes on, which maintenance cannot
 * @param recordedAt when it was written down: for maintenance, when it was announced
 * @param author who wrote it down; may be empty for what a monitor recorded
 * @param note what happened or why
 */
public record LedgerEntry(
    String id,
    Kind kind,
    Instant from,
    Optional<Instant> to,
    Instant recordedAt,
    String author,
    String note)
    implements BudgetRecord {
  /** What an entry means for the budget; where several hold, the first of them counts. */
  public enum Kind {
    /** Planned, and therefore free. */
    MAINTENANCE,
    /** All users are affected: every minute counts. */
    CRITICAL,
    /** Too slow for too long: counts a part. */
    DEGRADED,
    /** Nobody looked: says nothing, and coverage says so. */
    UNOBSERVED
  }

  /** Refuses, all at once, what cannot have been. */
  public LedgerEntry {
    requireNonNull(id, "ledger entry: id is missing");
    requireNonNull(kind, () -> "ledger entry '" + id + "': kind is missing");
    requireNonNull(from, () -> "ledger entry '" + id + "': from is missing");
    requireNonNull(
        to, () -> "ledger entry '" + id + "': to is missing; what goes on has no end yet");
    requireNonNull(recordedAt, () -> "ledger entry '" + id + "': recordedAt is missing");
    var problems = new Problems();
    problems.require(!id.isBlank(), "id '" + id + "': an id is not blank");
    to.ifPresent(
        end ->
            problems.require(
                end.isAfter(from),
                "to " + end + ": the end has to be after the start, from " + from));
    if (kind == Kind.MAINTENANCE) {
      problems.require(to.isPresent(), "to: none; maintenance has an end from the beginning");
      problems.require(!author.isBlank(), "author '': maintenance is announced by somebody");
      problems.require(!note.isBlank(), "reason '': maintenance has a reason");
    }
    problems.throwIfAny("ledger entry '" + id + "'");
  }

  /** An incident that is over. */
  public static LedgerEntry incident(Kind kind, String id, Instant from, Instant to) {
    return new LedgerEntry(id, kind, from, Optional.of(to), to, "", "");
  }

  /** An incident that goes on. */
  public static LedgerEntry ongoing(Kind kind, String id, Instant from) {
    return new LedgerEntry(id, kind, from, Optional.empty(), from, "", "");
  }

  /** The same with what happened. */
  public LedgerEntry note(String what) {
    return new LedgerEntry(id, kind, from, to, recordedAt, author, what);
  }

  /** Whether this is maintenance that was written down only after it had begun. */
  public boolean retroactive() {
    return kind == Kind.MAINTENANCE && recordedAt.isAfter(from);
  }

  LedgerEntry endedAt(Instant end) {
    return new LedgerEntry(id, kind, from, Optional.of(end), recordedAt, author, note);
  }

  /** For example {@code CRITICAL db-down 2026-03-01T05:00:00Z to 2026-03-01T05:20:00Z}. */
  @Override
  public String toString() {
    var text = kind + " " + id + " " + from + " to " + to.map(Instant::toString).orElse("now");
    return note.isEmpty() ? text : text + " (" + note + ")";
  }
}
