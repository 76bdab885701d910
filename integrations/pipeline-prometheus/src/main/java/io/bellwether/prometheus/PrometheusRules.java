package io.bellwether.prometheus;

import io.bellwether.gate.MetricGate;
import io.bellwether.slo.BurnRateAlert;
import io.bellwether.slo.BurnRateAlerts;
import io.bellwether.slo.Fraction;
import io.bellwether.slo.Slo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Alert rules for Prometheus that say what SLOs and gates say here: a pair of windows for each burn
 * rate alert, and a rule for each condition of a gate, by version.
 *
 * <p>What PromQL over these meters cannot say is left out and told by {@link #leftOut}: budgets of
 * time, SLOs of foreign events, conditions relative to stable, metrics without series. A latency
 * SLO needs a bucket at its threshold, whose bound Prometheus counts as inside. Immutable and
 * thread-safe.
 */
public final class PrometheusRules {
  /** What would end a comment of YAML, and what no comment shows. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private final List<Rule> rules = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final PrometheusMeters meters;

  private record Rule(
      String group,
      String name,
      String expression,
      Duration holdFor,
      String severity,
      String summary) {
    Rule named(String other) {
      return new Rule(group, other, expression, holdFor, severity, summary);
    }
  }

  private PrometheusRules(PrometheusMeters meters) {
    this.meters = meters;
  }

  /**
   * Rules for these SLOs, with the recommended burn rate alerts of each, and these gates.
   *
   * @param meters which series mean what
   */
  public static PrometheusRules from(
      PrometheusMeters meters, List<Slo> slos, List<MetricGate> gates) {
    var rules = new PrometheusRules(meters);
    slos.forEach(slo -> rules.burnRates(BurnRateAlerts.recommended(slo)));
    gates.forEach(rules::gate);
    rules.makeNamesUnique();
    return rules;
  }

  /**
   * Prometheus takes alerts of one name and the same labels for one alert. What was given twice is
   * said once, what is named alike gets a number.
   */
  private void makeNamesUnique() {
    var given = new LinkedHashSet<>(rules);
    rules.clear();
    var names = new HashSet<String>();
    for (var rule : given) {
      var name = rule.name();
      for (var number = 2; !names.add(name); number++) {
        name = rule.name() + "-" + number;
      }
      rules.add(rule.named(name));
    }
  }

  private void burnRates(BurnRateAlerts alerts) {
    var slo = alerts.slo();
    var sums = new Sums(meters);
    if (sums.bad(slo, Duration.ofHours(1)).isEmpty()) {
      leftOut.add("SLO " + slo + ": these meters do not count its events");
      return;
    }
    for (var alert : alerts.alerts()) {
      rules.add(
          new Rule(
              "slo-" + slo.name(),
              "BudgetBurns-" + slo.name() + "-" + alert.name(),
              burns(sums, slo, alert),
              alert.holdFor(),
              alert.severity().name().toLowerCase(Locale.ROOT),
              "The budget of " + plain(slo) + " burns: " + plain(alert)));
    }
  }

  private static String burns(Sums sums, Slo slo, BurnRateAlert alert) {
    var limit = alert.factor().times(Fraction.of(slo.objective().budget())).decimal(12);
    var conditions = new ArrayList<String>();
    for (var window : List.of(alert.longWindow(), alert.shortWindow())) {
      conditions.add(
          sums.bad(slo, window).orElseThrow()
              + " / "
              + sums.requests(window, "")
              + " > "
              + limit.stripTrailingZeros().toPlainString());
    }
    conditions.add(sums.requests(alert.longWindow(), "") + " >= " + alert.minimumEvents());
    conditions.add(
        sums.bad(slo, alert.longWindow()).orElseThrow() + " >= " + alert.minimumBadEvents());
    return String.join(" and ", conditions);
  }

  private void gate(MetricGate gate) {
    var sums = new Sums(meters);
    for (var condition : gate.conditions()) {
      var breach = sums.breach(condition, gate.minSamples());
      if (breach.isEmpty()) {
        leftOut.add(
            "gate " + gate.name() + ": " + condition + " is not told by these meters alone");
      } else {
        rules.add(
            new Rule(
                "gate-" + gate.name(),
                "GateBreached-" + gate.name() + "-" + condition.metric(),
                breach.get(),
                condition.breachedFor(),
                "warning",
                plain(condition) + ": breached by {{ $labels." + meters.versionLabel() + " }}"));
      }
    }
  }

  /** A text that Prometheus does not take for a template. */
  private static String plain(Object text) {
    return text.toString().replace("{{", "{{ \"{{\" }}");
  }

  /** What no rule could be made of, one sentence each. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** The expressions by rule. */
  Map<String, String> expressions() {
    var expressions = new TreeMap<String, String>();
    rules.forEach(rule -> expressions.put(rule.name(), rule.expression()));
    return expressions;
  }

  /** A rule file; what was left out stands in comments at its head. */
  public String toYaml() {
    var text = new StringBuilder();
    leftOut.forEach(
        line ->
            text.append("# left out: ").append(CONTROL.matcher(line).replaceAll(" ")).append('\n'));
    text.append(rules.isEmpty() ? "groups: []\n" : "groups:\n");
    var groups = new LinkedHashMap<String, List<Rule>>();
    rules.forEach(rule -> groups.computeIfAbsent(rule.group(), it -> new ArrayList<>()).add(rule));
    groups.forEach(
        (group, members) -> {
          text.append("  - name: ").append(Json.text(group)).append("\n    rules:\n");
          members.forEach(rule -> append(rule, text));
        });
    return text.toString();
  }

  private static void append(Rule rule, StringBuilder text) {
    text.append("      - alert: ").append(Json.text(rule.name()));
    text.append("\n        expr: ").append(Json.text(rule.expression()));
    if (!rule.holdFor().isZero()) {
      text.append("\n        for: ").append(rule.holdFor().toMillis()).append("ms");
    }
    text.append("\n        labels:\n          severity: ").append(rule.severity());
    text.append("\n        annotations:\n          summary: ").append(Json.text(rule.summary()));
    text.append('\n');
  }
}
