package io.bellwether.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns one report after the other into incidents, one per check; pure. Immutable.
 *
 * @param confirmations how many reports in a row have to show a failure before it counts
 * @param troubles the checks that were not OK in the last report
 */
record HealthWatch(int confirmations, Map<String, Trouble> troubles) {
  /**
   * A check that is not OK.
   *
   * @param since when it was first seen so
   * @param seen in how many reports in a row
   * @param worst the gravest status so far
   */
  record Trouble(Instant since, int seen, HealthStatus worst) {
    boolean confirmed(int confirmations) {
      return seen >= confirmations;
    }
  }

  /** What a report changes. */
  record Look(HealthWatch watch, List<HealthEvent> events) {}

  /** Whether it pays to look again soon. */
  boolean troubled() {
    return !troubles.isEmpty();
  }

  Look look(HealthReport report) {
    var events = new ArrayList<HealthEvent>();
    var next = new LinkedHashMap<String, Trouble>();
    for (var check : report.checks()) {
      var before = Optional.ofNullable(troubles.get(check.name()));
      if (check.status() == HealthStatus.OK) {
        before
            .filter(trouble -> trouble.confirmed(confirmations))
            .ifPresent(trouble -> events.add(recovered(check, report.timestamp(), trouble)));
      } else {
        next.put(check.name(), failing(check, report.timestamp(), before, events));
      }
    }
    return new Look(new HealthWatch(confirmations, Map.copyOf(next)), List.copyOf(events));
  }

  private Trouble failing(
      CheckReport check, Instant at, Optional<Trouble> before, List<HealthEvent> events) {
    var known = before.orElse(new Trouble(at, 0, HealthStatus.OK));
    var now = new Trouble(known.since(), known.seen() + 1, known.worst().worse(check.status()));
    if (now.seen() == confirmations) {
      events.add(
          new HealthEvent.Failed(check.name(), at, now.worst(), now.since(), check.message()));
    } else if (now.confirmed(confirmations) && now.worst() != known.worst()) {
      events.add(new HealthEvent.Worsened(check.name(), at, now.since(), check.message()));
    }
    return now;
  }

  private static HealthEvent recovered(CheckReport check, Instant at, Trouble trouble) {
    return new HealthEvent.Recovered(check.name(), at, trouble.since(), trouble.worst());
  }
}
