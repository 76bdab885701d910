package io.bellwether.health;

import io.bellwether.slo.BudgetBook;
import io.bellwether.slo.LedgerEntry;
import io.bellwether.slo.LedgerEntry.Kind;

/**
 * Writes a monitor's downtimes into the book of an error budget: once when they begin, so that a
 * report counts what goes on, and once when they end. Thread-safe.
 *
 * <pre>{@code
 * HealthMonitor.create(health, time, executor, m -> m.listener(DowntimeFeed.to(book, "chat")));
 * }</pre>
 */
public final class DowntimeFeed implements HealthListener {
  private final BudgetBook book;
  private final String service;

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
  public void on(Downtime downtime) {
    var id = "health-" + service + "-" + downtime.from();
    if (downtime.until().isPresent()) {
      var entry = LedgerEntry.incident(Kind.CRITICAL, id, downtime.from(), downtime.until().get());
      book.note(entry.note("probes found it down"));
    } else if (downtime.lastBad().equals(downtime.from())) {
      book.note(
          LedgerEntry.ongoing(Kind.CRITICAL, id, downtime.from()).note("probes find it down"));
    }
  }
}
