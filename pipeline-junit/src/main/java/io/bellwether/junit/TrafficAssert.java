package io.bellwether.junit;

import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.testing.RecordingRouter;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * What can be said of how a router divides traffic. Failures show the split, and of a recording
 * router everything it was asked for.
 */
public final class TrafficAssert extends AbstractAssert<TrafficAssert, TrafficRouter> {
  private static final double ROUNDING = 1e-9;

  TrafficAssert(TrafficRouter actual) {
    super(actual, TrafficAssert.class);
  }

  /**
   * A version of a release has this share of the traffic.
   *
   * @param percent from 0 to 100
   */
  public TrafficAssert gives(String release, String version, double percent) {
    isNotNull();
    var split = actual.read(release);
    return expect(
        Math.abs(share(split, version) - percent) < ROUNDING,
        version + " of " + release + " to have " + Weight.percent(percent),
        split);
  }

  /** Everybody gets this version of a release, and nobody another. */
  public TrafficAssert givesEverybody(String release, String version) {
    isNotNull();
    var split = actual.read(release);
    var stable = split.stable().id().equals(version) && split.allOnStable();
    return expect(
        stable || split.weight().isFull() && split.candidate().id().equals(version),
        version + " of " + release + " to be what everybody gets",
        split);
  }

  private static double share(TrafficSplit split, String version) {
    if (split.hasCandidate() && split.candidate().id().equals(version)) {
      return split.weight().percent();
    }
    return split.stable().id().equals(version) ? 100 - split.weight().percent() : 0;
  }

  private TrafficAssert expect(boolean holds, String expected, TrafficSplit split) {
    if (!holds) {
      throw failure("%s", "\nExpected " + expected + "\nbut it is " + split + asked());
    }
    return this;
  }

  private String asked() {
    return actual instanceof RecordingRouter recording
        ? recording.attempts().stream()
            .map(RecordingRouter.Attempt::toString)
            .collect(Collectors.joining("\n  ", "\n\nTimeline:\n  ", ""))
        : "";
  }
}
