package io.bellwether.incident;

import java.time.Instant;

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
