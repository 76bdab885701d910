package io.bellwether.gate;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.emptyRate;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.gate.Conditions.successRate;
import static io.bellwether.gate.GateOutcome.ERROR;
import static io.bellwether.gate.GateOutcome.FAIL;
import static io.bellwether.gate.GateOutcome.INSUFFICIENT_SAMPLE;
import static io.bellwether.gate.GateOutcome.NO_DATA;
import static io.bellwether.gate.GateOutcome.PASS;
import static io.bellwether.gate.GateOutcome.PENDING;
import static io.bellwether.metrics.Metric.EMPTY_RATE;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.metrics.Metric.LATENCY_P95;
import static io.bellwether.metrics.Metric.RATE_LIMITED_RATE;
import static io.bellwether.metrics.Metric.REQUEST_COUNT;
import static io.bellwether.metrics.Metric.SUCCESS_RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricGateTest {
  private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration LONG = Duration.ofHours(1);

  private static GateOutcome outcome(Condition condition, Metric metric, double value) {
    return gate(condition).evaluate(reading(metric, value, 1_000)).outcome();
  }

  private static MetricGate gate(Condition... conditions) {
    return MetricGate.named(
        "test",
        g -> {
          for (var condition : conditions) {
            g.require(condition);
          }
          return g;
        });
  }

  private static Evidence reading(Metric metric, double value, long samples) {
    return Evidence.of(Map.of(metric, Reading.of(value, samples, "test")));
  }

  private static Evidence beside(Metric metric, double candidate, double stable, long samples) {
    return Evidence.of(
        Map.of(metric, Reading.of(candidate, 1_000, "test")),
        Map.of(metric, Reading.of(stable, samples, "test")));
  }

  @ParameterizedTest
  @CsvSource({"0.0499, PASS", "0.05, PASS", "0.0500001, FAIL", "1, FAIL", "0, PASS"})
  void exactly_at_most_is_kept(double rate, GateOutcome expected) {
    assertThat(outcome(errorRate().atMost(percent(5)), ERROR_RATE, rate)).isEqualTo(expected);
  }

  @Test
  void five_errors_of_a_hundred_are_exactly_five_percent() {
    assertThat(outcome(errorRate().atMost(percent(5)), ERROR_RATE, 5 / 100.0)).isEqualTo(PASS);
    assertThat(outcome(successRate().atLeast(percent(95)), SUCCESS_RATE, 95 / 100.0))
        .isEqualTo(PASS);
  }

  @Test
  void the_strict_forms_do_not_allow_the_number_itself() {
    assertThat(outcome(errorRate().below(percent(1)), ERROR_RATE, 0.01)).isEqualTo(FAIL);
    assertThat(outcome(successRate().above(percent(99)), SUCCESS_RATE, 0.99)).isEqualTo(FAIL);
    assertThat(outcome(latency().p95().below(Duration.ofMillis(2000)), LATENCY_P95, 2000))
        .isEqualTo(FAIL);
  }

  @Test
  void seven_percent_is_exactly_two_points_above_five() {
    var gate = gate(errorRate().atMostAboveStable(percent(2)));
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.07, 0.05, 900)).outcome()).isEqualTo(PASS);
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.0701, 0.05, 900)).outcome()).isEqualTo(FAIL);
  }

  @Test
  void a_factor_works_beside_a_stable_of_zero() {
    var gate = gate(errorRate().atMostTimesStable(1.5));
    assertThat(gate.evaluate(beside(ERROR_RATE, 0, 0, 900)).outcome()).isEqualTo(PASS);
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.001, 0, 900)).outcome()).isEqualTo(FAIL);
  }

  @Test
  void a_comparison_needs_samples_on_both_sides() {
    var gate = gate(emptyRate().atMostAboveStable(percent(2)));
    assertThat(gate.evaluate(beside(EMPTY_RATE, 0.5, 0, 99)).outcome())
        .isEqualTo(INSUFFICIENT_SAMPLE);
    assertThat(gate.evaluate(reading(EMPTY_RATE, 0.5, 1_000)).outcome())
        .as("stable serves nobody, so there is nothing to compare with")
        .isEqualTo(PASS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.01, 1.01})
  void what_no_ratio_can_be_is_never_a_pass(double nonsense) {
    assertThat(outcome(errorRate().atMost(percent(5)), ERROR_RATE, nonsense)).isEqualTo(ERROR);
    assertThat(outcome(errorRate().atLeast(percent(0)), ERROR_RATE, nonsense)).isEqualTo(ERROR);
    var gate = gate(errorRate().atMostAboveStable(percent(2)));
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.01, nonsense, 900)).outcome()).isEqualTo(ERROR);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1})
  void what_no_duration_can_be_is_never_a_pass(double nonsense) {
    assertThat(outcome(latency().p95().atMost(Duration.ofSeconds(2)), LATENCY_P95, nonsense))
        .isEqualTo(ERROR);
  }

  @Test
  void too_few_samples_say_nothing_however_bad_they_look() {
    var gate = gate(errorRate().atMost(percent(5)), latency().p95().atMost(Duration.ofSeconds(2)));
    var verdict =
        gate.evaluate(
            Evidence.of(
                Map.of(
                    ERROR_RATE, Reading.of(1, 99, "test"),
                    LATENCY_P95, Reading.of(9_000, 599, "test"))));
    assertThat(verdict.results())
        .extracting(ConditionResult::outcome)
        .containsExactly(INSUFFICIENT_SAMPLE, INSUFFICIENT_SAMPLE);
    assertThat(verdict.results().get(1).detail()).isEqualTo("599 of at least 600 samples");
  }

  @ParameterizedTest
  @EnumSource
  void no_data_means_what_the_policy_says(NoDataPolicy policy) {
    var gate = gate(errorRate().atMost(percent(5)).breachedFor(LONG).onNoData(policy));
    var expected =
        switch (policy) {
          case HOLD -> NO_DATA;
          case FAIL -> PENDING;
          case PASS -> PASS;
          case ROLLBACK -> FAIL;
        };
    assertThat(gate.evaluate(Evidence.of(Map.of())).outcome()).isEqualTo(expected);
  }

  @Test
  void a_source_that_fails_is_an_error_and_no_breach() {
    var evidence = Evidence.of(Map.of(ERROR_RATE, Reading.error("prometheus", "timed out")));
    var verdict = gate(errorRate().atMost(percent(5))).evaluate(evidence);
    assertThat(verdict.outcome()).isEqualTo(ERROR);
    assertThat(verdict.toString()).contains("timed out");
  }

  @Test
  void a_breach_fails_only_once_it_has_lasted() {
    var steps = new Timeline(errorRate().atMost(percent(5)).breachedFor(Duration.ofMinutes(5)));
    assertThat(steps.at(0, 0.09)).isEqualTo(PENDING);
    assertThat(steps.at(299, 0.09)).isEqualTo(PENDING);
    assertThat(steps.at(300, 0.09)).isEqualTo(FAIL);
  }

  @Test
  void a_kept_check_starts_the_breach_anew() {
    var steps = new Timeline(errorRate().atMost(percent(5)).breachedFor(Duration.ofMinutes(5)));
    steps.at(0, 0.09);
    assertThat(steps.at(200, 0.05)).isEqualTo(PASS);
    assertThat(steps.at(210, 0.09)).isEqualTo(PENDING);
    assertThat(steps.at(509, 0.09)).isEqualTo(PENDING);
    assertThat(steps.at(510, 0.09)).isEqualTo(FAIL);
  }

  @Test
  void a_gap_without_samples_neither_counts_nor_resets() {
    var steps = new Timeline(errorRate().atMost(percent(5)).breachedFor(Duration.ofMinutes(5)));
    steps.at(0, 0.09);
    assertThat(steps.at(200, 0.09)).isEqualTo(PENDING);
    assertThat(steps.without(250)).isEqualTo(INSUFFICIENT_SAMPLE);
    assertThat(steps.at(400, 0.09)).isEqualTo(PENDING);
    assertThat(steps.at(499, 0.09)).isEqualTo(PENDING);
    assertThat(steps.at(500, 0.09)).as("200 s before the gap, 100 s after it").isEqualTo(FAIL);
  }

  @Test
  void every_condition_is_evaluated_and_the_gravest_outcome_counts() {
    var gate = gate(errorRate().atMost(percent(5)), successRate().atLeast(percent(95)));
    var verdict =
        gate.evaluate(
            Evidence.of(
                Map.of(
                    ERROR_RATE, Reading.of(0.09, 312, "test"),
                    SUCCESS_RATE, Reading.of(0.99, 312, "test"))));
    assertThat(verdict.results()).hasSize(2);
    assertThat(verdict)
        .hasToString("FAIL test: error_rate 9% (at most 5% in the last 5m, 312 samples) FAIL");
  }

  @Test
  void stable_in_the_same_trouble_makes_a_failure_shared() {
    var gate = gate(errorRate().atMost(percent(5)));
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.6, 0.58, 900)).failedForBoth()).isTrue();
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.09, 0.01, 900)).failedForBoth()).isFalse();
  }

  @Test
  void a_stable_rate_that_cannot_be_told_from_the_limit_counts_as_shared() {
    var gate = gate(errorRate().atMost(percent(5)));
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.06, 0.045, 900)).failedForBoth()).isTrue();
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.06, 0.03, 1_800)).failedForBoth()).isFalse();
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.06, 0, 20)).failedForBoth())
        .as("a handful of requests excuses nobody")
        .isFalse();
  }

  @Test
  void a_candidate_that_is_clearly_worse_is_not_excused_by_how_little_is_known_of_stable() {
    var gate = gate(errorRate().atMost(percent(5)));
    assertThat(gate.evaluate(beside(ERROR_RATE, 1, 0.01, 150)).failedForBoth()).isFalse();
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.2, 0.04, 150)).failedForBoth()).isFalse();
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.08, 0.04, 150)).failedForBoth()).isTrue();
    assertThat(gate.evaluate(beside(ERROR_RATE, 1, 1, 150)).failedForBoth()).isTrue();
    var success = gate(successRate().atLeast(percent(95)));
    assertThat(success.evaluate(beside(SUCCESS_RATE, 0, 0.99, 150)).failedForBoth()).isFalse();
    assertThat(success.evaluate(beside(SUCCESS_RATE, 0.92, 0.96, 150)).failedForBoth()).isTrue();
  }

  @Test
  void all_problems_of_a_gate_come_at_once() {
    assertThatThrownBy(() -> MetricGate.named(" ", g -> g.minSamples(0)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("3 problems")
        .hasMessageContaining("name is blank")
        .hasMessageContaining("no condition")
        .hasMessageContaining("minSamples is 0");
    var twice = errorRate().atMost(percent(5));
    assertThatThrownBy(() -> gate(twice, twice)).hasMessageContaining("twice");
  }

  @Test
  void a_dry_run_reports_without_deciding() {
    var gate = gate(errorRate().atMost(percent(5))).asDryRun();
    var verdict = gate.evaluate(reading(ERROR_RATE, 0.2, 500));
    assertThat(verdict.failed()).isTrue();
    assertThat(verdict.dryRun()).isTrue();
    assertThat(verdict.toString()).startsWith("FAIL test (dry run)");
  }

  @Test
  void the_presets_are_the_documented_numbers() {
    assertThat(Gates.canaryDefaults())
        .hasToString(
            "canary: error_rate at most 5%, latency_p95 at most 2000 ms, success_rate at least"
                + " 95%");
    assertThat(Gates.blueGreenDefaults()).hasToString("blue-green: error_rate at most 5%");
    assertThat(Gates.emptyAnswers()).hasToString("empty answers: empty_rate at most stable + 2%");
  }

  @Test
  void gates_take_their_limits_from_the_thresholds_of_an_environment() {
    var thresholds =
        Thresholds.create(
            t ->
                t.errorCritical(percent(4))
                    .successCritical(percent(97))
                    .latencyP95(Duration.ofMillis(900))
                    .rateLimited(percent(3))
                    .minSamples(30));
    assertThat(Gates.canary(thresholds))
        .hasToString(
            "canary: error_rate at most 4%, latency_p95 at most 900 ms, success_rate at least"
                + " 97%");
    assertThat(Gates.blueGreen(thresholds)).hasToString("blue-green: error_rate at most 4%");
    assertThat(Gates.rateLimits(thresholds))
        .hasToString("rate limits: rate_limited_rate at most 3%");
    assertThat(Gates.canary(thresholds).minSamples()).isEqualTo(30);
    assertThat(Gates.blueGreen(thresholds).minSamples()).isEqualTo(30);
    assertThat(Gates.rateLimits(thresholds).minSamples()).isEqualTo(30);
  }

  @Test
  void rollout_gates_fail_at_the_first_breached_check() {
    assertThat(Gates.canaryDefaults().longestBreach()).isZero();
    assertThat(Gates.blueGreenDefaults().longestBreach()).isZero();
  }

  @Test
  void hitting_the_rate_limit_fails_and_stable_hitting_it_too_is_shared() {
    var gate = Gates.rateLimits(Thresholds.defaults());
    assertThat(gate.evaluate(beside(RATE_LIMITED_RATE, 0.01, 0, 900)).outcome()).isEqualTo(PASS);
    assertThat(gate.evaluate(beside(RATE_LIMITED_RATE, 0.05, 0, 9_000)).failedForBoth()).isFalse();
    assertThat(gate.evaluate(beside(RATE_LIMITED_RATE, 0.05, 0.04, 900)).failedForBoth()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0199999, PASS, false",
    "0.02, PASS, true",
    "0.035, PASS, true",
    "0.05, PASS, true",
    "0.0500001, FAIL, false"
  })
  void from_two_to_five_percent_both_inside_a_kept_check_carries_a_warning(
      double rate, GateOutcome expected, boolean warned) {
    var gate = Gates.blueGreenDefaults();
    var verdict = gate.evaluate(reading(ERROR_RATE, rate, 1_000));
    assertThat(verdict.outcome()).isEqualTo(expected);
    assertThat(verdict.warnings()).hasSize(warned ? 1 : 0);
    assertThat(verdict.results().get(0).toString().endsWith("with a warning")).isEqualTo(warned);
  }

  @Test
  void a_band_before_a_lower_limit_goes_down_to_it() {
    var gate = gate(successRate().atLeast(percent(95)).warnFrom(percent(98)));
    assertThat(gate.evaluate(reading(SUCCESS_RATE, 0.981, 500)).warnings()).isEmpty();
    assertThat(gate.evaluate(reading(SUCCESS_RATE, 0.98, 500)).warnings()).hasSize(1);
    assertThat(gate.evaluate(reading(SUCCESS_RATE, 0.95, 500)).warnings()).hasSize(1);
    assertThat(gate.evaluate(reading(SUCCESS_RATE, 0.94, 500)).warnings()).isEmpty();
    var latency = latency().p95().atMost(Duration.ofSeconds(2)).warnFrom(Duration.ofSeconds(1));
    assertThat(gate(latency).evaluate(reading(LATENCY_P95, 1_500, 700)).warnings()).hasSize(1);
  }

  @Test
  void a_band_beyond_its_limit_is_refused() {
    assertThatThrownBy(() -> errorRate().atMost(percent(5)).warnFrom(percent(6)))
        .hasMessageContaining("must keep the limit");
    assertThatThrownBy(() -> errorRate().atMostTimesStable(2).warnFrom(percent(1)))
        .hasMessageContaining("must not depend on stable");
    assertThatThrownBy(() -> errorRate().atMost(percent(5)).warnFrom(Duration.ofSeconds(1)))
        .hasMessageContaining("unit RATIO, expected MILLIS");
  }

  @Test
  void errors_of_a_source_in_a_row_are_counted_apart_from_failures() {
    var gate =
        MetricGate.named("test", g -> g.require(errorRate().atMost(percent(5))).errorsTolerated(2));
    var checks = new Timeline(gate);
    assertThat(checks.error(0)).isEqualTo(PENDING);
    assertThat(checks.error(30)).isEqualTo(PENDING);
    assertThat(checks.at(60, 0.01))
        .as("the source answers, so the count begins anew")
        .isEqualTo(PASS);
    assertThat(checks.error(90)).isEqualTo(PENDING);
    assertThat(checks.error(120)).isEqualTo(PENDING);
    assertThat(checks.error(150)).isEqualTo(ERROR);
    assertThat(checks.error(180)).isEqualTo(ERROR);
    assertThat(checks.without(210)).isEqualTo(INSUFFICIENT_SAMPLE);
    assertThat(checks.error(240)).isEqualTo(PENDING);
    assertThat(checks.at(270, 0.09)).as("a failure is no error").isEqualTo(FAIL);
    assertThat(checks.error(300)).isEqualTo(PENDING);
    assertThat(gate.toBuilder().build()).isEqualTo(gate);
  }

  @Test
  void an_error_between_breaches_neither_counts_nor_resets() {
    var checks = new Timeline(errorRate().atMost(percent(5)).breachedFor(Duration.ofMinutes(5)));
    checks.at(0, 0.09);
    checks.at(200, 0.09);
    assertThat(checks.error(250)).isEqualTo(ERROR);
    checks.at(400, 0.09);
    assertThat(checks.at(499, 0.09)).isEqualTo(PENDING);
    assertThat(checks.at(500, 0.09)).isEqualTo(FAIL);
  }

  @Test
  void four_minutes_fifty_nine_are_not_five() {
    var edge = Duration.ofMinutes(5);
    for (var lasted : new Duration[] {edge.minusSeconds(1), edge.minusNanos(1)}) {
      var gate = gate(errorRate().atMost(percent(5)).breachedFor(edge));
      var first = gate.evaluate(reading(ERROR_RATE, 0.09, 500), Breaches.NONE, LONG, T0);
      var second =
          gate.evaluate(reading(ERROR_RATE, 0.09, 500), first.breaches(), LONG, T0.plus(lasted));
      assertThat(second.verdict().outcome()).isEqualTo(PENDING);
      var third =
          gate.evaluate(reading(ERROR_RATE, 0.09, 500), second.breaches(), LONG, T0.plus(edge));
      assertThat(third.verdict().outcome()).isEqualTo(FAIL);
    }
  }

  @Test
  void telemetry_that_shows_too_few_of_the_requests_expected_is_no_data() {
    var gate = Gates.telemetryArrives();
    assertThat(gate.evaluate(traffic(400, 9_000)).outcome())
        .as("half is too few")
        .isEqualTo(NO_DATA);
    assertThat(gate.evaluate(traffic(500, 9_000)).outcome()).as("exactly half").isEqualTo(PASS);
    assertThat(gate.evaluate(traffic(0, 9_000)).outcome()).isEqualTo(NO_DATA);
    assertThat(gate.evaluate(traffic(0, 800)).outcome()).as("hardly any traffic").isEqualTo(PASS);
    assertThat(gate.evaluate(traffic(Double.NaN, 9_000)).outcome()).isEqualTo(ERROR);
    assertThat(gate.evaluate(traffic(500, Double.POSITIVE_INFINITY)).outcome()).isEqualTo(ERROR);
    assertThat(gate.evaluate(traffic(0, 9_000)).results().get(0).detail())
        .isEqualTo("telemetry is missing: 0 of about 1000 requests expected");
  }

  @Test
  void telemetry_of_a_version_nobody_knows_is_missing_too() {
    var nothing = traffic(Reading.noData("test", "never met"), 9_000);
    assertThat(Gates.telemetryArrives().evaluate(nothing).outcome()).isEqualTo(NO_DATA);
    var broken = traffic(Reading.error("test", "timed out"), 9_000);
    assertThat(Gates.telemetryArrives().evaluate(broken).outcome()).isEqualTo(ERROR);
    assertThat(Gates.telemetryArrives().evaluate(reading(REQUEST_COUNT, 0, 0)).outcome())
        .as("without stable nothing is expected")
        .isEqualTo(PASS);
  }

  private static Evidence traffic(double candidate, double stable) {
    return traffic(Reading.of(candidate, 0, "test"), stable);
  }

  /** At a weight of 10 %. */
  private static Evidence traffic(Reading candidate, double stable) {
    return new Evidence() {
      @Override
      public Reading candidate(Metric metric, Duration window) {
        return candidate;
      }

      @Override
      public Optional<Reading> stable(Metric metric, Duration window) {
        return Optional.of(Reading.of(stable, 1_000, "test"));
      }

      @Override
      public OptionalDouble candidatePerStable() {
        return OptionalDouble.of(1 / 9.0);
      }
    };
  }

  @Test
  void a_result_carries_value_threshold_window_samples_and_source() {
    var gate = gate(errorRate().atMost(percent(5)).over(Duration.ofMinutes(7)));
    var result = gate.evaluate(beside(ERROR_RATE, 0.072, 0.01, 312)).results().get(0);
    assertThat(result.candidate()).isEqualTo(Reading.of(0.072, 1_000, "test"));
    assertThat(result.stable()).hasValue(Reading.of(0.01, 312, "test"));
    assertThat(result.condition().limit().threshold(ERROR_RATE)).isEqualTo("5%");
    assertThat(result.window()).isEqualTo(Duration.ofMinutes(7));
    assertThat(result)
        .hasToString(
            "error_rate 7.2% (at most 5% in the last 7m, 1000 samples; stable 1% of 312) FAIL");
  }

  @Test
  void a_policy_of_its_own_goes_before_the_gates() {
    var condition = errorRate().atMost(percent(5)).onNoData(NoDataPolicy.PASS);
    assertThat(gate(condition).evaluate(Evidence.of(Map.of())).outcome()).isEqualTo(PASS);
    var rollback = condition.breachedFor(LONG).onNoData(NoDataPolicy.ROLLBACK);
    assertThat(gate(rollback).evaluate(Evidence.of(Map.of())).outcome()).isEqualTo(FAIL);
    var failing = condition.onNoData(NoDataPolicy.FAIL);
    assertThat(gate(failing).evaluate(Evidence.of(Map.of())).outcome()).isEqualTo(FAIL);
  }

  @Test
  void no_policy_makes_a_source_that_fails_a_pass() {
    for (var policy : NoDataPolicy.values()) {
      var gate = gate(errorRate().atMost(percent(5)).onNoData(policy));
      var failing = Evidence.of(Map.of(ERROR_RATE, Reading.error("test", "timed out")));
      assertThat(gate.evaluate(failing).outcome()).isEqualTo(ERROR);
      assertThat(gate.evaluate(reading(ERROR_RATE, Double.NaN, 500)).outcome()).isEqualTo(ERROR);
    }
  }

  @Test
  void every_condition_is_evaluated_after_a_failure_an_error_and_no_data() {
    var gate =
        gate(
            errorRate().atMost(percent(5)),
            latency().p95().atMost(Duration.ofSeconds(2)),
            emptyRate().atMost(percent(1)),
            successRate().atLeast(percent(95)));
    var verdict =
        gate.evaluate(
            Evidence.of(
                Map.of(
                    ERROR_RATE, Reading.of(0.5, 500, "test"),
                    LATENCY_P95, Reading.error("test", "timed out"),
                    SUCCESS_RATE, Reading.of(0.99, 500, "test"))));
    assertThat(verdict.results())
        .extracting(ConditionResult::outcome)
        .containsExactly(FAIL, ERROR, NO_DATA, PASS);
    assertThat(verdict.outcome()).isEqualTo(FAIL);
  }

  /** Evaluates one condition again and again, remembering breaches as a rollout does. */
  private static final class Timeline {
    private final MetricGate gate;
    private Breaches breaches = Breaches.NONE;

    Timeline(Condition condition) {
      this(gate(condition));
    }

    Timeline(MetricGate gate) {
      this.gate = gate;
    }

    GateOutcome error(long second) {
      return check(second, Evidence.of(Map.of(ERROR_RATE, Reading.error("test", "timed out"))));
    }

    GateOutcome at(long second, double rate) {
      return check(second, reading(ERROR_RATE, rate, 1_000));
    }

    GateOutcome without(long second) {
      return check(second, reading(ERROR_RATE, 0.09, 3));
    }

    private GateOutcome check(long second, Evidence evidence) {
      var evaluation = gate.evaluate(evidence, breaches, LONG, T0.plusSeconds(second));
      breaches = evaluation.breaches();
      return evaluation.verdict().outcome();
    }
  }

  @Test
  void an_impossible_number_of_stable_excuses_nobody() {
    var gate = gate(errorRate().atMost(percent(5)));
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.5, 1.5, 1_000)).failedForBoth()).isFalse();
  }

  @Test
  void a_few_requests_of_stable_excuse_nobody_however_bad_they_look() {
    var gate = gate(errorRate().atMost(percent(5)));
    for (var few : new long[] {1, 2, 10, 99}) {
      assertThat(gate.evaluate(beside(ERROR_RATE, 0.6, 1, few)).failedForBoth()).isFalse();
    }
    assertThat(gate.evaluate(beside(ERROR_RATE, 0.6, 1, 100)).failedForBoth()).isTrue();
  }

  @Test
  void minus_nought_is_nought() {
    assertThat(outcome(Conditions.quality().atLeast(0), Metric.QUALITY, -0.0)).isEqualTo(PASS);
    assertThat(outcome(successRate().atLeast(percent(0)), SUCCESS_RATE, -0.0)).isEqualTo(PASS);
  }

  @Test
  void limits_that_nothing_can_keep_are_refused() {
    assertThatThrownBy(() -> errorRate().below(percent(0)))
        .hasMessageContaining("nothing can keep the limit below 0%");
    assertThatThrownBy(() -> errorRate().above(percent(100))).hasMessageContaining("above 100%");
    assertThatThrownBy(() -> latency().p95().atMost(Duration.ofMillis(-5)))
        .hasMessageContaining("at most -5 ms");
    assertThatThrownBy(() -> Conditions.requestCount().atMost(-1)).hasMessageContaining("at most");
    assertThat(errorRate().atMost(percent(0)).limit().number()).isZero();
  }

  @Test
  void a_duration_beyond_every_clock_is_a_limit_like_any_other() {
    var longest = ChronoUnit.FOREVER.getDuration();
    assertThat(outcome(latency().p95().atMost(longest), LATENCY_P95, 1e9)).isEqualTo(PASS);
  }

  @Test
  void what_people_read_has_no_names_of_classes() {
    assertThatThrownBy(() -> errorRate().atMost(percent(5)).warnFrom(percent(7)))
        .hasMessageContaining("warnFrom 7% must keep");
    assertThatThrownBy(() -> errorRate().atMost(percent(5)).minSamples(-1))
        .hasMessageContaining("minSamples -1 must");
    assertThatThrownBy(() -> Conditions.named(" ")).hasMessageContaining("name is blank");
    assertThat(latency().p95().atMost(Duration.ofNanos(1)).toString()).contains("0.000001 ms");
    assertThat(Metric.LATENCY_P95.format(-0.0)).isEqualTo("0 ms");
    assertThat(ERROR_RATE.format(Double.MIN_VALUE)).hasSizeLessThan(12);
  }
}
