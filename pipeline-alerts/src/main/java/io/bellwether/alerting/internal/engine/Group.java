package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.route.LabelText;
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
  final Map<String, String> labels;
  final String key;
  final Set<ActiveAlert> alerts = new LinkedHashSet<>();
  final List<Target> targets = new ArrayList<>(1);

  /** Left behind by a change of routes: it only tells what is over. */
  final boolean leftBehind;

  Instant nextFlush = Instant.MAX;
  boolean flushed;
  boolean destroyed;
  @Nullable Instant announcedAt;
  int escalated;

  Group(GroupKey lookup, Map<String, String> labels) {
    this.lookup = lookup;
    node = lookup.node();
    this.labels = labels;
    key = node.key() + ":" + LabelText.braces(labels);
    leftBehind = false;
    node.options()
        .receivers()
        .forEach(receiver -> targets.add(new Target(this, receiver, Target.Kind.OWN)));
  }

  /** A group nobody routes to any more. */
  Group(GroupKey lookup, String key) {
    this.lookup = lookup;
    node = lookup.node();
    labels = Map.of();
    this.key = key;
    leftBehind = true;
    flushed = true;
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
    return key;
  }
}
