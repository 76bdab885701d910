package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.testing.VirtualTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventSumsTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:30Z");
  private static final Slo ERRORS = Slo.named("e", s -> s.errorRateBelow(percent(1)));

  private final VirtualTime time = VirtualTime.at(START);
  private final BudgetStore store = BudgetStore.inMemory();

  private EventSums sums() {
    return EventSums.of(ERRORS, ZoneOffset.UTC, time.source(), store);
  }

  private SloResult result(EventSums sums) {
    return SloCalculator.of(ERRORS)
        .report(Measurements.of("e", sums.series()), time.instant())
        .result("e");
  }

  private void record(EventSums sums, int good, int bad) {
    for (var i = 0; i < good; i++) {
      sums.record(Counted.GOOD);
    }
    for (var i = 0; i < bad; i++) {
      sums.record(Counted.BAD);
    }
  }

  @Test
  void events_land_in_the_minute_they_happen_in() {
    var sums = sums();
    record(sums, 9, 1);
    time.advance(ofSeconds(30));
    record(sums, 5, 0);
    sums.record(Counted.LEFT_OUT);
    time.advance(ofMinutes(10));
    record(sums, 1, 0);

    var cells = sums.series().cells();
    assertThat(cells)
        .extracting(CountCell::counts)
        .containsExactly(new Counts(9, 10), new Counts(5, 5), Counts.NONE, new Counts(1, 1));
    assertThat(cells.get(1).span()).hasToString("2026-03-01T00:01:00Z to 2026-03-01T00:02:00Z");
  }

  @Test
  void burn_rates_see_the_last_minutes_alone() {
    var sums = sums();
    record(sums, 90, 10);
    time.advance(ofHours(2));
    record(sums, 100, 0);
    var measured = Measurements.of("e", sums.series());
    var calculator = SloCalculator.of(ERRORS);

    assertThat(calculator.burnRate("e", measured, ofHours(1), time.instant()).orElseThrow().rate())
        .isEqualTo(Fraction.ZERO);
    assertThat(calculator.burnRate("e", measured, ofHours(3), time.instant()).orElseThrow().rate())
        .isEqualTo(Fraction.of(5));
  }

  @Test
  void quiet_time_is_observed_time() {
    var sums = sums();
    time.advance(ofDays(15));
    record(sums, 1, 0);

    assertThat(result(sums).coverage()).isEqualTo(Fraction.of(1, 2));
  }

  @Test
  void thirty_days_are_remembered_as_daily_sums_over_restarts() {
    for (var day = 0; day < 30; day++) {
      var sums = sums();
      record(sums, 99, 1);
      time.advance(ofHours(20));
      record(sums, 100, 0);
      sums.flush();
      time.advance(ofHours(4).minusMinutes(1));
      sums.flush();
      time.advance(ofMinutes(1));
    }

    var next = sums();
    assertThat(store.records()).hasSize(30);
    assertThat(result(next).counts()).contains(new Counts(5_970, 6_000));
    assertThat(result(next).coverage()).isGreaterThan(Fraction.of(999, 1000));
  }

  @Test
  void after_a_restart_burn_rates_go_on_from_the_hours_there_were() {
    var before = sums();
    record(before, 100, 0);
    time.advance(ofHours(5));
    record(before, 95, 5);
    time.advance(ofMinutes(20));
    before.flush();
    time.advance(ofMinutes(25));
    var after = sums();
    var measured = Measurements.of("e", after.series());
    var calculator = SloCalculator.of(ERRORS);

    assertThat(store.records()).as("one record a day").hasSize(1);
    assertThat(calculator.burnRate("e", measured, ofHours(1), time.instant()).orElseThrow().rate())
        .isEqualTo(Fraction.of(5));
    assertThat(calculator.burnRate("e", measured, ofHours(6), time.instant()).orElseThrow().rate())
        .isEqualTo(Fraction.of(5, 2));
    assertThat(result(after).counts()).contains(new Counts(195, 200));
  }

  @Test
  void after_a_restart_a_window_of_minutes_says_that_only_longer_sums_are_left() {
    var before = sums();
    time.advance(ofMinutes(50));
    record(before, 100, 0);
    before.flush();
    var fast =
        BurnRateAlerts.recommended(ERRORS)
            .evaluate(Measurements.of("e", sums().series()), time.instant())
            .get(0);

    assertThat(fast.kind()).isEqualTo(BurnRateFinding.Kind.NO_DATA);
    assertThat(fast.longRate()).isPresent();
    assertThat(fast).asString().contains("measured over 5m only in longer sums, left by a restart");
  }

  @Test
  void thirty_days_of_every_minute_cost_kilobytes() {
    var sums = sums();
    for (var hour = 0; hour < 24 * 30; hour++) {
      record(sums, 1, 0);
      time.advance(ofHours(1));
      sums.flush();
    }
    var bytes =
        store.records().stream().mapToInt(record -> BudgetRecordCodec.encode(record).length).sum();
    assertThat(bytes).isLessThan(10_000);
  }

  @Test
  void a_long_run_forgets_minutes_but_no_event() {
    var sums = sums();
    for (var hour = 0; hour < 24 * 12; hour++) {
      record(sums, 1, 0);
      time.advance(ofHours(1));
    }
    record(sums, 1, 0);

    assertThat(sums.series().sum()).isEqualTo(new Counts(289, 289));
    assertThat(sums.series().cells()).hasSizeLessThan(24 * 12);
    sums.flush();
    assertThat(store.records()).hasSize(13);
  }

  @Test
  void days_begin_where_the_zone_says() {
    var sums = EventSums.of(ERRORS, ZoneId.of("Asia/Kathmandu"), time.source(), store);
    time.advance(ofHours(18).plusMinutes(13));
    record(sums, 1, 0);
    time.advance(ofMinutes(5));
    record(sums, 1, 0);
    sums.flush();

    assertThat(store.records()).hasSize(2);
    assertThat(((DaySum) store.records().get(1)).cell().span().from())
        .isEqualTo(Instant.parse("2026-03-01T18:15:00Z"));
  }

  @Test
  void slices_are_tallied_while_they_are_known() {
    var sliced =
        ERRORS.toBuilder().budgetedBy(Budgeting.timeslices(ofMinutes(5), percent(95))).build();
    var sums = EventSums.of(sliced, ZoneOffset.UTC, time.source(), store);
    for (var i = 0; i < 12; i++) {
      record(sums, 9, i == 3 ? 1 : 0);
      time.advance(ofMinutes(5));
    }
    sums.flush();
    var again = EventSums.of(sliced, ZoneOffset.UTC, time.source(), store);
    var measured = Measurements.of("e", again.series());
    var budget =
        SloCalculator.of(sliced)
            .report(measured, time.instant())
            .result("e")
            .budget()
            .orElseThrow();

    assertThat(budget.consumed()).isEqualTo(Fraction.ONE);
    assertThat(budget.total()).isEqualTo(Fraction.of(8640, 100));
  }

  @Test
  void a_wall_clock_that_is_set_back_loses_and_doubles_nothing() {
    var sums = sums();
    record(sums, 10, 0);
    time.wallJump(ofMinutes(-30));
    time.advance(ofMinutes(2));
    record(sums, 10, 0);
    time.wallJump(ofHours(2));
    time.advance(ofMinutes(2));
    record(sums, 10, 0);

    assertThat(sums.series().sum()).isEqualTo(new Counts(30, 30));
  }

  @Test
  void threads_at_the_edge_of_a_cell_lose_nothing() throws InterruptedException {
    var sums = sums();
    var done = new AtomicLong[] {new AtomicLong(), new AtomicLong(), new AtomicLong()};
    var stop = new AtomicBoolean();
    var threads = new ArrayList<Thread>();
    for (var own : done) {
      var thread =
          new Thread(
              () -> {
                while (!stop.get()) {
                  sums.record(Counted.GOOD);
                  own.incrementAndGet();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (var minute = 0; minute < 20; minute++) {
      time.advance(ofMinutes(1));
      sums.flush();
      for (var own : done) {
        awaitMore(own);
      }
    }
    stop.set(true);
    for (var thread : threads) {
      thread.join(ofSeconds(30).toMillis());
    }
    var all = Arrays.stream(done).mapToLong(AtomicLong::get).sum();
    assertThat(sums.series().sum()).isEqualTo(new Counts(all, all));
  }

  /** Nobody is late by a whole cell, as a minute is long in the world outside. */
  private static void awaitMore(AtomicLong own) {
    var enough = own.get() + 2;
    var deadline = System.nanoTime() + ofSeconds(30).toNanos();
    while (own.get() < enough) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void counters_that_somebody_else_keeps_are_added_by_their_growth() {
    var sums = sums();
    var good = new CounterIncrease();
    var bad = new CounterIncrease();
    for (var reading : new long[][] {{100, 3}, {150, 4}, {170, 4}, {10, 0}, {40, 1}}) {
      sums.add(Counts.ofGoodAndBad(good.read(reading[0]), bad.read(reading[1])));
    }
    assertThat(sums.series().sum()).isEqualTo(Counts.ofGoodAndBad(110, 2));
  }

  @Test
  void an_slo_of_time_has_no_events() {
    assertThatThrownBy(
            () ->
                EventSums.of(
                    Slo.named("chat", s -> s.availability(percent(99))),
                    ZoneOffset.UTC,
                    time.source(),
                    store))
        .hasMessageContainingAll("SLO 'chat' is of time", "IncidentLedger");
  }
}
