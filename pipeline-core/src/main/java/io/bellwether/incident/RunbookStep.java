package io.bellwether.incident;

import java.util.Objects;

/**
 * Something to do in an incident.
 *
 * @param phase when
 * @param title what, in a few words
 * @param detail how; may be empty
 */
public record RunbookStep(IncidentPhase phase, String title, String detail) {
  /** Refuses a step without a title, and what is missing, by its name. */
  public RunbookStep {
    Objects.requireNonNull(phase, "runbook step: phase is null");
    Objects.requireNonNull(title, () -> "runbook step of " + phase + ": title is null");
    Objects.requireNonNull(detail, "runbook step: detail is null; \"\" says nothing");
    if (title.isBlank()) {
      throw new IllegalArgumentException("a runbook step of " + phase + " has no title");
    }
  }

  /** For example {@code MITIGATION: Roll back (if deployed in the last 2 hours)}. */
  @Override
  public String toString() {
    return phase + ": " + title + (detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
