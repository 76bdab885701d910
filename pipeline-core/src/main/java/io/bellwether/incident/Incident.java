package io.bellwether.incident;

import io.bellwether.alert.Alert;
import io.bellwether.incident.TimelineEntry.Kind;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An incident and everything that is known of it. Immutable.
 *
 * @param id its id
 * @param alert what it was opened from
 * @param runbook what to do
 * @param startedAt when the trouble began, as far as is known
 * @param detectedAt when the alert came
 * @param ticket its ticket; empty when there is none
 * @param deployments what was deployed in the day before
 * @param proposal the deployment that should be taken back
 * @param timeline what happened, in order
 */
public record Incident(
    String id,
    Alert alert,
    Runbook runbook,
    Instant startedAt,
    Instant detectedAt,
    String ticket,
    List<RecentDeployment> deployments,
    Optional<RecentDeployment> proposal,
    List<TimelineEntry> timeline) {
  /** Copies the lists. */
  public Incident {
    deployments = List.copyOf(deployments);
    timeline = List.copyOf(timeline);
  }

  static Incident of(IncidentEvent.Opened opened) {
    return new Incident(
        opened.incident(),
        opened.alert(),
        opened.runbook(),
        opened.startedAt(),
        opened.detectedAt(),
        "",
        List.of(),
        Optional.empty(),
        List.of());
  }

  Incident after(IncidentEvent event) {
    if (event instanceof IncidentEvent.Happened happened) {
      var more = new ArrayList<>(timeline);
      more.add(happened.entry());
      more.sort(
          Comparator.comparing(TimelineEntry::at)); // what is noticed late stands where it was
      return with(ticket, deployments, proposal, more);
    }
    if (event instanceof IncidentEvent.Found found) {
      return with(ticket, found.deployments(), found.suspect(), timeline);
    }
    return event instanceof IncidentEvent.Ticketed ticketed
        ? with(ticketed.ticket(), deployments, proposal, timeline)
        : this;
  }

  private Incident with(
      String ticket,
      List<RecentDeployment> deployments,
      Optional<RecentDeployment> proposal,
      List<TimelineEntry> timeline) {
    return new Incident(
        id, alert, runbook, startedAt, detectedAt, ticket, deployments, proposal, timeline);
  }

  /** How far it has come. */
  public IncidentStatus status() {
    if (recoveredAt().isPresent()) {
      return IncidentStatus.RECOVERED;
    }
    if (mitigatedAt().isPresent()) {
      return IncidentStatus.MITIGATED;
    }
    return acknowledgedAt().isPresent() ? IncidentStatus.ACKNOWLEDGED : IncidentStatus.OPEN;
  }

  /** When somebody took it. */
  public Optional<Instant> acknowledgedAt() {
    return first(Kind.ACKNOWLEDGED);
  }

  /** When something was done that should end it; its end when it was over before that. */
  public Optional<Instant> mitigatedAt() {
    var end = recoveredAt();
    return first(Kind.MITIGATED)
        .filter(at -> end.isEmpty() || !at.isAfter(end.get()))
        .or(() -> end);
  }

  /** When it was verified that it is over. */
  public Optional<Instant> recoveredAt() {
    return first(Kind.RECOVERED);
  }

  /** When it had lasted longer than was promised. */
  public Optional<Instant> slaBreachedAt() {
    return first(Kind.SLA_BREACHED);
  }

  /** What should be going on now by the clock. */
  public IncidentPhase phaseAt(Instant now) {
    if (isOver()) {
      return IncidentPhase.POST_INCIDENT;
    }
    var since = Duration.between(detectedAt, now);
    if (since.compareTo(IncidentPhase.TRIAGE.ends()) < 0) {
      return IncidentPhase.TRIAGE;
    }
    if (since.compareTo(IncidentPhase.INVESTIGATION.ends()) < 0) {
      return IncidentPhase.INVESTIGATION;
    }
    return since.compareTo(IncidentPhase.MITIGATION.ends()) < 0
        ? IncidentPhase.MITIGATION
        : IncidentPhase.RECOVERY;
  }

  /** Whether it is over. */
  public boolean isOver() {
    return recoveredAt().isPresent();
  }

  /** From the beginning of the trouble to the alert. */
  public Duration timeToDetect() {
    return Duration.between(startedAt, detectedAt);
  }

  /** From the alert until somebody took it. */
  public Optional<Duration> timeToAcknowledge() {
    return acknowledgedAt().map(this::sinceDetection);
  }

  /** From the alert until something was done that should end it. */
  public Optional<Duration> timeToMitigate() {
    return mitigatedAt().map(this::sinceDetection);
  }

  /** From the beginning of the trouble until it was verified that it is over. */
  public Optional<Duration> timeToRecover() {
    return recoveredAt().map(at -> Duration.between(startedAt, at));
  }

  /** The draft of a postmortem as Markdown. */
  public String postmortem() {
    return Postmortem.of(this);
  }

  /** For example {@code inc-1 MITIGATED: error_rate: 7.2% …}. */
  @Override
  public String toString() {
    return id
        + " "
        + status()
        + ": "
        + alert.name()
        + ": "
        + alert.summary()
        + timeToRecover().map(time -> " (over after " + Durations.plain(time) + ")").orElse("");
  }

  private Duration sinceDetection(Instant at) {
    return Duration.between(detectedAt, at);
  }

  private Optional<Instant> first(Kind kind) {
    return timeline.stream()
        .filter(entry -> entry.kind() == kind)
        .map(TimelineEntry::at)
        .findFirst();
  }
}
