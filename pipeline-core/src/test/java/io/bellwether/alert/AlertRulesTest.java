package io.bellwether.alert;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.Gates;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Thresholds;
import io.bellwether.release.Version;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final AlertSubject CHAT =
      AlertSubject.of("chat", Version.version("v7"), "production");
  private static final AlertRules RULES =
      AlertRules.productionDefaults(
          r -> r.runbooks("https://wiki.example.com/runbooks").logs("https://logs.example.com/"));

  private RuleStates states = RuleStates.NONE;

  private List<Alert> check(Duration at, Metric metric, double value) {
    return check(RULES, at, Map.of(metric, Reading.of(value, 10_000, "test")));
  }

  private List<Alert> check(AlertRules rules, Duration at, Map<Metric, Reading> readings) {
    var evaluation = rules.evaluate(states, CHAT, Evidence.of(readings), START.plus(at));
    states = evaluation.states();
    return evaluation.alerts();
  }

  @Test
  void a_critical_error_rate_is_told_after_exactly_its_hold_with_everything_to_act_on_it() {
    assertThat(check(Duration.ZERO, Metric.ERROR_RATE, 0.072)).isEmpty();
    assertThat(check(Duration.ofSeconds(299), Metric.ERROR_RATE, 0.072)).isEmpty();

    var told = check(Duration.ofMinutes(5), Metric.ERROR_RATE, 0.072);

    assertThat(told).hasSize(1);
    var alert = told.get(0);
    assertThat(alert.name()).isEqualTo("error_rate_high");
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.status()).isEqualTo(Alert.Status.FIRING);
    assertThat(alert.at()).isEqualTo(START);
    assertThat(alert.summary()).isEqualTo("Error rate: 7.2% (threshold: 5%) in last 5 minutes");
    assertThat(alert.measurement())
        .contains(new Measurement("error_rate", "7.2%", "5%", Duration.ofMinutes(5)));
    assertThat(alert.environment()).isEqualTo("production");
    assertThat(alert.version()).isEqualTo("v7");
    assertThat(alert.runbook())
        .contains(URI.create("https://wiki.example.com/runbooks/error_rate_high"));
    assertThat(alert.logs()).contains(URI.create("https://logs.example.com/"));
    assertThat(alert.nextStep()).isNotEmpty();
    assertThat(alert.expiresAfter()).contains(Duration.ofMinutes(5));
  }

  @Test
  void a_kept_check_resolves_under_the_same_key() {
    check(Duration.ZERO, Metric.SUCCESS_RATE, 0.9);
    var told = check(Duration.ofMinutes(5), Metric.SUCCESS_RATE, 0.9).get(0);

    var resolved = check(Duration.ofMinutes(6), Metric.SUCCESS_RATE, 0.99);

    assertThat(resolved).hasSize(1);
    assertThat(resolved.get(0).status()).isEqualTo(Alert.Status.RESOLVED);
    assertThat(resolved.get(0).key()).isEqualTo(told.key());
    assertThat(resolved.get(0).labels()).isEqualTo(told.labels());
    assertThat(resolved.get(0).endedAt()).contains(START.plus(Duration.ofMinutes(6)));
    assertThat(check(Duration.ofMinutes(7), Metric.SUCCESS_RATE, 0.99)).isEmpty();
  }

  @Test
  void the_warning_band_has_both_ends_inside_and_goes_on_while_the_critical_hold_runs() {
    assertThat(check(Duration.ZERO, Metric.ERROR_RATE, 0.0199)).isEmpty();
    assertThat(names(check(Duration.ofMinutes(1), Metric.ERROR_RATE, 0.02)))
        .containsExactly("error_rate_elevated");
    assertThat(names(check(Duration.ofMinutes(2), Metric.ERROR_RATE, 0.05)))
        .containsExactly("error_rate_elevated");
    assertThat(check(Duration.ofMinutes(3), Metric.ERROR_RATE, 0.06))
        .extracting(Alert::status)
        .containsExactly(Alert.Status.FIRING);

    var handedOver = check(Duration.ofMinutes(8), Metric.ERROR_RATE, 0.06);

    assertThat(names(handedOver)).containsExactly("error_rate_high", "error_rate_elevated");
    assertThat(handedOver)
        .extracting(Alert::status)
        .containsExactly(Alert.Status.FIRING, Alert.Status.RESOLVED);
  }

  @Test
  void a_failed_health_check_is_told_at_once_and_says_which() {
    var reading = new Reading(Reading.Status.VALUE, 1, 5, "health", "database: connection refused");

    var told = check(RULES, Duration.ZERO, Map.of(AlertRules.FAILED_HEALTH_CHECKS, reading));

    assertThat(names(told)).containsExactly("health_check_failed");
    assertThat(told.get(0).summary()).endsWith(": database: connection refused");
  }

  @Test
  void too_few_samples_and_no_data_change_nothing() {
    check(Duration.ZERO, Metric.ERROR_RATE, 0.06);

    assertThat(check(RULES, Duration.ofMinutes(5), Map.of())).isEmpty();
    assertThat(
            check(
                RULES, Duration.ofMinutes(5), Map.of(Metric.ERROR_RATE, Reading.of(0, 99, "test"))))
        .isEmpty();
    assertThat(names(check(Duration.ofMinutes(5), Metric.ERROR_RATE, 0.06)))
        .containsExactly("error_rate_high");
  }

  @Test
  void subjects_do_not_disturb_each_other() {
    check(Duration.ZERO, Metric.ERROR_RATE, 0.06);
    var other = AlertSubject.of("chat", Version.version("v8"), "production");
    var bad = Evidence.of(Map.of(Metric.ERROR_RATE, Reading.of(0.06, 1_000, "test")));

    var evaluation = RULES.evaluate(states, other, bad, START.plus(Duration.ofMinutes(5)));

    assertThat(evaluation.alerts()).isEmpty();
    assertThat(evaluation.states().byRule()).hasSize(2);
  }

  @Test
  void rules_come_from_a_gate() {
    var rules =
        AlertRules.create(r -> r.gate(Gates.canaryDefaults(), Severity.WARNING).logs("http://l/"));

    assertThat(rules.rules())
        .extracting(AlertRule::name)
        .containsExactly("canary_error_rate", "canary_latency_p95", "canary_success_rate");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThatThrownBy(
            () ->
                AlertRules.create(
                    r ->
                        r.critical("errors", rule -> rule.require(errorRate().atMost(percent(5))))
                            .warning("errors", rule -> rule.runbook("nowhere"))
                            .runbooks("wiki")))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(refused.problems())
                    .hasSize(5)
                    .anyMatch(text -> text.contains("critical without a runbook"))
                    .anyMatch(text -> text.contains("no condition"))
                    .anyMatch(text -> text.contains("'errors' is there twice"))
                    .anyMatch(text -> text.contains("'nowhere': expected an http"))
                    .anyMatch(
                        text ->
                            text.startsWith("runbooks 'wiki/'")
                                || text.startsWith("runbooks 'wiki'")));
  }

  @Test
  void the_defaults_are_refused_until_their_critical_rules_have_runbooks() {
    assertThatThrownBy(() -> AlertRules.productionDefaults().build())
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused -> assertThat(refused.problems()).hasSize(3));
  }

  @Test
  void a_critical_rule_goes_without_a_runbook_on_purpose() {
    var rules =
        AlertRules.create(
            r ->
                r.critical(
                    "errors",
                    rule -> rule.require(errorRate().atMost(percent(5))).withoutRunbook()));

    assertThat(rules.rules().get(0).runbook()).isEmpty();
  }

  @Test
  void the_limits_of_an_environment_move_the_rules() {
    var rules =
        AlertRules.from(Thresholds.create(limits -> limits.errorWarning(percent(1))))
            .runbooks("https://wiki.example.com/runbooks")
            .build();

    assertThat(rules.severityOf(Metric.ERROR_RATE, 0.01)).contains(Severity.WARNING);
    assertThat(RULES.severityOf(Metric.ERROR_RATE, 0.01)).isEmpty();
  }

  @Test
  void events_have_a_severity() {
    assertThat(RULES.severityOf("deployment_completed")).contains(Severity.INFO);
    assertThat(RULES.severityOf("health_check_failure")).contains(Severity.CRITICAL);
    assertThat(RULES.severityOf("tea_is_ready")).isEmpty();
  }

  private static List<String> names(List<Alert> alerts) {
    var names = new ArrayList<String>();
    alerts.forEach(alert -> names.add(alert.name()));
    return names;
  }
}
