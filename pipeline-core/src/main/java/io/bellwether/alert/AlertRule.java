package io.bellwether.alert;

import io.bellwether.Problems;
import io.bellwether.gate.Condition;
import io.bellwether.gate.MetricGate;
import io.bellwether.gate.NoDataPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing people are told about for as long as it lasts: a condition that has to be kept, how
 * long a breach lasts before they are told, and what to do. Immutable and thread-safe.
 *
 * <p>The condition's {@code breachedFor} is the hold: pending becomes firing at the first check at
 * which the breach has lasted that long. One kept check ends a pending breach without a word, and a
 * firing one unless {@link Builder#keepFiring} holds it a while. A check without data changes
 * nothing, unless the condition's no-data policy says otherwise.
 */
public final class AlertRule {
  private final String name;
  private final Severity severity;
  private final Condition condition;
  private final MetricGate gate;
  private final @Nullable MetricGate unless;
  private final Duration keepFiring;
  private final @Nullable URI runbook;
  private final @Nullable URI logs;
  private final String nextStep;
  private final Map<String, String> labels;

  private AlertRule(Builder builder, Condition condition) {
    name = builder.name;
    severity = builder.severity;
    this.condition = condition;
    gate = instant(name, condition);
    unless = builder.unless == null ? null : instant(name, builder.unless);
    keepFiring = builder.keepFiring;
    runbook = builder.runbook;
    logs = builder.logs;
    nextStep = builder.nextStep;
    labels = Map.copyOf(builder.labels);
  }

  /** The rule's own clock holds; its gate looks at the moment. */
  private static MetricGate instant(String name, Condition condition) {
    var policy = condition.ownNoData().orElse(NoDataPolicy.HOLD);
    return MetricGate.named(
        name, g -> g.require(condition.breachedFor(Duration.ZERO)).onNoData(policy));
  }

  /** The alert's name. */
  public String name() {
    return name;
  }

  /** How soon somebody has to act. */
  public Severity severity() {
    return severity;
  }

  /** What has to be kept. */
  public Condition condition() {
    return condition;
  }

  /** The graver condition whose breach is another rule's matter. */
  public Optional<Condition> unless() {
    return Optional.ofNullable(unless).map(other -> other.conditions().get(0));
  }

  /** How long a breach lasts before people are told. */
  public Duration hold() {
    return condition.breachedFor();
  }

  /** How long it goes on firing once kept, so that a metric at its limit does not flap. */
  public Duration keepFiring() {
    return keepFiring;
  }

  /** Where it is written down what to do. */
  public Optional<URI> runbook() {
    return Optional.ofNullable(runbook);
  }

  /** Where to read what the system logged. */
  public Optional<URI> logs() {
    return Optional.ofNullable(logs);
  }

  /** What to do now. */
  public String nextStep() {
    return nextStep;
  }

  /** What its alerts carry beside the subject's labels. */
  public Map<String, String> labels() {
    return labels;
  }

  MetricGate gate() {
    return gate;
  }

  Optional<MetricGate> unlessGate() {
    return Optional.ofNullable(unless);
  }

  /** For example {@code CRITICAL error_rate_high: error_rate at most 5%, failing after 5m}. */
  @Override
  public String toString() {
    var text = severity + " " + name + ": " + condition;
    return unless().map(other -> text + ", unless breached: " + other).orElse(text);
  }

  /** Collects a rule's details. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Severity severity;
    private @Nullable Condition condition;
    private @Nullable Condition unless;
    private Duration keepFiring = Duration.ZERO;
    private @Nullable String runbookLink;
    private @Nullable String logsLink;
    private @Nullable URI runbook;
    private @Nullable URI logs;
    private boolean withoutRunbook;
    private String nextStep = "";
    private final Map<String, String> labels = new TreeMap<>();

    Builder(String name, Severity severity) {
      this.name = name;
      this.severity = severity;
    }

    /**
     * What has to be kept; its {@code breachedFor} is how long a breach lasts before it is told.
     */
    public Builder require(Condition condition) {
      this.condition = condition;
      return this;
    }

    /** Counts as kept while this graver condition is breached, because another rule tells of it. */
    public Builder unless(Condition graver) {
      unless = graver;
      return this;
    }

    /** Goes on firing this long after the first kept check; not at all unless said. */
    public Builder keepFiring(Duration duration) {
      keepFiring = duration;
      return this;
    }

    /** Where it is written down what to do. */
    public Builder runbook(String link) {
      runbookLink = link;
      return this;
    }

    /** Says that this critical rule has no runbook on purpose. */
    public Builder withoutRunbook() {
      withoutRunbook = true;
      return this;
    }

    /** Where to read what the system logged. */
    public Builder logs(String link) {
      logsLink = link;
      return this;
    }

    /** What to do now, in one sentence. */
    public Builder nextStep(String nextStep) {
      this.nextStep = nextStep;
      return this;
    }

    /** Adds what its alerts carry beside the subject's labels. */
    public Builder label(String label, String value) {
      labels.put(label, value);
      return this;
    }

    String name() {
      return name;
    }

    Optional<AlertRule> build(RuleLinks links, Problems problems) {
      var where = "rule '" + name + "': ";
      runbook = runbookLink == null ? null : link(runbookLink, where + "runbook", problems);
      if (runbookLink == null && !withoutRunbook) {
        runbook = links.runbook(name).orElse(null);
      }
      logs =
          logsLink == null ? links.logs().orElse(null) : link(logsLink, where + "logs", problems);
      problems
          .require(
              name.matches("[A-Za-z][A-Za-z0-9_]{0,59}"),
              where + "expected 1 to 60 letters, digits or '_', such as error_rate_high")
          .require(!keepFiring.isNegative(), where + "keepFiring " + keepFiring + " is negative")
          .require(
              severity != Severity.CRITICAL
                  || runbook != null
                  || runbookLink != null
                  || withoutRunbook,
              where
                  + "critical without a runbook: whoever is woken has to know what to do; give it"
                  + " runbook(link), or all rules runbooks(base), or say withoutRunbook()");
      if (condition == null) {
        problems.add(where + "no condition; say require(errorRate().atMost(percent(5)))");
        return Optional.empty();
      }
      return Optional.of(new AlertRule(this, condition));
    }

    private static @Nullable URI link(String link, String where, Problems problems) {
      if (AlertRulesBuilder.isLink(link)) {
        return URI.create(link);
      }
      problems.add(where + " '" + link + "': expected an http or https link");
      return null;
    }
  }
}
