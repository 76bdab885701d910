package io.bellwether.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import io.bellwether.slo.LedgerEntry.Kind;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Laws of budgets over random histories, held against an account minute by minute. */
class SloLawsTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int WINDOW = 600;

  private static Instant minute(long minute) {
    return START.plusSeconds(60 * minute);
  }

  private static List<LedgerEntry> history(Gen gen) {
    var entries = new ArrayList<LedgerEntry>();
    var count = gen.between(0, 12);
    for (var i = 0; i < count; i++) {
      var kind = gen.pick(Kind.values());
      var from = gen.between(-60, WINDOW + 20);
      var to = from + gen.between(1, 60);
      var open = kind != Kind.MAINTENANCE && gen.chance(0.1);
      entries.add(
          new LedgerEntry(
              "e" + i,
              kind,
              minute(from),
              open ? Optional.empty() : Optional.of(minute(to)),
              minute(from),
              "ops",
              "why"));
    }
    return entries;
  }

  /** What each minute is, worst kind first; null where nothing is. */
  private static Kind[] minutes(List<LedgerEntry> entries, int low, int high, long now) {
    var minutes = new Kind[high - low];
    for (var i = low; i < high; i++) {
      for (var kind : List.of(Kind.DEGRADED, Kind.CRITICAL, Kind.MAINTENANCE)) {
        var at = minute(i);
        for (var entry : entries) {
          var end = entry.to().orElse(minute(now));
          if (entry.kind() == kind && !at.isBefore(entry.from()) && at.isBefore(end)) {
            minutes[i - low] = kind;
          }
        }
      }
    }
    return minutes;
  }

  private static boolean[] qualified(List<LedgerEntry> entries, long now) {
    var low = -200;
    var high = WINDOW + 200;
    var degraded = entries.stream().filter(e -> e.kind() == Kind.DEGRADED).toList();
    var slow = minutes(degraded, low, high, now);
    var qualified = new boolean[WINDOW];
    for (var i = 0; i < slow.length; ) {
      var end = i;
      while (end < slow.length && slow[end] == Kind.DEGRADED) {
        end++;
      }
      for (var j = i; j < end; j++) {
        if (end - i >= 15 && j + low >= 0 && j + low < WINDOW) {
          qualified[j + low] = true;
        }
      }
      i = Math.max(end, i + 1);
    }
    return qualified;
  }

  @Test
  void the_account_is_that_of_every_single_minute() {
    Cases.forAll(
        "minute by minute",
        400,
        gen -> {
          var entries = history(gen);
          var now = gen.between(1, WINDOW);
          var kinds = minutes(entries, 0, WINDOW, now);
          var qualified = qualified(entries, now);
          var critical = 0;
          var degraded = 0;
          for (var i = 0; i < now; i++) {
            critical += kinds[i] == Kind.CRITICAL ? 1 : 0;
            degraded += kinds[i] == Kind.DEGRADED && qualified[i] ? 1 : 0;
          }
          var ledger = IncidentLedger.of(START, entries);
          var window = new Span(START, minute(WINDOW));
          var spent = Consumption.of(ledger, DowntimeRule.DEFAULT, window, minute(now));

          assertThat(spent.critical()).as(ledger.entries().toString()).hasMinutes(critical);
          assertThat(spent.degraded()).as(ledger.entries().toString()).hasMinutes(degraded);
          var lines =
              spent.lines().stream()
                  .map(ConsumptionLine::cost)
                  .reduce(Fraction.ZERO, Fraction::plus);
          assertThat(lines).isEqualTo(spent.consumed());
          assertThat(Times.minutes(spent.consumed()))
              .isEqualTo(Fraction.of(2L * critical + degraded, 2));
          spent
              .lines()
              .forEach(
                  line ->
                      assertThat(line.counted())
                          .isBetween(
                              Duration.ZERO, line.length().plus(Duration.ofMinutes(WINDOW))));
        });
  }

  @Test
  void the_order_of_entries_and_cutting_one_in_two_change_nothing() {
    Cases.forAll(
        "shuffled and cut",
        200,
        gen -> {
          var entries = history(gen);
          var cut = new ArrayList<LedgerEntry>();
          for (var entry : entries) {
            var end = entry.to().orElse(minute(WINDOW));
            var middle = entry.from().plusSeconds(30);
            if (end.isAfter(middle)) {
              cut.add(piece(entry, "a", entry.from(), middle));
              cut.add(piece(entry, "b", middle, end));
            }
          }
          var window = new Span(START, minute(WINDOW));
          var whole =
              Consumption.of(
                  IncidentLedger.of(START, entries), DowntimeRule.DEFAULT, window, minute(WINDOW));
          var other =
              Consumption.of(
                  IncidentLedger.of(START, gen.shuffle(cut)),
                  DowntimeRule.DEFAULT,
                  window,
                  minute(WINDOW));

          assertThat(other.consumed()).isEqualTo(whole.consumed());
          assertThat(other.longestIncident()).isEqualTo(whole.longestIncident());
          assertThat(other.coverage()).isEqualTo(whole.coverage());
        });
  }

  private static LedgerEntry piece(LedgerEntry of, String suffix, Instant from, Instant to) {
    return new LedgerEntry(of.id() + suffix, of.kind(), from, Optional.of(to), from, "ops", "why");
  }

  @Test
  void more_incidents_never_leave_more_budget_and_more_maintenance_never_less() {
    Cases.forAll(
        "monotone",
        200,
        gen -> {
          var entries = history(gen);
          var from = gen.between(0, WINDOW - 40);
          var to = from + gen.between(1, 40);
          var window = new Span(START, minute(WINDOW));
          var ledger = IncidentLedger.of(START, entries);
          var worse = ledger.critical("more", minute(from), minute(to));
          var better =
              ledger.maintenance("free", minute(from), minute(to), minute(from), "ops", "why");

          assertThat(consumed(worse, window)).isGreaterThanOrEqualTo(consumed(ledger, window));
          assertThat(consumed(better, window)).isLessThanOrEqualTo(consumed(ledger, window));
        });
  }

  private static Fraction consumed(IncidentLedger ledger, Span window) {
    return Consumption.of(ledger, DowntimeRule.DEFAULT, window, window.to()).consumed();
  }

  @Test
  void a_percentile_below_the_threshold_says_as_much_as_a_share_below_it() {
    Cases.forAll(
        "nearest rank",
        300,
        gen -> {
          var share = Ratio.percent(gen.between(1, 99));
          var nanos = gen.list(1, 60, () -> gen.between(1L, 40L));
          var samples = LatencySamples.ofNanos(nanos.stream().mapToLong(n -> n).toArray());
          var threshold = Duration.ofNanos(gen.between(1L, 41L));
          var below = samples.percentile(share).orElseThrow().compareTo(threshold) < 0;
          var enough =
              !samples.below(threshold).goodShare().orElseThrow().isBelow(Fraction.of(share));
          assertThat(below).isEqualTo(enough);
        });
  }

  @Test
  void a_burn_down_falls_and_ends_where_the_report_stands() {
    Cases.forAll(
        "burn-down",
        100,
        gen -> {
          var slo =
              Slo.named(
                  "chat", s -> s.availability(Ratio.percent(90)).over(Duration.ofMinutes(WINDOW)));
          var measured = Measurements.of(IncidentLedger.of(START, history(gen)));
          var now = minute(WINDOW);
          var line =
              BurnDown.of(slo, measured, new Span(START, now), now, Duration.ofMinutes(37))
                  .points();
          for (var i = 1; i < line.size(); i++) {
            assertThat(line.get(i).ideal()).isLessThan(line.get(i - 1).ideal());
          }
          var result = SloCalculator.of(slo).report(measured, now).result("chat");
          result
              .budget()
              .ifPresent(
                  budget ->
                      assertThat(line.get(line.size() - 1).remaining())
                          .contains(budget.remainingShare()));
        });
  }

  @Test
  void minutes_read_the_same_however_they_are_written() {
    Cases.forAll(
        "minutes",
        500,
        gen -> {
          var nanos = gen.between(0L, gen.pick(1_000L, 60_000_000_000L, 9_000_000_000_000_000L));
          var whole = gen.chance(0.3) ? nanos - nanos % 600_000_000L : nanos;
          assertThat(Times.inMinutes(whole))
              .isEqualTo(Times.minutes(Fraction.of(whole)).text() + " min");
        });
  }

  @Test
  void records_come_back_from_bytes_as_they_were() {
    Cases.forAll(
        "codec",
        200,
        gen -> {
          for (var entry : history(gen)) {
            assertThat(BudgetRecordCodec.decode(BudgetRecordCodec.encode(entry))).isEqualTo(entry);
          }
        });
  }
}
