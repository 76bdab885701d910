package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.route.LabelText;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.RouteNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alerts that are told together. */
final class Group {
  final GroupKey lookup;
  final RouteNode node;
  final List<ActiveAlert> alerts = new ArrayList<>(4);
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

  /** Takes in an alert that is not in it yet. */
  void add(ActiveAlert alert) {
    if (!alert.groups.contains(this)) {
      alert.groups =
          alert.groups.isEmpty()
              ? List.of(this)
              : Stream.concat(alert.groups.stream(), Stream.of(this)).toList();
      alerts.add(alert);
    }
  }

  /** Lets go of the alerts to which this applies, and they of it. */
  void removeIf(Predicate<ActiveAlert> which, Consumer<ActiveAlert> removed) {
    alerts.removeIf(
        alert -> {
          if (!which.test(alert)) {
            return false;
          }
          alert.groups = alert.groups.stream().filter(group -> group != this).toList();
          targets.forEach(target -> target.forget(alert));
          removed.accept(alert);
          return true;
        });
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

  AlertEngine.GroupView view() {
    var names = new String[targets.size()];
    for (var i = 0; i < names.length; i++) {
      names[i] = targets.get(i).receiver;
    }
    var members = new Alert[alerts.size()];
    for (var i = 0; i < members.length; i++) {
      members[i] = alerts.get(i).alert;
    }
    return new AlertEngine.GroupView(key(), List.of(names), labels(), List.of(members));
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
