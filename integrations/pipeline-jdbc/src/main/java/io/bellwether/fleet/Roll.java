package io.bellwether.fleet;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the roll: tells of replicas that say nothing, and lets the roster do without them then. */
final class Roll {
  private static final Logger log = LoggerFactory.getLogger(Roll.class);

  private final Roster roster;
  private final FleetBuilder given;
  private final FleetParts parts;
  private Map<String, Silence> silent = new HashMap<>();

  private enum Silence {
    STALE,
    EXCLUDED
  }

  Roll(Roster roster, FleetBuilder given, FleetParts parts) {
    this.roster = roster;
    this.given = given;
    this.parts = parts;
  }

  synchronized void call() {
    var now = new HashMap<String, Silence>();
    var excluded = new HashSet<String>();
    for (var member : roster.members()) {
      var before = silent.get(member.id());
      if (member.hasLeft()) {
        continue;
      }
      if (member.isSilentFor(given.times.excluded())) {
        now.put(member.id(), Silence.EXCLUDED);
        excluded.add(member.id());
        if (before != Silence.EXCLUDED) {
          excluded(member);
        }
      } else if (member.isSilentFor(given.times.stale())) {
        now.put(member.id(), Silence.STALE);
        if (before == null) {
          hear(it -> it.stale(member.name(), member.silent()));
        }
      } else if (before != null) {
        hear(it -> it.back(member.name()));
      }
    }
    silent = now;
    roster.toldExcluded(excluded);
  }

  private void excluded(Member member) {
    hear(it -> it.excluded(member.name(), member.silent()));
    var silence = Durations.plain(Duration.ofSeconds(member.silent().toSeconds()));
    tell(
        Alert.of(
            "fleet_replica_excluded/" + member.name(),
            Severity.WARNING,
            parts.clock().instant(),
            a ->
                a.label("fleet", given.name)
                    .label("replica", member.name())
                    .summary(
                        "Replica "
                            + member.name()
                            + " has said nothing for "
                            + silence
                            + ": rollouts no longer wait for it, its users get "
                            + (given.keepsSplit ? "what they got last" : "stable"))
                    .nextStep("See whether it runs and reaches the database.")));
  }

  private void tell(Alert alert) {
    try {
      given.notifier.notify(alert);
    } catch (RuntimeException e) {
      log.error("nobody could be told: {}", alert, e);
    }
  }

  private void hear(Consumer<FleetListener> event) {
    hear(given, event);
  }

  static void hear(FleetBuilder given, Consumer<FleetListener> event) {
    for (var listener : given.listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        log.warn("a listener of fleet {} failed", given.name, e);
      }
    }
  }
}
