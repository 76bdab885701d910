package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import io.bellwether.strategy.Traffic.Behaviour;
import io.bellwether.strategy.Traffic.Outage;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {
  private static void assertRefused(ThrowingCallable making, String problem) {
    assertThatThrownBy(making)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage("scripted traffic has 1 problem:\n  - " + problem);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
  void a_rate_that_no_service_has_is_refused(double perMinute) {
    assertRefused(
        () -> traffic(perMinute),
        perMinute + " requests a minute: expected over 0 and at most a billion");
  }

  @Test
  void a_negative_p95_is_refused() {
    assertRefused(
        () -> traffic(600).stableP95(ofMillis(-5)),
        "stable: its latency p95 is -5ms, expected from 1ns to 1d");
    assertRefused(
        () -> traffic(600).candidateP95(ofMillis(800), ofMinutes(-1)),
        "candidate in step 2: its latency p95 is -1m, expected from 1ns to 1d");
  }

  @Test
  void an_outage_that_begins_or_lasts_less_than_nothing_is_refused() {
    assertRefused(
        () -> traffic(600).outage(ofMinutes(-1), ofMinutes(1), percent(50)),
        "outage: its begin is -1m, expected from 0ms to 10000d");
    assertRefused(
        () -> traffic(600).outage(ofMinutes(1), ofMinutes(-2), percent(50)),
        "outage: its length is -2m, expected from 0ms to 10000d");
  }

  @Test
  void errors_and_empty_answers_are_no_more_than_all_requests() {
    var failing = traffic(600).candidateErrors(percent(60));
    assertRefused(
        () -> failing.candidateEmpties(percent(60)),
        "candidate in step 1: 60% errors and 60% empty answers are more than 100% together");
    assertThat(failing.candidateEmpties(percent(40)).candidateAt(0).empties())
        .isEqualTo(percent(40));
  }

  @Test
  void what_is_missing_is_told_by_its_name() {
    Ratio none = missing(Ratio.class);
    assertRefused(() -> traffic(600).stableErrors(none), "stable: its error rate is missing");
    assertRefused(
        () -> traffic(600).candidateErrors(percent(1), none),
        "candidate in step 2: its error rate is missing");
    assertRefused(
        () -> traffic(600).stableP95(missing(Duration.class)),
        "stable: its latency p95 is missing");
    assertRefused(
        () -> traffic(600).outage(ofMinutes(1), ofMinutes(1), none),
        "outage: its error rate is missing");
    assertThatThrownBy(() -> traffic(600).candidateErrors(missing(Ratio[].class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one value per step, at least one");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    var wrong = new Behaviour(percent(60), percent(60), ofMillis(-1));
    assertThatThrownBy(
            () ->
                new Traffic(
                    -1, wrong, List.of(), new Outage(ofMinutes(-1), ofMinutes(-1), percent(1))))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused -> assertThat(refused.problems()).hasSize(6));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing(Class<T> type) {
    return type.cast(null);
  }
}
