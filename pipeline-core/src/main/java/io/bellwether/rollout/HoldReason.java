package io.bellwether.rollout;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a rollout waits, how long it may, and what happens then. */
public enum HoldReason {
  /** Nothing is known about the candidate. */
  TELEMETRY_GONE("no telemetry", Duration.ofMinutes(30), true),
  /** Stable has the same trouble: a shared outage is nobody's fault. */
  SHARED_OUTAGE("shared outage", Duration.ofMinutes(60), true),
  /** Too few requests to judge; ends in an alert, not in an abort. */
  LOW_TRAFFIC("low traffic", Duration.ofHours(24), false),
  /** A freeze or an exhausted budget forbids to go on. */
  FREEZE("freeze", Duration.ofHours(72), true),
  /** A person paused it. */
  PAUSED("paused", null, false);

  private final String words;
  private final @Nullable Duration limit;
  private final boolean aborts;

  HoldReason(String words, @Nullable Duration limit, boolean aborts) {
    this.words = words;
    this.limit = limit;
    this.aborts = aborts;
  }

  /** How long a hold for this reason may last by default; empty means as long as it takes. */
  public Optional<Duration> defaultLimit() {
    return Optional.ofNullable(limit);
  }

  /** Whether the limit ends in an abort; otherwise it only raises an alert. */
  public boolean aborts() {
    return aborts;
  }

  /** The reason in words. */
  @Override
  public String toString() {
    return words;
  }
}
