package io.bellwether.health;

/** How something is, from well to useless. */
public enum HealthStatus {
  /** It does what it should. */
  OK,
  /** It answers, but not as it should. */
  DEGRADED,
  /** It cannot be reached, hangs or fails. */
  DOWN;

  /** The graver of the two. */
  public HealthStatus worse(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
