package io.bellwether.incident;

import java.time.Duration;

/** What an incident is about at which time, counted from its detection. */
public enum IncidentPhase {
  /** What is broken, for whom, how badly: the first 5 minutes. */
  TRIAGE(Duration.ZERO, Duration.ofMinutes(5)),
  /** Recent deployments, logs, the provider, metrics, dependencies: up to 15 minutes. */
  INVESTIGATION(Duration.ofMinutes(5), Duration.ofMinutes(15)),
  /** Roll back, fall back, limit, restart, scale: up to 30 minutes. */
  MITIGATION(Duration.ofMinutes(15), Duration.ofMinutes(30)),
  /** Status page, channel, ticket, stakeholders: beside the mitigation. */
  COMMUNICATION(Duration.ofMinutes(15), Duration.ofMinutes(30)),
  /** Health, metrics and sample requests are well again: up to 45 minutes. */
  RECOVERY(Duration.ofMinutes(30), Duration.ofMinutes(45)),
  /** The postmortem: within 24 hours. */
  POST_INCIDENT(Duration.ofMinutes(45), Duration.ofHours(24));

  private final Duration begins;
  private final Duration ends;

  IncidentPhase(Duration begins, Duration ends) {
    this.begins = begins;
    this.ends = ends;
  }

  /** When it should begin at the latest, counted from the detection. */
  public Duration begins() {
    return begins;
  }

  /** When it should be over, counted from the detection. */
  public Duration ends() {
    return ends;
  }
}
