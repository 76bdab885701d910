package io.bellwether.routing.local;

import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.UserHash;
import io.bellwether.routing.local.RoutingDecision.Rule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything a routing decision needs, computed once per split and never changed. */
final class RoutingPlan {
  private final TrafficSplit split;
  private final Arm stable;
  private final Arm candidate;
  private final Target target;
  private final UserHash hash;
  private final long threshold;
  private final long mirrorThreshold;

  RoutingPlan(TrafficSplit split, Arm stable, Arm candidate, Target target) {
    this.split = split;
    this.stable = stable;
    this.candidate = candidate;
    this.target = target;
    this.hash = UserHash.of(split.release());
    this.threshold = UserHash.threshold(split.weight());
    this.mirrorThreshold = UserHash.threshold(split.mirror());
  }

  TrafficSplit split() {
    return split;
  }

  Arm stable() {
    return stable;
  }

  Arm candidate() {
    return candidate;
  }

  /** Whether some of the requests this arm answers are copied to the candidate. */
  boolean mirrorsSomeOf(Arm arm) {
    return mirrorThreshold != 0 && arm.version().equals(stable.version());
  }

  /** Whether the request at this place, from 0 to 2<sup>32</sup>-1, is copied to the candidate. */
  boolean mirrors(long place) {
    return place < mirrorThreshold;
  }

  /** Whether requests are copied to this version. */
  boolean mirrorsTo(Version version) {
    return mirrorThreshold != 0 && candidate.version().equals(version);
  }

  Arm arm(@Nullable String key, RequestHeaders headers) {
    if (key == null || UserKeys.isBlank(key)) {
      return stable;
    }
    return target.wants(key, headers) || isWithin(key) ? candidate : stable;
  }

  private boolean isWithin(String key) {
    // Between rollouts the threshold is 0, so most of the time there is nothing to hash.
    return threshold != 0 && hash.bucket(key) < threshold;
  }

  RoutingDecision explain(@Nullable String key, RequestHeaders headers) {
    if (key == null || UserKeys.isBlank(key)) {
      return decision(
          Rule.NO_KEY,
          stable,
          Double.NaN,
          "a request without a user key gets " + stable.version() + ", the stable version");
    }
    var position = hash.position(key);
    if (!split.hasCandidate()) {
      return decision(
          Rule.NO_CANDIDATE,
          stable,
          position,
          key + " gets " + stable.version() + " like everybody, as there is no candidate");
    }
    return target
        .reason(key, headers)
        .map(why -> key + " gets " + candidate.version() + " whatever its weight, " + why)
        .map(sentence -> decision(Rule.AUDIENCE, candidate, position, sentence))
        .orElseGet(() -> byWeight(key, position));
  }

  private RoutingDecision byWeight(String key, double position) {
    var within = isWithin(key);
    var arm = within ? candidate : stable;
    var sentence =
        String.format(
            Locale.ROOT,
            "%s gets %s, as the user's place %.4f%% is %s %s's weight of %s",
            key,
            arm.version(),
            position,
            within ? "below" : "not below",
            candidate.version(),
            split.weight());
    return decision(Rule.WEIGHT, arm, position, sentence);
  }

  private RoutingDecision decision(Rule rule, Arm arm, double position, String sentence) {
    var release = split.release();
    return new RoutingDecision(release, arm.version(), rule, position, release + ": " + sentence);
  }
}
