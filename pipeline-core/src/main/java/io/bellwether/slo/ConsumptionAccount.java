package io.bellwether.slo;

import io.bellwether.slo.Intervals.Stretch;
import io.bellwether.slo.LedgerEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Works out one {@link Consumption}; times are nanoseconds from the window's start. */
final class ConsumptionAccount {
  /** Beyond any window, and far from where sums overflow. */
  private static final long FAR = Duration.ofDays(365 * 70).toNanos();

  private final IncidentLedger ledger;
  private final DowntimeRule rule;
  private final Span window;
  private final Instant now;
  private final long end;
  private final List<LedgerEntry> entries;
  private final Intervals maintenance;
  private final Intervals critical;
  private final Intervals episodes;
  private final Intervals worse;
  private final List<ConsumptionLine> lines = new ArrayList<>();
  private long criticalSum;
  private long degradedSum;

  ConsumptionAccount(IncidentLedger ledger, DowntimeRule rule, Span window, Instant now) {
    this.ledger = ledger;
    this.rule = rule;
    this.window = window;
    this.now = now;
    end = Math.max(0, Math.min(at(now), window.nanos()));
    entries = ledger.effective();
    maintenance = union(Kind.MAINTENANCE, 0);
    critical = union(Kind.CRITICAL, 0);
    episodes = union(Kind.DEGRADED, rule.mergeGap().toNanos());
    worse = maintenance.or(critical);
  }

  Consumption settle() {
    var criticalUntil = Long.MIN_VALUE;
    var degradedUntil = Long.MIN_VALUE;
    for (var entry : entries) {
      if (at(entry.from()) < end && endOf(entry) > 0) {
        switch (entry.kind()) {
          case CRITICAL -> criticalUntil = critical(entry, criticalUntil);
          case DEGRADED -> degradedUntil = degraded(entry, degradedUntil);
          case MAINTENANCE -> line(entry, 0, Fraction.ZERO, "x0, planned maintenance is free");
          case UNOBSERVED -> line(entry, 0, Fraction.ZERO, "x0, nobody looked");
        }
      }
    }
    return new Consumption(
        window,
        window.from().plusNanos(end),
        Duration.ofNanos(criticalSum),
        Duration.ofNanos(degradedSum),
        Duration.ofNanos(maintenance.within(0, end)),
        Duration.ofNanos(maintenance.within(0, window.nanos())),
        Duration.ofNanos(unobserved()),
        Fraction.of(criticalSum).plus(Fraction.of(rule.degradedWeight()).times(degradedSum)),
        Duration.ofNanos(longestIncident()),
        lines,
        corrections());
  }

  private long critical(LedgerEntry entry, long until) {
    var from = Math.max(at(entry.from()), until);
    var to = endOf(entry);
    var shared = to > from ? maintenance.within(Math.max(from, 0), Math.min(to, end)) : 0;
    var counted = Math.max(0, Math.min(to, end) - Math.max(from, 0)) - shared;
    criticalSum += counted;
    var why = new Why(entry, Math.min(at(entry.from()), to), to).twice(from).under(shared, 0);
    line(entry, counted, Fraction.of(counted), why.product(counted, Fraction.ONE));
    return Math.max(until, to);
  }

  /** A gap that was merged belongs to the entry behind it. */
  private long degraded(LedgerEntry entry, long until) {
    var start = at(entry.from());
    var episode = episodes.around(start);
    var from = Math.max(Math.min(start, Math.max(until, episode.from())), until);
    var to = endOf(entry);
    var why = new Why(entry, start, to);
    if (episode.length() < rule.degradedFrom().toNanos()) {
      var length = Duration.ofNanos(episode.length());
      line(
          entry,
          0,
          Fraction.ZERO,
          Times.exact(length)
              + " in a row is under "
              + Times.exact(rule.degradedFrom())
              + ": 0 min");
    } else {
      var inFrom = Math.max(from, 0);
      var inTo = Math.min(to, end);
      var covered = inTo > inFrom ? worse.within(inFrom, inTo) : 0;
      var free = inTo > inFrom ? maintenance.within(inFrom, inTo) : 0;
      var counted = Math.max(0, inTo - inFrom) - covered;
      degradedSum += counted;
      var weight = Fraction.of(rule.degradedWeight());
      line(
          entry,
          counted,
          weight.times(counted),
          why.twice(from).under(free, covered - free).product(counted, weight));
    }
    return Math.max(until, to);
  }

