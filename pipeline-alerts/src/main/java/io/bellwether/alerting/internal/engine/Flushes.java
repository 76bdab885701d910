package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets notifications go out: one at a time for each target, as many as the storm cap admits. */
final class Flushes {
  private final EngineState state;

  Flushes(EngineState state) {
    this.state = state;
  }

  /** The group's time has come. */
  void flush(Group group, Instant now) {
    group.flushed = true;
    state.flushAt(group, now.plus(group.node.options().interval()));
    for (var target : List.copyOf(group.targets())) {
      consider(target, now);
    }
    cleanUp(group, now);
  }

  /**
   * Tells a target what it has to be told, unless it is busy, waits for a retry or is held back.
   */
  void consider(Target target, Instant now) {
    if (target.busy()) {
      target.missed = true;
      return;
    }
    if (target.withheld || target.retryAt != null && now.isBefore(target.retryAt)) {
      return;
    }
    target.retryAt = null;
    var plan = Plan.of(state, target, now);
    if (plan.isEmpty()) {
      return;
    }
    var storm = state.storm(target.receiver);
    state.outbox.changed(storm);
    if (!storm.admits(state.settings.stormCap(), now)) {
      if (storm.withhold(target)) {
        state.timers.add(storm.windowEnd(now), Timers.Kind.STORM, storm);
      }
      state.outbox.changed(target);
      return;
    }
    send(target, plan, now);
  }

  private void send(Target target, Plan plan, Instant now) {
    var content = plan.content();
    if (target.content != content || target.attempts == 0) {
      target.content = content;
      target.sequence = Math.max(target.sequence + 1, now.toEpochMilli());
    }
    var group = target.group;
    send(
        new Notification(
            target.receiver,
            group.key(),
            target.sequence,
            plan.reason(),
            group.labels(),
            plan.alerts(),
            1,
            now),
        List.of(plan.piece()));
  }

  /** The minute of a storm is over: everything that was kept back goes out at once. */
  void summarize(Storm storm, Instant now) {
    var plans = new ArrayList<Plan>();
    var targets = new ArrayList<Target>();
    for (var target : storm.release()) {
      state.outbox.changed(target);
      if (!target.busy() && !target.group.destroyed) {
        var plan = Plan.of(state, target, now);
        if (!plan.isEmpty()) {
          plans.add(plan);
          targets.add(target);
        }
      }
    }
    if (plans.size() == 1) {
      consider(targets.get(0), now);
    } else if (plans.size() > 1) {
      storm.admits(Integer.MAX_VALUE, now);
      state.outbox.changed(storm);
      summarize(storm, plans, now);
    }
    targets.forEach(target -> cleanUp(target.group, now));
  }

  private void summarize(Storm storm, List<Plan> plans, Instant now) {
    storm.begin(now);
    var alerts = new ArrayList<NotifiedAlert>();
    var pieces = new ArrayList<Sending.Piece>();
    for (var plan : plans) {
      alerts.addAll(plan.alerts());
      pieces.add(plan.piece());
    }
    alerts.sort(Plan.order());
    send(
        new Notification(
            storm.receiver,
            storm.groupKey(),
            storm.next(now),
            Reason.STORM,
            Map.of(),
            alerts,
            plans.size(),
            now),
        pieces);
  }

  /** When everything summaries told of is over, people hear of that once, too. */
  void closeIfOver(Storm storm, Instant now) {
    if (!storm.close()) {
      return;
    }
    if (!state.sendsResolved(storm.receiver)) {
      storm.closed();
      state.outbox.changed(storm);
      return;
    }
    var over =
        Alert.builder("alert_storm", Severity.INFO, now)
            .key(storm.groupKey())
            .summary("Everything the summaries told of is over.")
            .resolved(now)
            .build();
    send(
        new Notification(
            storm.receiver,
            storm.groupKey(),
            storm.next(now),
            Reason.ALL_RESOLVED,
            Map.of(),
            List.of(new NotifiedAlert(over, false)),
            0,
            now),
        List.of());
  }

  /** Tells once more that a storm is over. */
  void closeAgain(Notification notification) {
    if (state.storm(notification.receiver()).stillClosing()) {
      send(notification, List.of());
    }
  }

  void send(Notification notification, List<Sending.Piece> pieces) {
    var sending = new Sending(++state.sendings, notification, pieces);
    state.underWay.put(sending.id(), sending);
    for (var piece : pieces) {
      piece.target().underWay = sending;
      piece.firing().stream()
          .filter(alert -> !piece.target().announced.contains(alert))
          .forEach(piece.target().attempted::add);
      state.outbox.changed(piece.target());
    }
    state.outbox.send(sending);
  }

  /** Forgets what every target is done with, and the group when nothing is left. */
  void cleanUp(Group group, Instant now) {
    var before = group.alerts.size();
    group.removeIf(
        alert -> isDone(group, alert) || givenUp(group, alert, now), state::forgetIfUnused);
    if (group.alerts.size() < before) {
      group.targets().forEach(state.outbox::changed);
    }
    if (group.alerts.isEmpty() && !group.destroyed && !underWay(group)) {
      state.destroy(group);
    }
  }

  private boolean givenUp(Group group, ActiveAlert alert, Instant now) {
    var hopeless = hopeless(group, alert, now);
    if (hopeless) {
      state.outbox.giveUp(group + ": " + alert);
    }
    return hopeless;
  }

  private static boolean underWay(Group group) {
    return group.targets().stream().anyMatch(Target::busy);
  }

  private static boolean isDone(Group group, ActiveAlert alert) {
    for (var target : group.targets()) {
      if (!target.doneWith(alert)) {
        return false;
      }
    }
    return !alert.firing();
  }

  /** Nobody could be told for a day that it is over: by then somebody else has noticed. */
  private static boolean hopeless(Group group, ActiveAlert alert, Instant now) {
    if (alert.firing() || underWay(group)) {
      return false;
    }
    var over = alert.alert.endedAt().orElse(alert.alert.at());
    return Duration.between(over, now).compareTo(EngineSettings.EVENT_MEMORY) > 0;
  }
}
