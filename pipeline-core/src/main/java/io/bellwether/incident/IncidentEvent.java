package io.bellwether.incident;

import io.bellwether.alert.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
      implements IncidentEvent {
    /** Refuses what is missing, by its name. */
    public Opened {
      Objects.requireNonNull(incident, "incident event: its incident is null");
      Objects.requireNonNull(alert, "incident event: alert is null");
      Objects.requireNonNull(runbook, "incident event: runbook is null");
      Objects.requireNonNull(startedAt, "incident event: startedAt is null");
      Objects.requireNonNull(detectedAt, "incident event: detectedAt is null");
    }
  }

  /**
   * Something happened.
   *
   * @param entry for the timeline
   */
  record Happened(TimelineEntry entry) implements IncidentEvent {
    /** Refuses what is missing. */
    public Happened {
      Objects.requireNonNull(entry, "incident event: entry is null");
    }
  }

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
      Objects.requireNonNull(
          suspect, "incident event: suspect is null; Optional.empty() says none");
    }
  }

  /**
   * It has a ticket.
   *
   * @param ticket its id or address
   */
  record Ticketed(String ticket) implements IncidentEvent {
    /** Refuses what is missing. */
    public Ticketed {
      Objects.requireNonNull(ticket, "incident event: ticket is null");
    }
  }

  /**
   * Something that must not be done twice is about to be done.
   *
   * @param deed what
   */
  record Begun(String deed) implements IncidentEvent {
    /** Refuses what is missing. */
    public Begun {
      Objects.requireNonNull(deed, "incident event: deed is null");
    }
  }

  /**
   * Something was done, or tried once and for all, and is not to be done again.
   *
   * @param deed what
   */
  record Done(String deed) implements IncidentEvent {
    /** Refuses what is missing. */
    public Done {
      Objects.requireNonNull(deed, "incident event: deed is null");
    }
  }

  /**
   * Something that was begun is not under way any more, and may be tried again.
   *
   * @param deed what
   */
  record GivenUp(String deed) implements IncidentEvent {
    /** Refuses what is missing. */
    public GivenUp {
      Objects.requireNonNull(deed, "incident event: deed is null");
    }
  }
}
