package io.bellwether.incident;

import io.bellwether.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that became of an incident. Events are what a store remembers; an incident is its
 * events replayed.
 */
public sealed interface IncidentEvent {
  /**
   * It was opened; the first event of every incident.
   *
   * @param incident its id
   * @param alert what it was opened from
   * @param runbook what to do
   * @param startedAt when the trouble began, as far as is known
   * @param detectedAt when the alert came
   */
  record Opened(
      String incident, Alert alert, Runbook runbook, Instant startedAt, Instant detectedAt)
      implements IncidentEvent {}

  /**
   * Something happened.
   *
   * @param entry for the timeline
   */
  record Happened(TimelineEntry entry) implements IncidentEvent {}

  /**
   * It was looked up what had been deployed.
   *
   * @param deployments in the day before
   * @param suspect the one that should be taken back
   */
  record Found(List<RecentDeployment> deployments, Optional<RecentDeployment> suspect)
      implements IncidentEvent {
    /** Copies the list. */
    public Found {
      deployments = List.copyOf(deployments);
    }
  }

  /**
   * It has a ticket.
   *
   * @param ticket its id or address
   */
  record Ticketed(String ticket) implements IncidentEvent {}

  /**
   * Something that must not be done twice is about to be done.
   *
   * @param deed what
   */
  record Begun(String deed) implements IncidentEvent {}

  /**
   * Something was done, or tried once and for all, and is not to be done again.
   *
   * @param deed what
   */
  record Done(String deed) implements IncidentEvent {}

  /**
   * Something that was begun is not under way any more, and may be tried again.
   *
   * @param deed what
   */
  record GivenUp(String deed) implements IncidentEvent {}
}
