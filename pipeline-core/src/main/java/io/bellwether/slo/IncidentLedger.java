package io.bellwether.slo;

import io.bellwether.slo.LedgerEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What took a service's time: incidents, maintenance, times nobody looked, and who corrected what.
 *
 * <p>Nothing is ever lost from it: a correction is kept beside what it corrects. Immutable and
 * thread-safe; every change gives another ledger.
 */
public final class IncidentLedger {
  private final Instant since;
  private final Map<String, LedgerEntry> entries;
  private final List<Correction> corrections;

  private IncidentLedger(
      Instant since, Map<String, LedgerEntry> entries, List<Correction> corrections) {
    this.since = since;
    this.entries = entries;
    this.corrections = corrections;
  }

  /**
   * An empty ledger.
   *
   * @param since from when on the service is observed; the time before is no data
   */
  public static IncidentLedger since(Instant since) {
    return new IncidentLedger(since, Map.of(), List.of());
  }

  /**
   * A ledger of all these entries, as quick as there are many.
   *
   * @throws IllegalArgumentException if two have the same id
   */
  public static IncidentLedger of(Instant since, Collection<LedgerEntry> entries) {
    var byId = new LinkedHashMap<String, LedgerEntry>();
    entries.forEach(entry -> put(byId, entry));
    return new IncidentLedger(since, byId, List.of());
  }

  /** Adds an incident that hit all users and is over. */
  public IncidentLedger critical(String id, Instant from, Instant to) {
    return with(LedgerEntry.incident(Kind.CRITICAL, id, from, to));
  }

  /** Adds an incident that hits all users and goes on. */
  public IncidentLedger criticalSince(String id, Instant from) {
    return with(LedgerEntry.ongoing(Kind.CRITICAL, id, from));
  }

  /** Adds an episode of too slow answers. */
  public IncidentLedger degraded(String id, Instant from, Instant to) {
    return with(LedgerEntry.incident(Kind.DEGRADED, id, from, to));
  }

  /** Adds an episode of too slow answers that goes on. */
  public IncidentLedger degradedSince(String id, Instant from) {
    return with(LedgerEntry.ongoing(Kind.DEGRADED, id, from));
  }

  /** Adds a time nobody looked, which is neither up nor down. */
  public IncidentLedger unobserved(String id, Instant from, Instant to) {
    return with(LedgerEntry.incident(Kind.UNOBSERVED, id, from, to));
  }

  /**
   * Adds planned maintenance.
   *
   * @param announcedAt not after {@code from}; what is only known afterwards is an {@link #exclude}
   * @throws IllegalArgumentException if it is announced after it began
   */
  public IncidentLedger maintenance(
      String id, Instant from, Instant to, Instant announcedAt, String author, String reason) {
    var entry =
        new LedgerEntry(id, Kind.MAINTENANCE, from, Optional.of(to), announcedAt, author, reason);
    if (entry.retroactive()) {
      throw new IllegalArgumentException(
          "announced at "
              + announcedAt
              + ": maintenance '"
              + id
              + "' is announced before it starts, "
              + from
              + "; to take time out afterwards use exclude, which every report lists");
    }
    return with(entry);
  }

  /** Takes a time out of the account afterwards; every report lists it with author and reason. */
  public IncidentLedger exclude(
      String id, Instant from, Instant to, Instant at, String author, String reason) {
    return with(new LedgerEntry(id, Kind.MAINTENANCE, from, Optional.of(to), at, author, reason));
  }

  /**
   * Adds an entry.
   *
   * @throws IllegalArgumentException if there is one of this id
   */
  public IncidentLedger with(LedgerEntry entry) {
    var more = new LinkedHashMap<>(entries);
    put(more, entry);
    return new IncidentLedger(since, more, corrections);
  }

  /**
   * Ends what goes on.
   *
   * @throws IllegalArgumentException if there is no such entry, or it has ended
   */
  public IncidentLedger end(String id, Instant at) {
    var entry = known(id);
    if (entry.to().isPresent()) {
      throw new IllegalArgumentException(
          "'" + id + "' ended at " + entry.to().get() + " already; to change that, correct it");
    }
    var changed = new LinkedHashMap<>(entries);
    changed.put(id, entry.endedAt(at));
    return new IncidentLedger(since, changed, corrections);
  }

  /**
   * Corrects an entry.
   *
   * @throws IllegalArgumentException if there is no such entry
   */
  public IncidentLedger correct(Correction correction) {
    known(correction.entry());
    var more = new ArrayList<>(corrections);
    more.add(correction);
    return new IncidentLedger(since, entries, List.copyOf(more));
  }

  /** From when on the service is observed. */
  public Instant since() {
    return since;
  }

  /** What was written down, before any correction. */
  public List<LedgerEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** What holds: the entries as they stand after the corrections, in the order of their start. */
  public List<LedgerEntry> effective() {
    var holds = new LinkedHashMap<>(entries);
    corrections.forEach(
        c ->
            c.becomes()
                .ifPresentOrElse(e -> holds.put(c.entry(), e), () -> holds.remove(c.entry())));
    var sorted = new ArrayList<>(holds.values());
    sorted.sort((a, b) -> a.from().compareTo(b.from()));
    return sorted;
  }

  /** Who changed what, in that order; time taken out afterwards is not among them. */
  public List<Correction> corrections() {
    return corrections;
  }

  /** For example {@code 12 entries since 2026-03-01T00:00:00Z, 1 correction}. */
  @Override
  public String toString() {
    return entries.size() + " entries since " + since + ", " + corrections.size() + " corrections";
  }

  private LedgerEntry known(String id) {
    var entry = entries.get(id);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no ledger entry '" + id + "'; there are " + entries.keySet());
    }
    return entry;
  }

  private static void put(Map<String, LedgerEntry> entries, LedgerEntry entry) {
    var there = entries.putIfAbsent(entry.id(), entry);
    if (there != null) {
      throw new IllegalArgumentException(
          "ledger entry '"
              + entry.id()
              + "' is there already: "
              + there
              + "; end or correct it, or take another id");
    }
  }
}
