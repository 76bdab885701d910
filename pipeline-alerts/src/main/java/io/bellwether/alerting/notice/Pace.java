package io.bellwether.alerting.notice;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * How fast a receiver takes notifications.
 *
 * @param every one permit each; zero for no limit
 * @param burst permits that may be saved up; at least 1
 * @param parallel deliveries under way at once; at least 1
 * @param queue notifications that wait at most; beyond, groups wait themselves and nothing is lost
 * @param timeout after which a delivery counts as failed; positive
 */
public record Pace(Duration every, int burst, int parallel, int queue, Duration timeout) {
  /** No limit of rate, 4 at once, 1,000 waiting, 10 seconds. */
  public static final Pace DEFAULT = new Pace(Duration.ZERO, 1, 4, 1_000, Duration.ofSeconds(10));

  /** Refuses what could never work, all at once. */
  public Pace {
    every = Durations.bounded(every);
    timeout = Durations.bounded(timeout);
    new Problems()
        .require(!every.isNegative(), "every " + every + " is negative")
        .require(burst >= 1, "burst " + burst + " is below 1")
        .require(parallel >= 1, "parallel " + parallel + " is below 1")
        .require(queue >= 1, "queue " + queue + " is below 1")
        .require(
            !timeout.isNegative() && !timeout.isZero(),
            "timeout " + timeout + " must be longer than nothing")
        .throwIfAny("pace");
  }

  /** The same with this rate and burst. */
  public Pace every(Duration every, int burst) {
    return new Pace(every, burst, parallel, queue, timeout);
  }

  /** The same with this many deliveries at once. */
  public Pace parallel(int parallel) {
    return new Pace(every, burst, parallel, queue, timeout);
  }

  /** The same with a queue of this length. */
  public Pace queue(int queue) {
    return new Pace(every, burst, parallel, queue, timeout);
  }

  /** The same with this patience. */
  public Pace timeout(Duration timeout) {
    return new Pace(every, burst, parallel, queue, timeout);
  }
}
