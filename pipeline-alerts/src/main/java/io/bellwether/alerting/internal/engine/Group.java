package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.route.LabelText;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.RouteNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alerts that are told together. */
final class Group {
  final GroupKey lookup;
  final RouteNode node;
  final Set<ActiveAlert> alerts = new LinkedHashSet<>();
  final List<Target> targets = new ArrayList<>(1);

  /** Left behind by a change of routes: it only tells what is over. */
  final boolean leftBehind;

  Instant nextFlush = Instant.MAX;
  boolean flushed;
  boolean destroyed;
  @Nullable Instant announcedAt;
  int escalated;
  private final Labels first;
  private @Nullable Map<String, String> labels;
  private @Nullable String key;

  /**
   * A group.
   *
   * @param first the labels of its first alert, from which the group's own are made when needed
   */
  Group(GroupKey lookup, Labels first) {
    this.lookup = lookup;
    node = lookup.node();
    this.first = first;
    leftBehind = false;
    node.options()
        .receivers()
        .forEach(receiver -> targets.add(new Target(this, receiver, Target.Kind.OWN)));
  }

  /** A group nobody routes to any more. */
  Group(GroupKey lookup, String key) {
    this.lookup = lookup;
    node = lookup.node();
    first = Labels.of(Map.of());
    this.key = key;
    leftBehind = true;
    flushed = true;
  }

  /** What its alerts have in common by grouping. */
  Map<String, String> labels() {
    var known = labels;
    if (known == null) {
      known = leftBehind ? Map.of() : node.options().groupBy().of(first);
      labels = known;
    }
    return known;
  }

  String key() {
    var known = key;
    if (known == null) {
      known = node.key() + ":" + LabelText.braces(labels());
      key = known;
    }
    return known;
  }

  /** The receiver's target, made if it is not there yet. */
  Target target(String receiver, Target.Kind kind) {
    for (var target : targets) {
      if (target.receiver.equals(receiver)) {
        return target;
      }
    }
    var target = new Target(this, receiver, kind);
    targets.add(target);
    return target;
  }

  /** The gravest of what fires or is still to be told. */
  Severity severity() {
    var gravest = Severity.INFO;
    for (var alert : alerts) {
      var severity = alert.alert.severity();
      if (alert.alert.status() != Alert.Status.RESOLVED && severity.compareTo(gravest) > 0) {
        gravest = severity;
      }
    }
    return gravest;
  }

  /** Whether anybody may still fire who has not been acknowledged. */
  boolean unacknowledged() {
    return alerts.stream().anyMatch(alert -> alert.firing() && !alert.acknowledged);
  }

  @Override
  public String toString() {
    return key();
  }
}
