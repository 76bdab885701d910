package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

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
    var storm = state.storm(sending.notification().receiver());
    if (sending.pieces().isEmpty()) {
      closingAnswered(storm, sending, delivery, now);
    }
    flushes.closeIfOver(storm, now);
    for (var group : groups(sending)) {
      group.targets().stream().filter(target -> target.missed).toList().forEach(t -> again(t, now));
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
    if (target.kind == Target.Kind.FALLBACK) {
      target.told.addAll(piece.resolved()); // or it would hear so again with every failure
    }
    target.toldAt = sending.at();
    target.attempts = 0;
    target.retryAt = null;
    target.failingSince = null;
    if (target.announced.isEmpty()) {
      target.group.announcedAt = anyAnnounced(target.group) ? target.group.announcedAt : null;
    } else if (target.group.announcedAt == null) {
      announced(target.group, sending.at());
    }
    if (sending.notification().reason() == Reason.STORM && !piece.firing().isEmpty()) {
      var storm = state.storm(target.receiver);
      state.outbox.changed(storm);
      storm.told(target);
    }
  }

  private static boolean anyAnnounced(Group group) {
    return group.targets().stream().anyMatch(target -> !target.announced.isEmpty());
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
          fallBack(piece, now);
        }
      }
      case PERMANENT, DISABLED -> {
        if (fallBack(piece, now)) {
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
  private boolean fallBack(Sending.Piece piece, Instant now) {
    var target = piece.target();
    var fallback = state.settings.fallback().filter(name -> !name.equals(target.receiver));
    if (fallback.isEmpty() || target.kind == Target.Kind.FALLBACK) {
      return false;
    }
    var standIn = target.group.target(fallback.get(), Target.Kind.FALLBACK);
    for (var alerts : List.of(target.attempted, piece.resolved())) {
      alerts.stream().filter(standIn::knowsNothingOf).forEach(standIn.attempted::add);
    }
    flushes.consider(standIn, now);
    return true;
  }

  /** A storm's end is told until it is taken, or for a day. */
  private void closingAnswered(Storm storm, Sending sending, Delivery delivery, Instant now) {
    var since = Duration.between(sending.at(), now);
    if (delivery.arrived() || since.compareTo(EngineSettings.EVENT_MEMORY) > 0) {
      storm.closed();
      state.outbox.changed(storm);
      return;
    }
    var asked = delivery.retryAfter().orElse(Duration.ZERO);
    var pause =
        delivery.outcome() == Delivery.Outcome.RETRY
            ? EngineSettings.STORM_WINDOW
            : EngineSettings.STORM_WINDOW.multipliedBy(5);
    var at = now.plus(asked.compareTo(pause) > 0 ? asked : pause);
    state.timers.add(at, Timers.Kind.STORM, sending.notification());
  }
}
