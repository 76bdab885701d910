package io.bellwether.fleet;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * The times a fleet keeps.
 *
 * @param lease how long a leader leads without renewing it
 * @param poll how often a replica asks for news and says that it lives
 * @param stale when a replica that is silent is told of
 * @param alone how long a replica that hears nothing keeps its split; then its users get stable
 * @param excluded when a replica that is silent is no longer waited for; later than {@code alone}
 * @param patience how long the router waits for the replicas before it says who is missing
 */
record FleetTimes(
    Duration lease,
    Duration poll,
    Duration stale,
    Duration alone,
    Duration excluded,
    Duration patience) {
  static final FleetTimes DEFAULTS =
      new FleetTimes(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(35),
          Duration.ofSeconds(5));

  FleetTimes withLease(Duration lease) {
    return new FleetTimes(lease, poll, stale, alone, excluded, patience);
  }

  FleetTimes withPoll(Duration poll) {
    return new FleetTimes(lease, poll, stale, alone, excluded, patience);
  }

  /** A sixth later it is no longer waited for, which is more than clocks differ in that time. */
  FleetTimes withAlone(Duration alone) {
    var excluded = alone.plus(alone.dividedBy(6));
    var third = alone.dividedBy(3);
    var staleThen = third.compareTo(DEFAULTS.stale) < 0 ? third : DEFAULTS.stale;
    return new FleetTimes(lease, poll, staleThen, alone, excluded, patience);
  }

  FleetTimes withPatience(Duration patience) {
    return new FleetTimes(lease, poll, stale, alone, excluded, patience);
  }

  void check(Problems problems) {
    Durations.positiveProblem("lease", lease).ifPresent(problems::add);
    Durations.positiveProblem("poll", poll).ifPresent(problems::add);
    problems.require(
        poll.multipliedBy(3).compareTo(alone) <= 0,
        "alone "
            + Durations.plain(alone)
            + ": expected three times poll "
            + Durations.plain(poll)
            + " or more, lest one late answer sends everybody to stable");
  }
}
