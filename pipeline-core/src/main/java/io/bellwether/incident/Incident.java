package io.bellwether.incident;

import io.bellwether.alert.Alert;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An incident and everything that is known of it. Immutable.
 *
 * @param id its id
 * @param alert what it was opened from
 * @param runbook what to do
 * @param status how far it has come
 * @param startedAt when the trouble began, as far as is known
 * @param detectedAt when the alert came
 * @param acknowledgedAt when somebody took it
 * @param mitigatedAt when something was done that should end it
 * @param recoveredAt when it was verified that it is over
 * @param slaBreachedAt when it had lasted longer than was promised
 * @param ticket its ticket; empty when there is none
 * @param deployments what was deployed in the day before
 * @param proposal the deployment that should be taken back
 * @param timeline what happened, in order
 */
public record Incident(
    String id,
    Alert alert,
    Runbook runbook,
    IncidentStatus status,
    Instant startedAt,
    Instant detectedAt,
    Optional<Instant> acknowledgedAt,
    Optional<Instant> mitigatedAt,
    Optional<Instant> recoveredAt,
    Optional<Instant> slaBreachedAt,
    String ticket,
    List<RecentDeployment> deployments,
    Optional<RecentDeployment> proposal,
    List<TimelineEntry> timeline) {
  /** Copies the lists. */
  public Incident {
    deployments = List.copyOf(deployments);
    timeline = List.copyOf(timeline);
  }

  static Incident open(
      String id, Alert alert, Runbook runbook, Instant startedAt, Instant detectedAt) {
    return new Incident(
        id,
        alert,
        runbook,
        IncidentStatus.OPEN,
        startedAt,
        detectedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        List.of(),
        Optional.empty(),
        List.of());
  }

  /** What should be going on now by the clock. */
  public IncidentPhase phaseAt(Instant now) {
    if (recoveredAt.isPresent()) {
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
    return status == IncidentStatus.RECOVERED;
  }

  /** From the beginning of the trouble to the alert. */
  public Duration timeToDetect() {
    return Duration.between(startedAt, detectedAt);
  }

  /** From the alert until somebody took it. */
  public Optional<Duration> timeToAcknowledge() {
    return acknowledgedAt.map(this::sinceDetection);
  }

  /** From the alert until something was done that should end it. */
  public Optional<Duration> timeToMitigate() {
    return mitigatedAt.map(this::sinceDetection);
  }

  /** From the beginning of the trouble until it was verified that it is over. */
  public Optional<Duration> timeToRecover() {
    return recoveredAt.map(at -> Duration.between(startedAt, at));
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
        + status
        + ": "
        + alert.name()
        + ": "
        + alert.summary()
        + timeToRecover().map(time -> " (over after " + Durations.plain(time) + ")").orElse("");
  }

  private Duration sinceDetection(Instant at) {
    return Duration.between(detectedAt, at);
  }

  Incident noting(Instant at, IncidentPhase phase, String actor, String text) {
    var more = new ArrayList<>(timeline);
    more.add(new TimelineEntry(at, phase, actor, text));
    return edited(status, acknowledgedAt, mitigatedAt, recoveredAt, slaBreachedAt, more);
  }

  Incident acknowledged(Instant at) {
    var next = status == IncidentStatus.OPEN ? IncidentStatus.ACKNOWLEDGED : status;
    var first = acknowledgedAt.isPresent() ? acknowledgedAt : Optional.of(at);
    return edited(next, first, mitigatedAt, recoveredAt, slaBreachedAt, timeline);
  }

  Incident mitigated(Instant at) {
    return edited(
        IncidentStatus.MITIGATED,
        acknowledgedAt,
        mitigatedAt.isPresent() ? mitigatedAt : Optional.of(at),
        recoveredAt,
        slaBreachedAt,
        timeline);
  }

  Incident recovered(Instant at) {
    return edited(
        IncidentStatus.RECOVERED,
        acknowledgedAt,
        mitigatedAt,
        Optional.of(at),
        slaBreachedAt,
        timeline);
  }

  Incident slaBreached(Instant at) {
    return edited(status, acknowledgedAt, mitigatedAt, recoveredAt, Optional.of(at), timeline);
  }

  Incident ticketed(String ticket) {
    return gathered(ticket, deployments, proposal);
  }

  Incident knowing(List<RecentDeployment> deployments, Optional<RecentDeployment> proposal) {
    return gathered(ticket, deployments, proposal);
  }

  private Incident gathered(
      String ticket, List<RecentDeployment> deployments, Optional<RecentDeployment> proposal) {
    return new Incident(
        id,
        alert,
        runbook,
        status,
        startedAt,
        detectedAt,
        acknowledgedAt,
        mitigatedAt,
        recoveredAt,
        slaBreachedAt,
        ticket,
        deployments,
        proposal,
        timeline);
  }

  private Incident edited(
      IncidentStatus status,
      Optional<Instant> acknowledgedAt,
      Optional<Instant> mitigatedAt,
      Optional<Instant> recoveredAt,
      Optional<Instant> slaBreachedAt,
      List<TimelineEntry> timeline) {
    return new Incident(
        id,
        alert,
        runbook,
        status,
        startedAt,
        detectedAt,
        acknowledgedAt,
        mitigatedAt,
        recoveredAt,
        slaBreachedAt,
        ticket,
        deployments,
        proposal,
        timeline);
  }
}
