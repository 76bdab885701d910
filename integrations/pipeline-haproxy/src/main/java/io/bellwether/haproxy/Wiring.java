package io.bellwether.haproxy;

import io.bellwether.Problems;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.List;
import java.util.Set;

/**
 * How a release stands in HAProxy's configuration.
 *
 * @param users whether HAProxy looks user keys up in the map
 * @param cohorts it knows the members of
 * @param headers it looks up in the map, in lower case
 */
record Wiring(
    String release,
    String backend,
    Slot one,
    Slot other,
    boolean users,
    Set<String> cohorts,
    Set<String> headers) {

  List<Slot> slots() {
    return List.of(one, other);
  }

  Slot slot(String name) {
    return one.name().equals(name) ? one : other;
  }

  Slot besides(Slot slot) {
    return slot.equals(one) ? other : one;
  }

  /** Where the servers of a slot stand besides, for audiences alone. */
  String audienceBackend(Slot slot) {
    return backend + "_" + slot.name();
  }

  /** Everything this HAProxy could not do of a split, wherever the versions are. */
  void check(TrafficSplit split, Problems problems) {
    problems.require(
        split.mirror().isZero(),
        split.mirror()
            + " mirrored: HAProxy mirrors through an agent only; plan without mirroring");
    problems.require(
        isFineEnough(split.weight()),
        "weight "
            + split.weight()
            + ": server weights are whole numbers up to "
            + Shares.MOST
            + ", and with "
            + one.servers().size()
            + " and "
            + other.servers().size()
            + " servers none come within "
            + Shares.TOLERANCE
            + " points of it; the least weight is "
            + least()
            + ", less needs more servers in a slot");
    split.audiences().forEach(audience -> check(audience, problems));
  }

  private boolean isFineEnough(Weight weight) {
    return Shares.of(weight, one.servers().size(), other.servers().size()).isPresent()
        && Shares.of(weight, other.servers().size(), one.servers().size()).isPresent();
  }

  private Weight least() {
    var fewer = Math.min(one.servers().size(), other.servers().size());
    return Weight.percent(100 * new Shares(1, fewer * Shares.MOST).share());
  }

  private void check(Audience audience, Problems problems) {
    if (audience instanceof Audience.Users) {
      problems.require(users, audience + ": state users() where HAProxy looks user keys up");
    } else if (audience instanceof Audience.Cohort cohort) {
      problems.require(
          cohorts.contains(cohort.name()),
          audience + ": HAProxy is stated to know the cohorts " + cohorts);
    } else if (audience instanceof Audience.Header header) {
      problems.require(
          headers.contains(header.name()),
          audience + ": HAProxy is stated to look at the headers " + headers);
    }
  }
}
