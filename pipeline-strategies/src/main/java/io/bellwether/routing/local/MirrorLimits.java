package io.bellwether.routing.local;

import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * How much mirroring may cost a process. Immutable and thread-safe.
 *
 * @param underWay copies of requests that may wait or run at once, per release; each holds on to
 *     its call and to stable's answer. Further ones are dropped
 * @param patience how long a copy may wait for a thread before it is dropped
 */
public record MirrorLimits(int underWay, Duration patience) {
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Refuses limits under which nothing could be mirrored. */
  public MirrorLimits {
    if (underWay < 1) {
      throw new IllegalArgumentException(
          "mirror limit of " + underWay + " copies under way: expected at least 1");
    }
    if (patience.isNegative() || patience.isZero() || patience.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "mirror patience "
              + Durations.plain(patience)
              + ": expected more than nothing and at most "
              + Durations.plain(LONGEST));
    }
  }

  /** 32 copies under way, none of which waits for more than 10 seconds. */
  public static MirrorLimits defaults() {
    return underWay(32);
  }

  /** This many copies under way, none of which waits for more than 10 seconds. */
  public static MirrorLimits underWay(int copies) {
    return new MirrorLimits(copies, USUAL_PATIENCE);
  }

  /** The same limits with another patience. */
  public MirrorLimits patience(Duration patience) {
    return new MirrorLimits(underWay, patience);
  }

  /** For example {@code 32 under way, waiting at most 10s}. */
  @Override
  public String toString() {
    return underWay + " under way, waiting at most " + Durations.plain(patience);
  }
}
