package io.bellwether.incident;

import static io.bellwether.incident.IncidentPhase.COMMUNICATION;
import static io.bellwether.incident.IncidentPhase.INVESTIGATION;
import static io.bellwether.incident.IncidentPhase.MITIGATION;
import static io.bellwether.incident.IncidentPhase.POST_INCIDENT;
import static io.bellwether.incident.IncidentPhase.RECOVERY;
import static io.bellwether.incident.IncidentPhase.TRIAGE;

import io.bellwether.Problems;
import io.bellwether.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What to do in an incident. A value, which a configuration can be bound to.
 *
 * @param name what it is called
 * @param alerts the names of the alerts it is for; empty means all
 * @param steps at least one, in the order they are to be taken within their phase
 */
public record Runbook(String name, List<String> alerts, List<RunbookStep> steps) {
  /** Refuses, all at once, what helps nobody. */
  public Runbook {
    alerts = List.copyOf(alerts);
    steps = List.copyOf(steps);
    new Problems()
        .require(!name.isBlank(), "its name is blank")
        .require(!steps.isEmpty(), "it has no step")
        .throwIfAny("runbook '" + name + "'");
  }

  /**
   * A runbook built in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static Runbook named(String name, UnaryOperator<Builder> steps) {
    return steps.apply(new Builder(name)).build();
  }

  /** The usual one, for every critical alert of an AI service. */
  public static Runbook standard() {
    return named(
        "standard",
        r ->
            r.step(TRIAGE, "Acknowledge the alert", "one person leads from here on")
                .step(TRIAGE, "Say what is broken and for whom", "all users, some, or none yet")
                .step(INVESTIGATION, "Look at recent deployments", "the last 2 hours first")
                .step(INVESTIGATION, "Read the logs", "errors since the alert began")
                .step(INVESTIGATION, "Look at the AI provider's status", "")
                .step(INVESTIGATION, "Compare the metrics", "error rate, latency, empty answers")
                .step(INVESTIGATION, "Check the dependencies", "database, disk, memory, network")
                .step(MITIGATION, "Roll back", "if a deployment was made in the last 2 hours")
                .step(MITIGATION, "Switch to the fallback mode", "if the provider is in trouble")
                .step(MITIGATION, "Tighten the rate limits", "if load is the trouble")
                .step(MITIGATION, "Restart or scale", "if an instance is the trouble")
                .step(COMMUNICATION, "Update the status page", "")
                .step(COMMUNICATION, "Write to the incident channel and the ticket", "")
                .step(COMMUNICATION, "Tell stakeholders", "when an SLA is breached")
                .step(RECOVERY, "Verify that it is over", "health, metrics, sample requests")
                .step(POST_INCIDENT, "Write the postmortem", "within 24 hours, without blame"));
  }

  /** The steps of a phase. */
  public List<RunbookStep> steps(IncidentPhase phase) {
    return steps.stream().filter(step -> step.phase() == phase).toList();
  }

  /** Whether it is for this alert. */
  public boolean isFor(Alert alert) {
    return alerts.isEmpty() || alerts.contains(alert.name());
  }

  /** Collects steps. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<String> alerts = new ArrayList<>();
    private final List<RunbookStep> steps = new ArrayList<>();
    private final Problems problems = new Problems();

    private Builder(String name) {
      this.name = name;
    }

    /** It is for alerts of these names; for all unless said. */
    public Builder alerts(String... names) {
      alerts.addAll(problems.allGiven("the name of an alert", names));
      return this;
    }

    /** Adds a step. */
    public Builder step(IncidentPhase phase, String title, String detail) {
      if (problems.given(phase, "a step's phase")
          && problems.given(title, "the title of a step of " + phase)
          && problems.given(detail, "the detail of a step of " + phase)) {
        problems
            .attempt("a step", () -> new RunbookStep(phase, title, detail))
            .ifPresent(steps::add);
      }
      return this;
    }

    private Runbook build() {
      problems.given(name, "its name");
      problems.require(name == null || !name.isBlank(), "its name is blank");
      problems.require(!steps.isEmpty(), "it has no step");
      problems.throwIfAny("runbook '" + name + "'");
      return new Runbook(name, alerts, steps);
    }
  }
}
