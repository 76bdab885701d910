package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Takes in how deliveries went. */
final class Answers {
  private final EngineState state;
  private final Flushes flushes;

  Answers(EngineState state, Flushes flushes) {
    this.state = state;
    this.flushes = flushes;
  }

  void take(long id, Delivery delivery, Instant now) {
    var sending = state.underWay.remove(id);
    if (sending == null) {
      return;
    }
    if (delivery.arrived()) {
      state.counts.delivered();
    } else {
      state.counts.failed();
    }
    for (var piece : sending.pieces()) {
      var target = piece.target();
      target.underWay = null;
      if (delivery.arrived()) {
        arrived(sending, piece);
      } else {
        failed(piece, delivery, now);
      }
      state.outbox.changed(target);
    }
    closeStorm(sending, delivery, now);
    if (sending.pieces().isEmpty() && delivery.outcome() == Delivery.Outcome.RETRY) {
      var pause = delivery.retryAfter().orElse(EngineSettings.STORM_WINDOW);
      state.timers.add(now.plus(pause), Timers.Kind.STORM, sending.notification());
    }
    for (var group : groups(sending)) {
      group.targets.stream().filter(target -> target.missed).toList().forEach(t -> again(t, now));
      flushes.cleanUp(group, now);
    }
  }

  private static Iterable<Group> groups(Sending sending) {
    var groups = new HashSet<Group>();
    sending.pieces().forEach(piece -> groups.add(piece.target().group));
    return groups;
  }

  private void again(Target target, Instant now) {
    target.missed = false;
    flushes.consider(target, now);
  }

  private void arrived(Sending sending, Sending.Piece piece) {
    var target = piece.target();
    target.announced.addAll(piece.firing());
    target.announced.removeAll(piece.resolved());
    target.attempted.removeAll(piece.firing());
    target.attempted.removeAll(piece.resolved());
    target.told.addAll(piece.events());
    target.toldAt = sending.at();
    target.attempts = 0;
    target.retryAt = null;
    target.failingSince = null;
    if (target.announced.isEmpty()) {
      target.group.announcedAt = anyAnnounced(target.group) ? target.group.announcedAt : null;
    } else if (target.group.announcedAt == null) {
      announced(target.group, sending.at());
    }
    var storm = state.storm(target.receiver);
    if (sending.notification().reason() == Reason.STORM && !target.announced.isEmpty()) {
      storm.summarized.add(target);
    }
  }

  private static boolean anyAnnounced(Group group) {
    return group.targets.stream().anyMatch(target -> !target.announced.isEmpty());
  }

  private void announced(Group group, Instant at) {
    group.announcedAt = at;
    group.escalated = 0;
    for (var escalation : group.node.options().escalations()) {
      state.timers.add(at.plus(escalation.after()), Timers.Kind.ESCALATION, group);
    }
  }

  private void failed(Sending.Piece piece, Delivery delivery, Instant now) {
    var target = piece.target();
    target.attempts++;
    if (target.failingSince == null) {
      target.failingSince = now;
    }
    var failing = Duration.between(target.failingSince, now);
    switch (delivery.outcome()) {
      case RETRY -> {
        var pause = state.settings.pause(target.attempts, target.key().hashCode());
        var asked = delivery.retryAfter().orElse(Duration.ZERO);
        target.retryAt = now.plus(asked.compareTo(pause) > 0 ? asked : pause);
        state.timers.add(target.retryAt, Timers.Kind.RETRY, target);
        if (failing.compareTo(EngineSettings.patience(gravest(piece))) >= 0) {
          fallBack(target, now);
        }
      }
      case PERMANENT, DISABLED -> {
        if (fallBack(target, now)) {
          target.told.addAll(piece.events());
        }
      }
      case DELIVERED -> throw new IllegalArgumentException(target + " was told");
    }
  }

  private static Severity gravest(Sending.Piece piece) {
    var gravest = Severity.INFO;
    for (var alerts : List.of(piece.firing(), piece.events(), piece.resolved())) {
      for (var alert : alerts) {
        var severity = alert.alert.severity();
        gravest = severity.compareTo(gravest) > 0 ? severity : gravest;
      }
    }
    return gravest;
  }

  /** Tells the fallback receiver instead; whether there is one. */
  private boolean fallBack(Target target, Instant now) {
    var fallback = state.settings.fallback().filter(name -> !name.equals(target.receiver));
    if (fallback.isEmpty() || target.kind == Target.Kind.FALLBACK) {
      return false;
    }
    var standIn = target.group.target(fallback.get(), Target.Kind.FALLBACK);
    standIn.attempted.addAll(target.attempted);
    flushes.consider(standIn, now);
    return true;
  }

  /** When everything a summary told of is over, people hear of that once, too. */
  private void closeStorm(Sending sending, Delivery delivery, Instant now) {
    var storm = state.storm(sending.notification().receiver());
    var open = !storm.summarized.isEmpty();
    storm.summarized.removeIf(target -> target.announced.isEmpty());
    if (delivery.arrived()
        && open
        && storm.summarized.isEmpty()
        && state.sendsResolved(storm.receiver)) {
      var over =
          Alert.builder("alert_storm", Severity.INFO, sending.at())
              .key(storm.groupKey())
              .summary("Everything the summaries told of is over.")
              .resolved(now)
              .build();
      var notification =
          new Notification(
              storm.receiver,
              storm.groupKey(),
              storm.next(now),
              Reason.ALL_RESOLVED,
              Map.of(),
              List.of(new NotifiedAlert(over, false)),
              0,
              now);
      flushes.send(notification, List.of());
    }
  }
}
