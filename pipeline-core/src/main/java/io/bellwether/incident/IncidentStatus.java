package io.bellwether.incident;

/** How far an incident has come. */
public enum IncidentStatus {
  /** Nobody has taken it yet. */
  OPEN,
  /** Somebody works on it. */
  ACKNOWLEDGED,
  /** Something was done that should end it. */
  MITIGATED,
  /** It was verified that it is over. */
  RECOVERED
}
