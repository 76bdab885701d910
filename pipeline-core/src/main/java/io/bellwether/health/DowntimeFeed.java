package io.bellwether.health;

import io.bellwether.slo.BudgetBook;
import io.bellwether.slo.LedgerEntry;
import io.bellwether.slo.LedgerEntry.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes what a monitor finds into the book of an error budget: a downtime once when it begins, so
 * that a report counts what goes on, and once when it ends; and the time nobody looked, which is
 * neither up nor down. Thread-safe.
 *
 * <p>What an ended process left open goes on until this one's probes say otherwise: a downtime ends
 * with the first good probe. A process that was killed leaves no word of when it last looked, so
 * the time until the next one's first probe counts as observed.
 *
 * <pre>{@code
 * HealthMonitor.create(health, time, executor, m -> m.listener(DowntimeFeed.to(book, "chat")));
 * }</pre>
 */
public final class DowntimeFeed implements HealthListener {
  private final BudgetBook book;
  private final String service;
  private Optional<LedgerEntry> notLooking = Optional.empty();
  private Optional<LedgerEntry> carried = Optional.empty();
  private Optional<Instant> carriedOnAt = Optional.empty();
  private boolean settled;

  private DowntimeFeed(BudgetBook book, String service) {
    this.book = book;
    this.service = service;
  }

  /**
   * A feed.
   *
   * @param service whose downtime it is; part of the entries' ids
   */
  public static DowntimeFeed to(BudgetBook book, String service) {
    return new DowntimeFeed(book, service);
  }

  @Override
  public synchronized void on(HealthReport report) {
    if (!settled) {
      settled = true;
      settle(report);
    }
    notLooking.ifPresent(entry -> end(entry, report.timestamp()));
    notLooking = Optional.empty();
  }

  @Override
  public synchronized void unobserved(Instant from, Optional<Instant> until) {
    var entry = LedgerEntry.ongoing(Kind.UNOBSERVED, id(Kind.UNOBSERVED, from), from);
    if (until.isPresent()) {
      end(entry, until.get());
    } else {
      notLooking = Optional.of(entry);
      book.note(entry.note("nobody probes it"));
    }
  }

  @Override
  public synchronized void on(Downtime downtime) {
    var ongoing =
        carriedOnAt.equals(Optional.of(downtime.from())) ? carried : Optional.of(begun(downtime));
    if (downtime.until().isPresent()) {
      ongoing.ifPresent(entry -> end(entry, downtime.until().get()));
    } else if (downtime.lastBad().equals(downtime.from())) {
      ongoing.ifPresent(entry -> book.note(entry.note("probes find it down")));
    }
  }

  /** Takes up what an ended process left open. */
  private void settle(HealthReport first) {
    for (var entry : book.ledger(Instant.EPOCH).effective()) {
      if (entry.to().isEmpty() && entry.id().equals(id(entry.kind(), entry.from()))) {
        if (entry.kind() == Kind.UNOBSERVED) {
          notLooking = Optional.of(entry);
        } else if (first.status() == HealthStatus.DOWN) {
          carried = Optional.of(entry);
          carriedOnAt = Optional.of(first.timestamp());
        } else {
          end(entry, first.timestamp());
        }
      }
    }
  }

  private LedgerEntry begun(Downtime downtime) {
    return LedgerEntry.ongoing(Kind.CRITICAL, id(Kind.CRITICAL, downtime.from()), downtime.from());
  }

  private void end(LedgerEntry entry, Instant at) {
    if (at.isAfter(entry.from())) {
      var note = entry.kind() == Kind.UNOBSERVED ? "nobody probed it" : "probes found it down";
      book.note(LedgerEntry.incident(entry.kind(), entry.id(), entry.from(), at).note(note));
    }
  }

  private String id(Kind kind, Instant from) {
    return "health-" + service + (kind == Kind.UNOBSERVED ? "-unobserved-" : "-") + from;
  }
}
