package io.bellwether.health;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.slo.BudgetBook;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DowntimeFeedTest {
  private static final Instant START = MutableClock.START;

  private final VirtualTime time = VirtualTime.create();
  private HealthStatus status = HealthStatus.OK;

  @Test
  void downtimes_go_into_the_book_of_the_error_budget() {
    var book = BudgetBook.inMemory();
    try (var monitor = fed(book)) {
      status = HealthStatus.DEGRADED;
      time.advance(ofMinutes(16));
      assertThat(entries(book)).isEmpty();
      status = HealthStatus.DOWN;
      time.advance(ofMinutes(3));
      assertThat(entries(book)).containsExactly("CRITICAL 16m 30s to now");
      status = HealthStatus.OK;
      time.advance(ofMinutes(1));
      assertThat(entries(book)).containsExactly("CRITICAL 16m 30s to 19m 30s");
      assertThat(monitor.downtime(START, time.instant()).downtimes()).hasSize(1);
    }
  }

  @Test
  void a_time_nobody_probed_goes_into_the_book_as_unobserved() {
    var book = BudgetBook.inMemory();
    var monitor = fed(book);
    time.advance(ofMinutes(15));
    monitor.close();
    assertThat(entries(book)).containsExactly("UNOBSERVED 15m to now");
    time.advance(ofMinutes(60));
    monitor.start();
    time.advance(ofMinutes(15));
    assertThat(entries(book)).containsExactly("UNOBSERVED 15m to 1h 15m");
    monitor.close();

    var report =
        SloCalculator.of(Slo.named("chat", s -> s.availability(percent(99)).over(ofMinutes(90))))
            .report(Measurements.of(book.ledger(START)), START.plus(ofMinutes(90)));
    assertThat(report.toString()).contains("coverage 33.33%");
  }

  @Test
  void what_an_ended_process_left_open_in_the_book_ends_with_the_first_good_probe() {
    var book = BudgetBook.inMemory();
    var first = fed(book);
    status = HealthStatus.DOWN;
    time.advance(ofMinutes(20));
    first.close();
    assertThat(entries(book)).containsExactly("CRITICAL 15m to now", "UNOBSERVED 20m to now");

    time.advance(ofMinutes(10));
    try (var second = fed(book)) {
      time.advance(ofMinutes(2));
      assertThat(entries(book)).containsExactly("CRITICAL 15m to now", "UNOBSERVED 20m to 30m");
      status = HealthStatus.OK;
      time.advance(ofMinutes(1));
      assertThat(entries(book)).containsExactly("CRITICAL 15m to 32m 30s", "UNOBSERVED 20m to 30m");
      assertThat(second.downtime(START, time.instant()).downtimes()).hasSize(1);
    }
  }

  @Test
  void a_downtime_over_which_the_process_ended_is_over_when_the_next_finds_it_well() {
    var book = BudgetBook.inMemory();
    var first = fed(book);
    status = HealthStatus.DOWN;
    time.advance(ofMinutes(15));
    first.close();
    status = HealthStatus.OK;
    time.advance(ofMinutes(5));
    fed(book).close();
    assertThat(entries(book)).contains("CRITICAL 15m to 20m");
  }

  private HealthMonitor fed(BudgetBook book) {
    var monitor =
        HealthMonitor.create(
                HealthRegistry.create(
                    time.source(),
                    Runnable::run,
                    h -> h.check("it", () -> new HealthResult(status, ""))),
                time.source(),
                Runnable::run,
                m -> m.listener(DowntimeFeed.to(book, "chat")))
            .start();
    time.advance(Duration.ZERO);
    return monitor;
  }

  private static List<String> entries(BudgetBook book) {
    return book.ledger(START).entries().stream()
        .map(
            entry ->
                entry.kind()
                    + " "
                    + after(entry.from())
                    + " to "
                    + entry.to().map(DowntimeFeedTest::after).orElse("now"))
        .toList();
  }

  private static String after(Instant at) {
    return Durations.plain(Duration.between(START, at));
  }
}
