package io.bellwether.pipeline.protection;

import io.bellwether.rollout.Clearance;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A while has to pass after the request.
 *
 * @param duration how long; positive
 */
public record WaitTimer(Duration duration) implements ProtectionRule {
  /** Refuses a wait that is none. */
  public WaitTimer {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "wait timer " + Durations.plain(duration) + ": expected more than nothing");
    }
  }

  @Override
  public String name() {
    return "wait timer";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    var until = request.requestedAt().plus(duration);
    return now.isBefore(until)
        ? Clearance.waitFor(
            Durations.plain(duration)
                + " from the request on, until "
                + until.truncatedTo(ChronoUnit.SECONDS))
        : new Clearance(Clearance.Decision.GO, "waited " + Durations.plain(duration));
  }
}
