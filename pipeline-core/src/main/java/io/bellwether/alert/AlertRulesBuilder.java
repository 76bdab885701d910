package io.bellwether.alert;

import io.bellwether.Problems;
import io.bellwether.gate.MetricGate;
import io.bellwether.time.Durations;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects alert rules. Not thread-safe. */
public final class AlertRulesBuilder {
  private final List<AlertRule.Builder> rules = new ArrayList<>();
  private final Map<String, Severity> events = new TreeMap<>();
  private final Problems problems = new Problems();
  private Duration expiresAfter = Duration.ofMinutes(5);
  private @Nullable String runbooks;
  private @Nullable URI logs;

  AlertRulesBuilder() {}

  /** Adds a rule for what needs somebody now; it needs a runbook. */
  public AlertRulesBuilder critical(String name, UnaryOperator<AlertRule.Builder> rule) {
    return rule(name, Severity.CRITICAL, rule);
  }

  /** Adds a rule for what needs somebody within the hour. */
  public AlertRulesBuilder warning(String name, UnaryOperator<AlertRule.Builder> rule) {
    return rule(name, Severity.WARNING, rule);
  }

  /** Adds a rule for what somebody should be aware of. */
  public AlertRulesBuilder info(String name, UnaryOperator<AlertRule.Builder> rule) {
    return rule(name, Severity.INFO, rule);
  }

  /** Adds a rule. */
  public AlertRulesBuilder rule(
      String name, Severity severity, UnaryOperator<AlertRule.Builder> rule) {
    rules.add(rule.apply(new AlertRule.Builder(name, severity)));
    return this;
  }

  /**
   * Adds a rule for each condition of a gate, named after the gate and the metric, such as {@code
   * production_error_rate}.
   */
  public AlertRulesBuilder gate(MetricGate gate, Severity severity) {
    for (var condition : gate.conditions()) {
      var samples = condition.ownMinSamples().orElse(gate.minSamples());
      var policy = condition.ownNoData().orElse(gate.noData());
      rule(
          gate.name().replaceAll("[^A-Za-z0-9]+", "_") + "_" + condition.metric().name(),
          severity,
          rule -> rule.require(condition.minSamples(samples).onNoData(policy)));
    }
    return this;
  }

  /** Says how grave an event of this name is. */
  public AlertRulesBuilder event(String name, Severity severity) {
    events.put(name, severity);
    return this;
  }

  /** Where the runbooks are: a link to which the name of the rule is added. */
  public AlertRulesBuilder runbooks(String base) {
    var link = base.endsWith("/") || base.endsWith("#") ? base : base + "/";
    if (isLink(link)) {
      runbooks = link;
    } else {
      problems.add("runbooks '" + base + "': expected an http or https link");
    }
    return this;
  }

  /** Where the logs are, for rules that do not say. */
  public AlertRulesBuilder logs(String link) {
    if (isLink(link)) {
      logs = URI.create(link);
    } else {
      problems.add("logs '" + link + "': expected an http or https link");
    }
    return this;
  }

  /** After how long without a check a firing alert counts as resolved; 5 minutes unless said. */
  public AlertRulesBuilder expiresAfter(Duration duration) {
    problems.require(
        !duration.isNegative() && !duration.isZero(),
        "expiresAfter " + Durations.plain(duration) + " must be longer than nothing");
    expiresAfter = duration;
    return this;
  }

  /**
   * The rules.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public AlertRules build() {
    var built = new ArrayList<AlertRule>();
    var names = new HashSet<String>();
    var links = new RuleLinks(runbooks, logs);
    for (var rule : rules) {
      rule.build(links, problems).ifPresent(built::add);
      problems.require(
          names.add(rule.name()),
          "rule '" + rule.name() + "' is there twice; names tell them apart");
    }
    problems.throwIfAny("alert rules");
    return new AlertRules(built, events, expiresAfter);
  }

  static boolean isLink(String link) {
    return parsed(link)
        .filter(uri -> uri.getHost() != null)
        .map(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        .orElse(false);
  }

  private static Optional<URI> parsed(String link) {
    try {
      return Optional.of(URI.create(link));
    } catch (IllegalArgumentException noLink) {
      return Optional.empty();
    }
  }
}
