package io.bellwether.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an alert rule stands that is not inactive. Immutable; every change is a pure function of
 * time.
 *
 * @param phase whether it fires yet
 * @param activeSince since when it has been breached
 * @param quietSince since when a firing rule has been kept, while it is kept firing
 */
public record RuleState(Phase phase, Instant activeSince, Optional<Instant> quietSince) {
  /** Whether a breached rule fires yet. */
  public enum Phase {
    /** Breached, not yet for as long as the rule asks. */
    PENDING,
    /** Told. */
    FIRING
  }

  /** What a check made of the rule's condition. */
  public enum Check {
    /** The condition is breached. */
    BREACHED,
    /** The condition is kept. */
    KEPT,
    /** Nothing can be said; everything stays as it is. */
    UNKNOWN
  }

  /** Whether people have been told. */
  public boolean firing() {
    return phase == Phase.FIRING;
  }

  /**
   * Where the rule stands after a check; empty for inactive.
   *
   * @param before where it stood
   * @param check what the check found
   * @param hold how long a breach has to last; exactly as long is enough
   * @param keepFiring how long it goes on firing after the first kept check
   * @param now the time of the check
   */
  public static Optional<RuleState> next(
      Optional<RuleState> before, Check check, Duration hold, Duration keepFiring, Instant now) {
    return switch (check) {
      case UNKNOWN -> before;
      case BREACHED -> {
        var since = before.map(RuleState::activeSince).orElse(now);
        var lasted = Duration.between(since, now).compareTo(hold) >= 0;
        yield Optional.of(
            new RuleState(lasted ? Phase.FIRING : Phase.PENDING, since, Optional.empty()));
      }
      case KEPT -> before.filter(RuleState::firing).flatMap(state -> state.quiet(keepFiring, now));
    };
  }

  private Optional<RuleState> quiet(Duration keepFiring, Instant now) {
    var since = quietSince.orElse(now);
    return Duration.between(since, now).compareTo(keepFiring) >= 0
        ? Optional.empty()
        : Optional.of(new RuleState(phase, activeSince, Optional.of(since)));
  }

  /**
   * Where a rule stands after the process was away; empty for afresh. As Prometheus restores it: an
   * outage longer than {@code tolerance} starts the hold afresh, as does a hold shorter than {@code
   * grace}; else the time away does not count, and at least {@code grace} passes before a rule
   * fires that was still pending.
   *
   * @param hold how long a breach has to last
   * @param downAt when the process was last seen
   * @param upAt when it is back
   */
  public Optional<RuleState> restored(
      Duration hold, Instant downAt, Instant upAt, Duration grace, Duration tolerance) {
    var away = Duration.between(downAt, upAt);
    if (away.compareTo(tolerance) > 0 || hold.compareTo(grace) < 0) {
      return Optional.empty();
    }
    var remaining = hold.minus(Duration.between(activeSince, downAt));
    if (remaining.isNegative() || remaining.isZero()) {
      return Optional.of(this);
    }
    var since =
        remaining.compareTo(grace) < 0 ? upAt.plus(grace).minus(hold) : activeSince.plus(away);
    return Optional.of(new RuleState(Phase.PENDING, since, Optional.empty()));
  }
}
