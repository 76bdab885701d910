package io.bellwether.alert;

import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Turns readings into alerts: which rules are pending, which fire, which have been resolved. Its
 * evaluation is a pure function of evidence, memory and time. Immutable and thread-safe.
 *
 * <pre>{@code
 * var rules = AlertRules.productionDefaults(r -> r.runbooks("https://wiki.example.com/runbooks/"));
 * var evaluation = rules.evaluate(states, AlertSubject.of("chat", version, "production"), evidence, now);
 * evaluation.alerts().forEach(notifier::notify);
 * states = evaluation.states();                       // for the next check
 * }</pre>
 *
 * <p>A firing alert is told at every check, so that who takes it knows it still lasts; a router
 * tells people once. If the checks stop, the alert expires after {@link
 * AlertRulesBuilder#expiresAfter}.
 */
public final class AlertRules {
  /** How many health checks have failed for good, for rules about health. */
  public static final Metric FAILED_HEALTH_CHECKS =
      Metric.custom("failed_health_checks", Metric.Unit.COUNT);

  private final List<AlertRule> rules;
  private final Map<String, Severity> events;
  private final Duration expiresAfter;

  AlertRules(List<AlertRule> rules, Map<String, Severity> events, Duration expiresAfter) {
    this.rules = List.copyOf(rules);
    this.events = Map.copyOf(events);
    this.expiresAfter = expiresAfter;
  }

  /**
   * The rules this library comes with, for an AI service in production; a builder, because critical
   * rules need to be told where their runbooks are.
   *
   * <p>Critical: error rate above 5 % for 5 minutes, success rate below 95 % for 5 minutes, any
   * failed health check at once. Warning: error rate from 2 % to 5 %, latency p95 above 2000 ms for
   * 10 minutes, tokens above 90 % of their limit.
   */
  public static AlertRulesBuilder productionDefaults() {
    return from(Thresholds.defaults());
  }

  /** The rules this library comes with, at the limits of an environment. */
  public static AlertRulesBuilder from(Thresholds limits) {
    return ProductionRules.builder(limits);
  }

  /**
   * The rules this library comes with, finished in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once, critical rules
   *     without a runbook among them
   */
  public static AlertRules productionDefaults(UnaryOperator<AlertRulesBuilder> links) {
    return links.apply(productionDefaults()).build();
  }

  /**
   * Rules built in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static AlertRules create(UnaryOperator<AlertRulesBuilder> rules) {
    return rules.apply(builder()).build();
  }

  /** Rules to be built. */
  public static AlertRulesBuilder builder() {
    return new AlertRulesBuilder();
  }

  /** The rules, in the order they were given. */
  public List<AlertRule> rules() {
    return rules;
  }

  /** How grave an event of this name is, for events these rules know. */
  public Optional<Severity> severityOf(String event) {
    return Optional.ofNullable(events.get(event));
  }

  /**
   * How grave a value is for itself, whatever the holds: the gravest rule on the metric that it
   * breaches.
   *
   * @param value in the metric's unit
   */
  public Optional<Severity> severityOf(Metric metric, double value) {
    var evidence = Evidence.of(Map.of(metric, Readings.enough(value)));
    return rules.stream()
        .filter(rule -> rule.condition().metric().equals(metric))
        .filter(rule -> check(rule, evidence) == RuleState.Check.BREACHED)
        .map(AlertRule::severity)
        .max(Severity::compareTo);
  }

  /**
   * Checks every rule for one subject; pure.
   *
   * @param states what the last check remembered, {@link RuleStates#NONE} at the first
   * @param subject what the readings are of
   * @param evidence readings of this moment
   * @param now the moment of the readings
   */
  public Evaluation evaluate(
      RuleStates states, AlertSubject subject, Evidence evidence, Instant now) {
    var alerts = new ArrayList<Alert>();
    for (var rule : rules) {
      var before = states.of(rule, subject);
      var after =
          RuleState.next(before, check(rule, evidence), rule.hold(), rule.keepFiring(), now);
      states = states.with(rule, subject, after);
      var was = before.filter(RuleState::firing);
      var is = after.filter(RuleState::firing);
      if (is.isPresent()) {
        alerts.add(alert(rule, subject, evidence, is.get()).build());
      } else if (was.isPresent()) {
        alerts.add(alert(rule, subject, evidence, was.get()).resolved(now).build());
      }
    }
    return new Evaluation(states, alerts);
  }

  /**
   * What a check found.
   *
   * @param states to hand to the next check
   * @param alerts every alert that fires, and those that have just been resolved
   */
  public record Evaluation(RuleStates states, List<Alert> alerts) {
    /** Copies the alerts. */
    public Evaluation {
      alerts = List.copyOf(alerts);
    }
  }

  private static RuleState.Check check(AlertRule rule, Evidence evidence) {
    var graver = rule.unlessGate().map(gate -> outcome(gate, evidence) == GateOutcome.FAIL);
    return switch (outcome(rule.gate(), evidence)) {
      case FAIL -> graver.orElse(false) ? RuleState.Check.KEPT : RuleState.Check.BREACHED;
      case PASS -> RuleState.Check.KEPT;
      case PENDING, INSUFFICIENT_SAMPLE, NO_DATA, ERROR -> RuleState.Check.UNKNOWN;
    };
  }

  private static GateOutcome outcome(MetricGate gate, Evidence evidence) {
    return gate.evaluate(evidence).outcome();
  }

  private Alert.Builder alert(
      AlertRule rule, AlertSubject subject, Evidence evidence, RuleState state) {
    var result = rule.gate().evaluate(evidence).results().get(0);
    var measured = measurement(rule, result);
    var detail = result.candidate().detail();
    var alert =
        Alert.builder(rule.name(), rule.severity(), state.activeSince())
            .firing()
            .expiresAfter(expiresAfter)
            .key(rule.name() + subject.id() + "@" + state.activeSince())
            .labels(rule.labels())
            .labels(subject.labels())
            .measurement(measured)
            .summary(detail.isEmpty() ? measured.toString() : measured + ": " + detail)
            .nextStep(rule.nextStep());
    rule.runbook().ifPresent(alert::runbook);
    rule.logs().ifPresent(alert::logs);
    return alert;
  }

  private static Measurement measurement(AlertRule rule, ConditionResult result) {
    var metric = rule.condition().metric();
    return new Measurement(
        metric.name(),
        metric.format(result.candidate().value()),
        rule.condition().limit().threshold(metric),
        rule.condition().window());
  }

  /** One rule a line. */
  @Override
  public String toString() {
    return String.join("\n", rules.stream().map(AlertRule::toString).toList());
  }
}
