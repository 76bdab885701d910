package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.CHAT;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.empty;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Severity;
import io.bellwether.slo.BurnRateFinding.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurnRateAlertsTest {
  private static final Slo ERRORS = Slo.named("e", s -> s.errorRateBelow(percent(0.1)));

  @Test
  void the_recommended_factors_follow_from_the_period() {
    assertThat(BurnRateAlerts.recommended(CHAT).alerts())
        .extracting(alert -> alert.factor().text())
        .containsExactly("14.4", "6", "3", "1");
    var week = CHAT.toBuilder().over(ofDays(7)).build();
    assertThat(BurnRateAlerts.recommended(week).alerts())
        .extracting(alert -> alert.factor().text())
        .containsExactly("3.36", "1.4", "0.7", "0.23");
    assertThat(BurnRateAlerts.recommended(CHAT).alerts().get(0))
        .hasToString("fast: CRITICAL above 14.4 over 1h and 5m");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 24, 48, 71})
  void in_a_short_period_the_windows_shrink_and_the_factors_stay(long hours) {
    var slo = ERRORS.toBuilder().over(ofHours(hours)).build();
    assertThat(BurnRateAlerts.recommended(slo).alerts())
        .hasSize(4)
        .allSatisfy(alert -> assertThat(alert.longWindow()).isLessThan(ofHours(hours)))
        .extracting(alert -> alert.factor().text())
        .containsExactly("14.4", "6", "3", "1");
    var day = BurnRateAlerts.recommended(ERRORS.toBuilder().over(ofDays(1)).build());
    assertThat(day.alerts().get(0)).hasToString("fast: CRITICAL above 14.4 over 2m and 10s");
    assertThat(day.warnings()).isEmpty();
    var watch = new BurnRateWatch(BurnRateAlerts.recommended(slo));
    assertThat(watch.check(Measurements.none(), END)).isEmpty();
    assertThat(watch.check(Measurements.none(), END.plus(ofMinutes(1)))).hasSize(1);
  }

  @Test
  void a_pair_that_a_large_budget_can_never_fire_is_left_out() {
    var tenth = Slo.named("tenth", s -> s.errorRateBelow(percent(10)));
    assertThat(BurnRateAlerts.recommended(tenth).alerts())
        .extracting(BurnRateAlert::name)
        .containsExactly("slow", "day", "three-days");
    assertThat(BurnRateAlerts.recommended(tenth).warnings()).isEmpty();
    var fifth = Slo.named("fifth", s -> s.errorRateBelow(percent(20)));
    assertThat(BurnRateAlerts.recommended(fifth).alerts()).hasSize(2);
    assertThat(BurnRateAlerts.recommended(fifth).warnings())
        .singleElement()
        .asString()
        .contains("fifth: no alert is critical", "burns this budget at 5");
  }

  @Test
  void both_windows_have_to_burn() {
    var alerts = BurnRateAlerts.recommended(ERRORS);

    assertThat(finding(alerts, series(2, 2)).kind()).isEqualTo(Kind.EXCEEDED);
    assertThat(finding(alerts, series(2, 0)).kind()).as("over by now").isEqualTo(Kind.FINE);
    assertThat(finding(alerts, series(0, 10)).kind()).as("a short spike").isEqualTo(Kind.FINE);
    assertThat(finding(alerts, CountSeries.NONE).kind()).isEqualTo(Kind.NO_DATA);
  }

  @Test
  void exactly_the_factor_is_not_too_much() {
    var alert = BurnRateAlert.of("fast", a -> a.factor(BigDecimal.valueOf(14.4)));
    assertThat(alert.isExceededBy(Fraction.of(144, 10), Fraction.of(20))).isFalse();
    assertThat(alert.isExceededBy(Fraction.of(144_000_001, 10_000_000), Fraction.of(20))).isTrue();
  }

  @Test
  void a_failure_in_a_quiet_hour_wakes_nobody() {
    var quiet =
        CountSeries.of(
            List.of(
                CountCell.of(Span.of(END.minus(ofMinutes(5)), ofMinutes(5)), new Counts(9, 10))));
    var alerts = BurnRateAlerts.recommended(ERRORS);

    var finding = finding(alerts, quiet);
    assertThat(finding.kind()).isEqualTo(Kind.TOO_QUIET);
    assertThat(finding)
        .hasToString(
            "e fast TOO_QUIET: burning at 100 over 1h, burning at 100 over 5m (limit 14.4), 1 of 10"
                + " bad");
    var fewBad =
        CountSeries.of(
            List.of(
                CountCell.of(
                    Span.of(END.minus(ofMinutes(5)), ofMinutes(5)), new Counts(150, 154))));
    assertThat(finding(alerts, fewBad).kind()).isEqualTo(Kind.TOO_QUIET);
  }

  @Test
  void an_outage_burns_a_budget_of_time() {
    var down = Measurements.of(empty().criticalSince("a", END.minus(ofMinutes(1))));
    var findings = BurnRateAlerts.recommended(CHAT).evaluate(down, END);

    assertThat(findings)
        .extracting(BurnRateFinding::kind)
        .containsExactly(Kind.EXCEEDED, Kind.FINE, Kind.FINE, Kind.FINE);
    var alert = findings.get(0).toAlert(END);
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.summary())
        .isEqualTo("chat fast: burning at 16.67 over 1h, burning at 200 over 5m (limit 14.4)");
  }

  @Test
  void a_watch_waits_for_the_hold_and_tells_once() {
    var held =
        BurnRateAlert.of("held", a -> a.factor(BigDecimal.valueOf(14.4)).holdFor(ofMinutes(2)));
    var watch = new BurnRateWatch(BurnRateAlerts.of(CHAT, held));
    var start = END;

    assertThat(watch.check(down(start), start)).isEmpty();
    assertThat(watch.check(down(start), start.plus(ofMinutes(1)))).isEmpty();
    assertThat(watch.check(down(start), start.plus(ofMinutes(2)))).hasSize(1);
    assertThat(watch.check(down(start), start.plus(ofMinutes(3)))).isEmpty();
    assertThat(watch.firingSince("held")).contains(start.plus(ofMinutes(2)));
    var well = Measurements.of(empty());
    assertThat(watch.check(well, start.plus(ofMinutes(4)))).isEmpty();
    assertThat(watch.firingSince("held")).isEmpty();
    assertThat(watch.check(down(start), start.plus(ofMinutes(5)))).isEmpty();
  }

  @Test
  void a_metric_that_went_missing_is_told_after_a_while() {
    var watch = new BurnRateWatch(BurnRateAlerts.recommended(ERRORS));
    var patience = BurnRateAlerts.absentAfter(ERRORS.objective(), ofDays(30));

    assertThat(patience).isEqualTo(ofMinutes(3));
    assertThat(watch.check(Measurements.none(), END)).isEmpty();
    assertThat(watch.check(Measurements.none(), END.plus(patience)))
        .singleElement()
        .satisfies(alert -> assertThat(alert.name()).isEqualTo("slo_no_data"))
        .satisfies(alert -> assertThat(alert.summary()).isEqualTo("e: nothing measured for 3m"));
  }

  private static Measurements down(Instant since) {
    return Measurements.of(empty().criticalSince("a", since.minus(ofMinutes(30))));
  }

  private static BurnRateFinding finding(BurnRateAlerts alerts, CountSeries series) {
    return alerts.evaluate(Measurements.of("e", series), END).get(0);
  }

  /** Percent of errors in the hour before the last five minutes, and in those. */
  private static CountSeries series(int before, int lately) {
    return CountSeries.of(
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    CountCell.of(
                        Span.of(END.minus(ofHours(1)).plus(ofMinutes(i)), ofMinutes(1)),
                        Counts.ofBadAndTotal((i < 55 ? before : lately) * 10L, 1000)))
            .toList());
  }
}
