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
import org.jspecify.annotations.Nullable;

/** Alerts that are told together. */
final class Group {
  final RouteNode node;
  final long hash;
  final List<ActiveAlert> alerts = new ArrayList<>(4);

  /** Left behind by a change of routes: it only tells what is over. */
  final boolean leftBehind;

  Instant nextFlush = Instant.MAX;
  boolean flushed;
  boolean destroyed;
  @Nullable Instant announcedAt;
  int escalated;

  /** The next one in its bucket of the table. */
  @Nullable Group next;

  /** Of its first alert; null when no alert of today belongs to it. */
  private final @Nullable Alert first;

  /** What its alerts have in common, in the order of the route's labels. */
  private final String[] values;

  /** All an alert of no other group has to know. */
  private final List<Group> alone = List.of(this);

  private @Nullable List<Target> targets;
  private @Nullable Map<String, String> labels;
  private @Nullable String key;

  /**
   * A group.
   *
   * @param first its first alert, from which the group's labels are made when needed
   */
  Group(RouteNode node, ActiveAlert first, Labels labels) {
    this.node = node;
    this.first = first.alert;
    hash = hash(node, first, labels);
    var by = node.groupBy().labels();
    values = new String[by.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = labels.value(by.get(i));
    }
    leftBehind = false;
  }

  /** A group nobody routes to any more. */
  Group(RouteNode root, String key) {
    node = root;
    first = null;
    hash = key.hashCode();
    values = new String[0];
    this.key = key;
    leftBehind = true;
    flushed = true;
  }

  /** Where the group is found that this alert has at this route. */
  static long hash(RouteNode node, ActiveAlert alert, Labels given) {
    var by = node.groupBy();
    if (by.all()) {
      return AlertTable.mix(AlertTable.fingerprintOfLabels(alert.alert) + node.position());
    }
    long hash = node.position();
    var labels = by.labels();
    for (var i = 0; i < labels.size(); i++) {
      hash = AlertTable.mix(hash + given.value(labels.get(i)).hashCode());
    }
    return hash;
  }

  /** Whether this alert belongs to it when this route takes it. */
  boolean takes(RouteNode route, ActiveAlert alert, Labels given) {
    if (route != node || first == null) {
      return false;
    }
    var by = node.groupBy();
    if (by.all()) {
      return AlertTable.sameLabels(first, alert.alert);
    }
    for (var i = 0; i < values.length; i++) {
      if (!values[i].equals(given.value(by.labels().get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Takes in an alert that is not in it yet. */
  void add(ActiveAlert alert) {
    if (!alert.groups.contains(this)) {
      if (alert.groups.isEmpty()) {
        alert.groups = alone;
      } else {
        var more = new ArrayList<>(alert.groups);
        more.add(this);
        alert.groups = more;
      }
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
          targets().forEach(target -> target.forget(alert));
          removed.accept(alert);
          return true;
        });
  }

  /** What its alerts have in common by grouping. */
  Map<String, String> labels() {
    var known = labels;
    if (known == null) {
      known = first == null ? Map.of() : node.groupBy().of(Labels.of(first));
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

  /** Who is told of it; made when somebody is to be told, which most alerts do not come to. */
  List<Target> targets() {
    var known = targets;
    if (known == null) {
      known = new ArrayList<>(1);
      if (!leftBehind) {
        for (var receiver : node.options().receivers()) {
          known.add(new Target(this, receiver, Target.Kind.OWN));
        }
      }
      targets = known;
    }
    return known;
  }

  /** The receiver's target, made if it is not there yet. */
  Target target(String receiver, Target.Kind kind) {
    for (var target : targets()) {
      if (target.receiver.equals(receiver)) {
        return target;
      }
    }
    var target = new Target(this, receiver, kind);
    targets().add(target);
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
    var names =
        targets == null
            ? node.options().receivers()
            : targets.stream().map(target -> target.receiver).toList();
    var members = new Alert[alerts.size()];
    for (var i = 0; i < members.length; i++) {
      members[i] = alerts.get(i).alert;
    }
    return new AlertEngine.GroupView(key(), names, labels(), List.of(members));
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
