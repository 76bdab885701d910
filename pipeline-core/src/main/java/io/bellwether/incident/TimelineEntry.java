package io.bellwether.incident;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened in an incident.
 *
 * @param at when
 * @param phase what it belongs to
 * @param actor who; {@code bellwether} for what happened by itself
 * @param text what, in one sentence; never a secret
 * @param kind what it means for the incident
 */
public record TimelineEntry(Instant at, IncidentPhase phase, String actor, String text, Kind kind) {
  /** Refuses what is missing, by its name: a store could not read it again. */
  public TimelineEntry {
    Objects.requireNonNull(at, "timeline entry: at is null");
    Objects.requireNonNull(phase, "timeline entry: phase is null");
    Objects.requireNonNull(actor, "timeline entry: actor is null; say who");
    Objects.requireNonNull(text, "timeline entry: text is null; say what happened");
    Objects.requireNonNull(kind, "timeline entry: kind is null");
  }

  /** Who does what nobody did. */
  public static final String ITSELF = "bellwether";

  /** What an entry means for its incident. */
  public enum Kind {
    /** Nothing but what it says. */
    NOTE,
    /** Somebody took it. */
    ACKNOWLEDGED,
    /** Something was done that should end it. */
    MITIGATED,
    /** It was verified that it is over. */
    RECOVERED,
    /** It has lasted longer than was promised. */
    SLA_BREACHED
  }

  /** For example {@code 2026-01-01T00:00:00Z TRIAGE dev: acknowledged}. */
  @Override
  public String toString() {
    return at + " " + phase + " " + actor + ": " + text;
  }
}
