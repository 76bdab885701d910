package io.bellwether.openslo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.openslo.Documents.ERRORS;
import static io.bellwether.openslo.Documents.SMALL;
import static io.bellwether.openslo.Documents.assertRefused;
import static io.bellwether.openslo.Documents.parsed;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Severity;
import io.bellwether.openslo.Indicator.Source;
import io.bellwether.slo.Budgeting;
import io.bellwether.slo.BurnRateAlert;
import io.bellwether.slo.Objective;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloWindow;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloTest {
  @Test
  void a_small_document_becomes_an_slo() {
    var read = parsed(SMALL);

    assertThat(read.slo())
        .isEqualTo(
            Slo.named(
                "chat-errors", s -> s.ratio(Objective.atLeast(percent(99.5))).over(ofDays(30))));
    assertThat(read.service()).isEqualTo("chat");
    assertThat(read.words())
        .isEqualTo(new Words("Errors of the chat", "Answers without a server error"));
    assertThat(read.objectiveName()).isEqualTo("most of them");
    assertThat(OpenSlo.parse(OpenSlo.write(OpenSloBundle.of(read))).slos()).containsExactly(read);
    assertThat(read.indicator().kind()).isEqualTo(Indicator.Kind.BAD_OF_TOTAL);
    assertThat(read.indicator().sources().get("bad"))
        .isEqualTo(
            new Source("Prometheus", "", java.util.Map.of("query", "bad_total", "step", "30")));
    assertThat(read.indicator().sources().get("total").reference()).isEqualTo("prom");
  }

  @Test
  void a_target_is_read_to_its_last_digit() {
    var precise = SMALL.replace("target: 0.995", "targetPercent: 99.9990000000000001");
    assertThat(parsed(precise).slo().objective().target().exact())
        .isEqualByComparingTo("0.999990000000000001");
  }

  @ParameterizedTest
  @CsvSource({
    "28d, rolling 28d",
    "4w, rolling 28d",
    "1h, rolling 1h",
    "90m, rolling 1h 30m",
    "1M, rolling P1M in Z",
    "1Q, rolling P3M in Z",
    "1Y, rolling P1Y in Z"
  })
  void a_rolling_window_is_as_long_as_it_says(String duration, String window) {
    assertThat(parsed(SMALL.replace("30d", duration)).slo().window()).hasToString(window);
  }

  @Test
  void a_calendar_window_has_a_start_and_a_zone() {
    var calendar =
        SMALL.replace(
            "      isRolling: true\n",
            "      isRolling: false\n      calendar:\n        startTime: 2026-01-31 12:30:00\n"
                + "        timeZone: America/New_York\n");
    assertThat(parsed(calendar.replace("30d", "1M")).slo().window())
        .isEqualTo(
            SloWindow.calendar(
                Period.ofMonths(1),
                LocalDateTime.parse("2026-01-31T12:30:00"),
                ZoneId.of("America/New_York")));
    assertRefused(
        calendar.replace("30d", "12h"),
        "documents[0].spec.timeWindow[0].duration: '12h' is no calendar unit such as 1d, 1w, 1M, 1Q"
            + " or 1Y");
    assertRefused(
        calendar.replace("America/New_York", "Mars/Base"),
        "documents[0].spec.timeWindow[0].calendar.timeZone: 'Mars/Base' is no time zone such as"
            + " Europe/Berlin");
  }

  @Test
  void slices_are_read_with_bare_minutes_and_durations() {
    var slices =
        SMALL
            .replace("Occurrences", "Timeslices")
            .replace(
                "target: 0.995",
                "target: 0.95\n      timeSliceTarget: 0.9\n      timeSliceWindow: 5");
    assertThat(parsed(slices).slo().budgeting())
        .isEqualTo(Budgeting.timeslices(ofMinutes(5), percent(90)));
    assertThat(
            parsed(slices.replace("timeSliceWindow: 5", "timeSliceWindow: 1h"))
                .slo()
                .budgeting()
                .slice())
        .isEqualTo(ofHours(1));
    assertThat(
            parsed(
                    slices
                        .replace("Timeslices", "RatioTimeslices")
                        .replace("      timeSliceTarget: 0.9\n", ""))
                .slo()
                .budgeting())
        .isEqualTo(Budgeting.ratioTimeslices(ofMinutes(5)));
    assertRefused(
        slices.replace("      timeSliceTarget: 0.9\n", ""),
        "documents[0].spec.objectives[0]: timeSliceTarget is missing");
  }

  @Test
  void references_are_resolved_whatever_the_order() {
    var bundle =
        OpenSlo.parse(
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: chat}
            spec:
              service: chat
              indicatorRef: latency
              timeWindow: [{duration: 28d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{op: lt, value: 2000, target: 0.95}]
              alertPolicies: [{alertPolicyRef: page}]
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: {name: page}
            spec:
              alertWhenBreaching: true
              conditions: [{conditionRef: fast}]
              notificationTargets: [{targetRef: oncall}]
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: fast}
            spec:
              severity: page
              condition: {kind: burnrate, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: {name: oncall}
            spec: {target: email, description: whoever is on call}
            ---
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: latency}
            spec:
              thresholdMetric:
                metricSource: {type: Prometheus, spec: {query: latency_ms}}
            """);
    var chat = bundle.slos().get(0);

    assertThat(chat.indicator().kind()).isEqualTo(Indicator.Kind.THRESHOLD);
    assertThat(chat.comparison())
        .contains(new ServiceSlo.Comparison("lt", BigDecimal.valueOf(2000)));
    var policy = chat.policies().get(0);
    assertThat(policy.condition())
        .isEqualTo(
            BurnRateAlert.of(
                "fast",
                a ->
                    a.severity(Severity.CRITICAL)
                        .factor(new BigDecimal("14.4"))
                        .over(ofHours(1))
                        .confirmedOver(ofHours(1))
                        .holdFor(ofMinutes(5))));
    assertThat(policy.targets())
        .containsExactly(new NotificationTarget("oncall", "email", Words.of("whoever is on call")));
    assertThat(policy.whenBreaching()).isTrue();
    assertThat(policy.whenNoData()).isFalse();
    assertThat(chat.alerts().alerts()).hasSize(1);
    assertThat(OpenSlo.parse(OpenSlo.write(bundle))).isEqualTo(bundle);
  }

  @Test
  void what_was_written_is_read_as_what_it_was() {
    var windows =
        List.of(
            SloWindow.rolling(ofDays(28)),
            SloWindow.rolling(ofMinutes(90)),
            SloWindow.rolling(Period.ofMonths(2)),
            SloWindow.calendarMonth(ZoneId.of("Europe/Berlin")),
            SloWindow.calendar(
                Period.ofWeeks(2), LocalDateTime.parse("2026-01-05T00:00"), ZoneId.of("UTC")));
    var kinds =
        List.<UnaryOperator<io.bellwether.slo.SloBuilder>>of(
            s -> s.errorRateBelow(percent(1)).expectingEvents(1000),
            s -> s.successRateAbove(percent(99)).notForBudget(),
            s -> s.latency(ofMillis(2000), percent(95)).minimumCoverage(percent(90)),
            s -> s.ratio(Objective.above(percent(99.95))).probedEvery(ofMillis(1500)),
            s ->
                s.ratio(Objective.atLeast(percent(99)))
                    .budgetedBy(
                        Budgeting.timeslices(ofMinutes(5), percent(95))
                            .whenMissing(Budgeting.Missing.BAD)),
            s ->
                s.ratio(Objective.atLeast(percent(99)))
                    .budgetedBy(Budgeting.ratioTimeslices(ofMinutes(1))));
    for (var window : windows) {
      for (var kind : kinds) {
        var slo = Slo.named("chat", s -> kind.apply(s).over(window));
        var alert =
            BurnRateAlert.of(
                "fast",
                a ->
                    a.severity(Severity.WARNING)
                        .factor(new BigDecimal("5.5"))
                        .over(ofHours(1))
                        .holdFor(ofMinutes(2))
                        .unlessFewerThan(100, 5));
        var target = new NotificationTarget("oncall", "slack", new Words("On call", "day"));
        var policy =
            new AlertPolicy(
                "page",
                new Words("Page", "now"),
                alert,
                new Words("Fast", "too"),
                true,
                false,
                true,
                List.of(target));
        var entry =
            new ServiceSlo(
                slo,
                "chat",
                new Words("Chat: all of it", "What users meet: \"quick\" # answers"),
                "most # of them",
                ERRORS,
                Optional.empty(),
                List.of(policy));
        var yaml = OpenSlo.write(OpenSloBundle.of(entry));
        assertThat(OpenSlo.parse(yaml).slos()).as(yaml).containsExactly(entry);
      }
    }
  }

  @Test
  void what_stands_for_itself_keeps_what_it_says_to_people() {
    var named =
        """
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: errors, displayName: Errors of all}
        spec:
          description: five hundreds
          ratioMetric:
            counter: true
            bad: {metricSource: {type: Prometheus, spec: {query: bad}}}
            total: {metricSource: {type: Prometheus, spec: {query: all}}}
        """;
    var bundle = OpenSlo.parse(named);
    assertThat(bundle.indicators().get(0).words())
        .isEqualTo(new Words("Errors of all", "five hundreds"));
    assertThat(OpenSlo.parse(OpenSlo.write(bundle))).isEqualTo(bundle);
  }
}
