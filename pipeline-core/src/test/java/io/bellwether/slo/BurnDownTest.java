package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.CHAT;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.slo.BurnDown.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BurnDownTest {
  private static final Slo ERRORS = Slo.named("e", s -> s.errorRateBelow(percent(1)));

  private static List<Point> points(Slo slo, Measurements measurements) {
    return BurnDown.of(slo, measurements, new Span(START, END), END, ofDays(1)).points();
  }

  @Test
  void nothing_measured_draws_no_line() {
    assertThat(points(CHAT, Measurements.none())).allMatch(p -> p.remaining().isEmpty());
    assertThat(points(ERRORS, Measurements.none())).allMatch(p -> p.remaining().isEmpty());
  }

  @Test
  void the_line_begins_where_somebody_began_to_look() {
    var since = START.plus(ofDays(10));
    var ledger = IncidentLedger.since(since).critical("d", since, since.plus(ofMinutes(10)));

    assertThat(points(CHAT, Measurements.of(ledger)))
        .hasSize(31)
        .allMatch(p -> p.remaining().isPresent() == p.at().isAfter(since));
    assertThat(points(CHAT, Measurements.of(IncidentLedger.since(START))).get(0).remaining())
        .as("all of it, where somebody looked from the start")
        .contains(Fraction.ONE);
  }

  @Test
  void events_are_known_from_the_end_of_their_cell() {
    var at = START.plus(ofDays(9));
    var series = CountSeries.of(Span.of(at, ofDays(2)), Counts.ofBadAndTotal(5, 1_000));
    var line = points(ERRORS, Measurements.of("e", series));

    assertThat(line.get(10).remaining()).as("half way nobody knows").isEmpty();
    assertThat(line.get(11).remaining()).contains(Fraction.of(1, 2));
    assertThat(line.get(20).remaining()).contains(Fraction.of(1, 2));
  }

  @Test
  void the_last_point_is_what_the_report_says_also_while_a_cell_still_counts() {
    var now = START.plus(ofHours(36));
    var whole = new Span(START, END);
    var series =
        CountSeries.of(
            List.of(
                CountCell.of(Span.of(START, ofHours(35)), Counts.ofBadAndTotal(1, 500)),
                CountCell.of(Span.of(START.plus(ofHours(35)), ofHours(2)), new Counts(499, 500))));
    var measured = Measurements.of("e", series);
    var last = last(BurnDown.of(ERRORS, measured, whole, now, ofHours(1)));

    var report = SloCalculator.of(ERRORS).report(measured, now).result("e");
    assertThat(last.remaining()).isEqualTo(report.budget().map(ErrorBudget::remainingShare));
    assertThat(last.remaining()).contains(Fraction.of(4, 5));
  }

  private static Point last(BurnDown burnDown) {
    return burnDown.points().get(burnDown.points().size() - 1);
  }

  @Test
  void a_step_that_makes_more_points_than_anybody_can_see_is_refused() {
    var whole = new Span(START, END);
    assertThatThrownBy(
            () -> BurnDown.of(CHAT, Measurements.none(), whole, END, Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("step PT0.000000001S", "at most 10000", "longer step");
    assertThat(BurnDown.of(CHAT, Measurements.none(), whole, END, ofHours(1)).points())
        .hasSize((int) ofDays(30).toHours() + 1)
        .extracting(Point::remaining)
        .containsOnly(Optional.empty());
  }

  @Test
  void before_its_window_there_is_only_the_start() {
    var early = Instant.parse("2020-01-01T00:00:00Z");
    assertThat(BurnDown.of(CHAT, Measurements.none(), new Span(START, END), early, ofDays(1)))
        .extracting(BurnDown::points)
        .satisfies(points -> assertThat(points).hasSize(1));
  }
}
