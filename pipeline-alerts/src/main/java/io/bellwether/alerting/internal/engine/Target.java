package io.bellwether.alerting.internal.engine;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One receiver of one group: what it knows, what it should, and how the way there is. */
final class Target {
  /** Why a receiver is told of a group. */
  enum Kind {
    /** Its route says so. */
    OWN,
    /** Nobody acknowledged. */
    ESCALATION,
    /** Another receiver could not be reached. */
    FALLBACK
  }

  final Group group;
  final String receiver;
  final Kind kind;

  /** Firing alerts the receiver was told of and not yet told that they are over. */
  final Set<ActiveAlert> announced = new LinkedHashSet<>();

  /** Alerts it was to be told of when it could not be reached. */
  final Set<ActiveAlert> attempted = new LinkedHashSet<>();

  /** Events it was told of; what a fallback was told is over, too. */
  final Set<ActiveAlert> told = new HashSet<>();

  @Nullable Instant toldAt;
  long sequence;
  int content;
  @Nullable Sending underWay;
  int attempts;
  @Nullable Instant retryAt;
  @Nullable Instant failingSince;

  /** A flush came while a notification was under way. */
  boolean missed;

  /** Kept back by the storm cap. */
  boolean withheld;

  /** Told of by a storm's summary and not all over yet. */
  boolean summarized;

  Target(Group group, String receiver, Kind kind) {
    this.group = group;
    this.receiver = receiver;
    this.kind = kind;
  }

  boolean busy() {
    return underWay != null;
  }

  String key() {
    return group.key() + "\n" + receiver;
  }

  /** Whether the receiver knows everything about this alert that there is to know. */
  boolean doneWith(ActiveAlert alert) {
    if (alert.event()) {
      return told.contains(alert);
    }
    return !alert.firing()
        && !announced.contains(alert)
        && !attempted.contains(alert)
        && (underWay == null || !underWay.concerns(this, alert));
  }

  boolean knowsNothingOf(ActiveAlert alert) {
    return !announced.contains(alert) && !told.contains(alert);
  }

  void forget(ActiveAlert alert) {
    announced.remove(alert);
    attempted.remove(alert);
    told.remove(alert);
  }

  @Override
  public String toString() {
    return receiver + " of " + group;
  }
}
