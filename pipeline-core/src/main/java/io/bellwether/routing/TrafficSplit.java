package io.bellwether.routing;

import io.bellwether.release.Version;
import java.util.List;

/**
 * How the traffic of one release is divided between its stable version and a candidate.
 *
 * <p>Immutable and thread-safe. Splits that route alike are equal: what a router reads back equals
 * what it was asked to apply.
 *
 * @param release the release's name, which salts the choice of users
 * @param stable the version everybody else gets
 * @param candidate the version under trial; equal to {@code stable} when there is none
 * @param weight the candidate's share of users
 * @param mirror the share of stable's requests that are copied to the candidate as well, which
 *     answers nobody by that
 * @param audiences users who get the candidate whatever the weight
 */
public record TrafficSplit(
    String release,
    Version stable,
    Version candidate,
    Weight weight,
    Weight mirror,
    List<Audience> audiences) {

  /** Refuses a candidate's share where there is no candidate. */
  public TrafficSplit {
    audiences = List.copyOf(audiences);
    if (stable.equals(candidate) && !(weight.isZero() && mirror.isZero() && audiences.isEmpty())) {
      throw new IllegalArgumentException(
          "traffic split of '"
              + release
              + "': stable and candidate are both "
              + stable
              + ", so the candidate can have neither weight nor mirror nor audience");
    }
  }

  /** Everybody gets the stable version. */
  public static TrafficSplit stable(String release, Version stable) {
    return new TrafficSplit(release, stable, stable, Weight.ZERO, Weight.ZERO, List.of());
  }

  /** A share of users gets the candidate. */
  public static TrafficSplit weighted(
      String release, Version stable, Version candidate, Weight weight) {
    return new TrafficSplit(release, stable, candidate, weight, Weight.ZERO, List.of());
  }

  /** The same split with another weight. */
  public TrafficSplit withWeight(Weight weight) {
    return new TrafficSplit(release, stable, candidate, weight, mirror, audiences);
  }

  /** The same split with another mirrored share. */
  public TrafficSplit withMirror(Weight mirror) {
    return new TrafficSplit(release, stable, candidate, weight, mirror, audiences);
  }

  /** The same split with these audiences only. */
  public TrafficSplit withAudiences(List<Audience> audiences) {
    return new TrafficSplit(release, stable, candidate, weight, mirror, audiences);
  }

  /** Whether a candidate stands beside the stable version at all. */
  public boolean hasCandidate() {
    return !stable.equals(candidate);
  }

  /** Whether no user can reach the candidate. */
  public boolean allOnStable() {
    return weight.isZero() && audiences.isEmpty();
  }

  /** For example {@code support-prompt: v7 10%, v6 90%}. */
  @Override
  public String toString() {
    if (!hasCandidate()) {
      return release + ": " + stable + " 100%";
    }
    var text =
        release
            + ": "
            + candidate
            + " "
            + weight
            + ", "
            + stable
            + " "
            + Weight.percent(100 - weight.percent());
    if (!mirror.isZero()) {
      text += ", " + mirror + " mirrored to " + candidate;
    }
    return audiences.isEmpty() ? text : text + ", " + candidate + " also for " + audiences;
  }
}
