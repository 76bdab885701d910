package io.bellwether.incident;

import java.time.Instant;

/**
 * Something that happened in an incident.
 *
 * @param at when
 * @param phase what it belongs to
 * @param actor who; {@code bellwether} for what happened by itself
 * @param text what, in one sentence; never a secret
 */
public record TimelineEntry(Instant at, IncidentPhase phase, String actor, String text) {
  /** Who does what nobody did. */
  public static final String ITSELF = "bellwether";

  /** For example {@code 2026-01-01T00:00:00Z TRIAGE dev: acknowledged}. */
  @Override
  public String toString() {
    return at + " " + phase + " " + actor + ": " + text;
  }
}