  private void line(LedgerEntry entry, long counted, Fraction cost, String why) {
    var length = Duration.ofNanos(endOf(entry) - at(entry.from()));
    lines.add(new ConsumptionLine(entry, length, Duration.ofNanos(counted), cost, why));
  }

  private long longestIncident() {
    return critical.without(maintenance).stretches().stream()
        .filter(incident -> incident.from() < end && incident.to() > 0)
        .mapToLong(Stretch::length)
        .max()
        .orElse(0);
  }

  private long unobserved() {
    var before = Math.max(0, Math.min(at(ledger.since()), end));
    var gaps = union(Kind.UNOBSERVED, 0);
    return before + gaps.within(before, end);
  }

  private List<String> corrections() {
    return Stream.concat(
            ledger.corrections().stream().map(Correction::toString),
            entries.stream()
                .filter(LedgerEntry::retroactive)
                .filter(entry -> at(entry.from()) < end && endOf(entry) > 0)
                .map(
                    entry ->
                        entry.id()
                            + " excluded by "
                            + entry.author()
                            + " at "
                            + entry.recordedAt()
                            + ": "
                            + entry.note()))
        .toList();
  }

  private Intervals union(Kind kind, long gap) {
    var stretches = new ArrayList<Stretch>();
    for (var entry : entries) {
      if (entry.kind() == kind && at(entry.from()) < endOf(entry)) {
        stretches.add(new Stretch(at(entry.from()), endOf(entry)));
      }
    }
    return Intervals.union(stretches, gap);
  }

  /** What goes on has lasted until now; before it began, not at all. */
  private long endOf(LedgerEntry entry) {
    return entry.to().map(this::at).orElseGet(() -> Math.max(at(entry.from()), at(now)));
  }

  private long at(Instant moment) {
    var seconds = moment.getEpochSecond() - window.from().getEpochSecond();
    return Math.abs(seconds) > FAR / 1_000_000_000L
        ? Long.signum(seconds) * FAR
        : Duration.between(window.from(), moment).toNanos();
  }

  /** Says what was left out of an entry's length, and what became of the rest. */
  private final class Why {
    private final StringBuilder left = new StringBuilder();
    private final long from;
    private final long to;

    Why(LedgerEntry entry, long from, long to) {
      this.from = from;
      this.to = to;
      left.append(Times.inMinutes(to - from));
      left.append(entry.to().isEmpty() ? " so far" : "");
      minus(Math.max(0, Math.min(to, 0) - from), "before the window");
      minus(Math.max(0, to - Math.max(from, end)), "after it");
    }

    Why twice(long fresh) {
      var start = Math.max(from, 0);
      var stop = Math.min(to, end);
      minus(Math.max(0, Math.min(fresh, stop) - start), "counted already");
      minus(Math.max(0, start - Math.max(fresh, 0)) * -1, "merged gap");
      return this;
    }

    Why under(long free, long down) {
      minus(free, "under maintenance");
      minus(down, "down as well");
      return this;
    }

    String product(long counted, Fraction weight) {
      var cost = weight.times(counted);
      return left + ", x" + weight.text() + " = " + Times.inMinutes(cost);
    }

    private void minus(long nanos, String what) {
      if (nanos != 0) {
        var length = Times.inMinutes(Math.abs(nanos));
        left.append(nanos > 0 ? ", without " : ", with ").append(length).append(" ").append(what);
      }
    }
  }
}
