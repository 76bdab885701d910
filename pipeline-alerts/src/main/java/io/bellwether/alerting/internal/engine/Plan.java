package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a target has to be told now, if anything. */
final class Plan {
  private static final Comparator<NotifiedAlert> GRAVEST_FIRST =
      Comparator.<NotifiedAlert, Severity>comparing(told -> told.alert().severity())
          .reversed()
          .thenComparing(told -> told.alert().status())
          .thenComparing(told -> told.alert().at())
          .thenComparing(told -> told.alert().name());

  private final Target target;
  private final Set<ActiveAlert> firing = new LinkedHashSet<>();
  private final Set<ActiveAlert> known = new HashSet<>();
  private final Set<ActiveAlert> closing = new LinkedHashSet<>();
  private final Set<ActiveAlert> late = new LinkedHashSet<>();
  private final Set<ActiveAlert> events = new LinkedHashSet<>();
  private boolean mutedThoughKnown;
  private Reason reason = Reason.NONE;

  private Plan(Target target) {
    this.target = target;
  }

  static Plan of(EngineState state, Target target, Instant now) {
    var plan = new Plan(target);
    plan.sort(state, now);
    if (!state.sendsResolved(target.receiver)) {
      plan.dropResolved();
    }
    plan.reason = plan.reason(now);
    return plan;
  }

  private void sort(EngineState state, Instant now) {
    var closed = state.closed(target.group.node, now).isPresent();
    for (var alert : target.group.alerts) {
      if (alert.event()) {
        if (!target.told.contains(alert) && !closed && !muted(state, alert, now)) {
          events.add(alert);
        }
      } else if (alert.firing()) {
        sortFiring(state, alert, closed, now);
      } else if (target.announced.contains(alert)) {
        closing.add(alert);
      } else if (target.attempted.contains(alert)) {
        late.add(alert);
      }
    }
  }

  private void sortFiring(EngineState state, ActiveAlert alert, boolean closed, Instant now) {
    var isKnown = target.announced.contains(alert);
    if (closed || muted(state, alert, now) || target.group.leftBehind) {
      mutedThoughKnown |= isKnown;
      return;
    }
    firing.add(alert);
    if (isKnown) {
      known.add(alert);
    }
  }

  private static boolean muted(EngineState state, ActiveAlert alert, Instant now) {
    return state.mutedBy(alert.labels(), now).isPresent();
  }

  private void dropResolved() {
    target.announced.removeAll(closing);
    target.attempted.removeAll(late);
    closing.clear();
    late.clear();
  }

  private Reason reason(Instant now) {
    known.addAll(closing);
    var at = target.toldAt;
    var told =
        at == null || known.isEmpty() && target.announced.isEmpty()
            ? null
            : new Dedup.Told<>(known, Set.<ActiveAlert>of(), Duration.between(at, now));
    var repeat = target.group.node.options().repeatFor(gravestFiring());
    var found = Dedup.reason(told, firing, closing, repeat, true);
    if (found == Reason.REPEAT && firing.stream().allMatch(alert -> alert.acknowledged)) {
      found = Reason.NONE;
    }
    return switch (found) {
      case NONE -> other();
      case FIRST -> first();
      case ALL_RESOLVED -> mutedThoughKnown ? Reason.SOME_RESOLVED : found;
      case NEW_ALERTS, SOME_RESOLVED, REPEAT, EVENT, LATE, ESCALATED, FALLBACK, STORM -> found;
    };
  }

  private Reason first() {
    return switch (target.kind) {
      case OWN -> Reason.FIRST;
      case ESCALATION -> Reason.ESCALATED;
      case FALLBACK -> Reason.FALLBACK;
    };
  }

  private Reason other() {
    if (!events.isEmpty()) {
      return target.kind == Target.Kind.FALLBACK ? Reason.FALLBACK : Reason.EVENT;
    }
    return late.isEmpty() ? Reason.NONE : Reason.LATE;
  }

  private Severity gravestFiring() {
    var gravest = Severity.INFO;
    for (var alert : firing) {
      if (alert.alert.severity().compareTo(gravest) > 0) {
        gravest = alert.alert.severity();
      }
    }
    return gravest;
  }

  static Comparator<NotifiedAlert> order() {
    return GRAVEST_FIRST;
  }

  boolean isEmpty() {
    return reason == Reason.NONE;
  }

  Reason reason() {
    return reason;
  }

  /** What the target will know when it has arrived. */
  Sending.Piece piece() {
    var resolved = new LinkedHashSet<>(closing);
    resolved.addAll(late);
    return new Sending.Piece(target, Set.copyOf(firing), resolved, Set.copyOf(events));
  }

  List<NotifiedAlert> alerts() {
    var alerts = new ArrayList<NotifiedAlert>();
    firing.forEach(alert -> alerts.add(new NotifiedAlert(alert.alert, false)));
    events.forEach(alert -> alerts.add(new NotifiedAlert(alert.alert, false)));
    closing.forEach(alert -> alerts.add(new NotifiedAlert(alert.alert, false)));
    late.forEach(alert -> alerts.add(new NotifiedAlert(alert.alert, true)));
    alerts.sort(GRAVEST_FIRST);
    return alerts;
  }

  /** The same for the same news, so that a retry is known for what it is. */
  int content() {
    var sum = 0;
    for (var told : alerts()) {
      sum += 31 * told.alert().key().hashCode() + told.alert().status().name().hashCode();
    }
    return sum;
  }
}
