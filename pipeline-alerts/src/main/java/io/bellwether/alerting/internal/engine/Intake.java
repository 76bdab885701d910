package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes in alerts: known or new, routed to their groups, counted as sources of inhibitions. */
final class Intake {
  private final EngineState state;

  Intake(EngineState state) {
    this.state = state;
  }

  void take(Alert alert, Instant now) {
    switch (alert.status()) {
      case EVENT -> event(alert, now);
      case FIRING -> firing(alert, now);
      case RESOLVED -> resolved(alert, now);
    }
  }

  private void event(Alert alert, Instant now) {
    if (state.seenEvents.putIfAbsent(alert.key(), now) != null) {
      return;
    }
    state.outbox.seen(alert.key(), Optional.of(now));
    forgetOldEvents(now);
    state.counts.fired(alert.severity());
    add(new ActiveAlert(AlertTable.fingerprint(alert), alert), now);
  }

  private void forgetOldEvents(Instant now) {
    var oldest = now.minus(EngineSettings.EVENT_MEMORY.multipliedBy(2));
    var seen = state.seenEvents.entrySet().iterator();
    while (seen.hasNext()) {
      var event = seen.next();
      if (!event.getValue().isBefore(oldest)) {
        return; // they are in the order they were taken
      }
      seen.remove();
      state.outbox.seen(event.getKey(), Optional.empty());
    }
  }

  private void firing(Alert alert, Instant now) {
    var fingerprint = AlertTable.fingerprint(alert);
    var known = state.alerts.find(fingerprint, alert);
    if (known == null) {
      state.counts.fired(alert.severity());
      var active = new ActiveAlert(fingerprint, alert);
      expire(active, now);
      add(active, now);
      return;
    }
    var again = !known.firing();
    known.alert = alert;
    expire(known, now);
    if (again) {
      known.groups.forEach(group -> group.targets().forEach(target -> target.told.remove(known)));
      state.counts.fired(alert.severity());
      known.acknowledged = false;
      state.outbox.changed(known);
      index(known);
      route(known, now);
    }
  }

  private void resolved(Alert alert, Instant now) {
    var known = state.alerts.find(AlertTable.fingerprint(alert), alert);
    if (known != null && known.firing()) {
      var end = alert.endedAt().orElse(now);
      if (end.isBefore(known.alert.at())) {
        return; // the end of an earlier time
      }
      resolve(known, alert);
    }
  }

  void expired(ActiveAlert alert, Instant now) {
    var at = alert.expiresAt;
    if (alert.groups.isEmpty() || !alert.firing() || at == null) {
      return;
    }
    if (now.isBefore(at)) {
      state.timers.add(at, Timers.Kind.EXPIRY, alert);
    } else {
      resolve(alert, alert.alert.resolved(at));
    }
  }

  private void resolve(ActiveAlert known, Alert resolved) {
    known.alert = resolved;
    known.expiresAt = null;
    state.counts.resolved();
    index(known);
    state.outbox.changed(known);
  }

  /** Counts it as a source while it fires. */
  private void index(ActiveAlert alert) {
    if (alert.firing() && !alert.inIndex) {
      state.inhibitions.add(alert.labels());
      alert.inIndex = true;
    } else if (!alert.firing() && alert.inIndex) {
      state.inhibitions.remove(alert.labels());
      alert.inIndex = false;
    }
  }

  /** One timer for each alert is enough: when it is due it is set again if news came meanwhile. */
  private void expire(ActiveAlert alert, Instant now) {
    var own = alert.alert.expiresAfter();
    var after = own.isPresent() ? own : state.settings.resolveAfter();
    if (after.isEmpty()) {
      alert.expiresAt = null;
      return;
    }
    var waiting = alert.expiresAt != null;
    alert.expiresAt = now.plus(after.get());
    if (!waiting) {
      state.timers.add(alert.expiresAt, Timers.Kind.EXPIRY, alert);
    }
  }

  private void add(ActiveAlert alert, Instant now) {
    state.alerts.add(alert);
    index(alert);
    route(alert, now);
    state.outbox.changed(alert);
  }

  private void route(ActiveAlert alert, Instant now) {
    var labels = alert.labels();
    var nodes = state.settings.tree().match(labels);
    for (var i = 0; i < nodes.size(); i++) {
      var node = nodes.get(i);
      var group = state.groups.find(node, alert, labels, Group.hash(node, alert, labels));
      var created = group == null;
      if (group == null) {
        group = new Group(node, alert, labels);
        state.groups.add(group);
      }
      group.add(alert);
      schedule(group, created, alert, now);
    }
  }

  private void schedule(Group group, boolean created, ActiveAlert alert, Instant now) {
    var options = group.node.options();
    var wait = options.waitFor(alert.alert.severity());
    var overdue = alert.alert.at().plus(wait).isBefore(now);
    if (created || !group.flushed && overdue || hurries(group, wait)) {
      var at = overdue ? now : now.plus(wait);
      if (created || at.isBefore(group.nextFlush)) {
        state.flushAt(group, at);
      }
    }
  }

  /** A critical alert does not wait for a group's next time, unless the route says how long. */
  private static boolean hurries(Group group, Duration wait) {
    return group.node.options().ownWait().isEmpty() && (!group.flushed || wait.isZero());
  }

  /** Takes up an alert that was remembered, with its groups' timers afresh. */
  ActiveAlert restore(Alert alert, boolean acknowledged, Instant now) {
    var active = new ActiveAlert(AlertTable.fingerprint(alert), alert);
    active.acknowledged = acknowledged;
    if (active.firing()) {
      expire(active, now);
    }
    state.alerts.add(active);
    index(active);
    route(active, now);
    return active;
  }

  int acknowledge(Predicate<ActiveAlert> which) {
    var count = 0;
    for (var alert : state.alerts.all()) {
      if (alert.firing() && !alert.acknowledged && which.test(alert)) {
        alert.acknowledged = true;
        state.outbox.changed(alert);
        count++;
      }
    }
    return count;
  }
}
