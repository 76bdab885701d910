package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.route.InhibitionIndex;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.RouteNode;
import io.bellwether.alerting.route.Silence;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Everything an engine knows. */
final class EngineState {
  final EngineSettings settings;
  final Instant startedAt;
  final AlertTable alerts = new AlertTable();
  final GroupTable groups = new GroupTable();
  final Map<Long, Sending> underWay = new HashMap<>();
  final Map<String, Silence> silences = new LinkedHashMap<>();
  final Map<String, Instant> seenEvents = new LinkedHashMap<>();
  final Map<String, Storm> storms = new HashMap<>();
  final Timers timers = new Timers();
  final Outbox outbox = new Outbox();
  final Counts counts = new Counts();
  final InhibitionIndex inhibitions;
  long sendings;

  EngineState(EngineSettings settings, Instant startedAt) {
    this.settings = settings;
    this.startedAt = startedAt;
    inhibitions = new InhibitionIndex(settings.inhibitions());
  }

  Storm storm(String receiver) {
    return storms.computeIfAbsent(receiver, Storm::new);
  }

  boolean sendsResolved(String receiver) {
    return settings.sendResolved().getOrDefault(receiver, true);
  }

  /** Why nobody is told of these labels now, whatever the route. */
  Optional<String> mutedBy(Labels labels, Instant now) {
    for (var silence : silences.values()) {
      if (silence.silences(labels, now)) {
        return Optional.of("silence '" + silence.id() + "' until " + silence.end());
      }
    }
    return inhibitions.mutes(labels).map(rule -> "inhibition: " + rule);
  }

  /** Why this route tells nobody now. */
  Optional<String> closed(RouteNode node, Instant now) {
    for (var name : node.options().muteIntervals()) {
      if (inside(name, now)) {
        return Optional.of("mute interval '" + name + "'");
      }
    }
    var active = node.options().activeIntervals();
    return active.isEmpty() || active.stream().anyMatch(name -> inside(name, now))
        ? Optional.empty()
        : Optional.of("outside the active intervals " + active);
  }

  private boolean inside(String interval, Instant now) {
    var known = settings.intervals().get(interval);
    return known != null && known.contains(now);
  }

  /** Plans the next flush of a group; a later plan that stands already is forgotten. */
  void flushAt(Group group, Instant at) {
    var earliest = startedAt.plus(settings.startDelay());
    group.nextFlush = at.isBefore(earliest) ? earliest : at;
    timers.add(group.nextFlush, Timers.Kind.FLUSH, group);
  }

  /** Takes an alert out of everything once no group has use for it. */
  void forgetIfUnused(ActiveAlert alert) {
    if (alert.groups.isEmpty()) {
      alerts.remove(alert);
      outbox.changed(alert);
    }
  }

  void destroy(Group group) {
    group.destroyed = true;
    groups.remove(group);
    group.targets().forEach(outbox::changed);
  }
}
