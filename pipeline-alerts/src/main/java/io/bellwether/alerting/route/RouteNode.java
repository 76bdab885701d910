package io.bellwether.alerting.route;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A route at its place in the tree, with what it inherits. Immutable and thread-safe. */
public final class RouteNode {
  private final Route route;
  private final RouteOptions options;
  private final String key;
  private final List<RouteNode> children;
  private final MatcherIndex index;
  private final List<RouteNode> alone = List.of(this);

  private RouteNode(Route route, RouteOptions options, String key, List<RouteNode> children) {
    this.route = route;
    this.options = options;
    this.key = key;
    this.children = children;
    index = new MatcherIndex(children.stream().map(child -> child.route.matchers()).toList());
  }

  static RouteNode of(Route route, RouteOptions parent, String key, List<RouteNode> nodes) {
    var options = route.optionsBelow(parent);
    var own = key.isEmpty() ? route.name().orElse("{}") : key;
    var at = nodes.size();
    var children = new ArrayList<RouteNode>();
    var keys = new HashSet<String>();
    for (var child : route.children()) {
      var childKey = child.name().orElseGet(() -> own + "/" + child);
      var twin = 1;
      while (!keys.add(childKey)) {
        twin++;
        childKey = own + "/" + child + "#" + twin;
      }
      children.add(of(child, options, childKey, nodes));
    }
    var node = new RouteNode(route, options, own, List.copyOf(children));
    nodes.add(at, node);
    return node;
  }

  /** Itself alone or what is below it; a list of its own only where routes continue. */
  List<RouteNode> match(Labels labels) {
    List<RouteNode> found = List.of();
    for (var nth = index.next(labels, 0); nth >= 0; nth = index.next(labels, nth + 1)) {
      var child = children.get(nth);
      var below = child.match(labels);
      if (found.isEmpty()) {
        found = child.route.continues() ? new ArrayList<>(below) : below;
      } else {
        found.addAll(below);
      }
      if (!child.route.continues()) {
        break;
      }
    }
    return found.isEmpty() ? alone : found;
  }

  void check(Problems problems, Set<String> receivers, Set<String> intervals) {
    var where = "route " + this + ": ";
    problems.require(!options.receivers().isEmpty(), where + "no receiver, and none above it");
    for (var matcher : route.matchers()) {
      matcher.problem().ifPresent(problem -> problems.add(where + problem));
    }
    names(problems, where + "unknown receiver", options.receivers(), receivers);
    for (var escalation : options.escalations()) {
      names(problems, where + "unknown receiver", escalation.receivers(), receivers);
      positive(problems, where + "escalateAfter", escalation.after());
    }
    names(problems, where + "unknown interval", options.muteIntervals(), intervals);
    names(problems, where + "unknown interval", options.activeIntervals(), intervals);
    for (var name : options.muteIntervals()) {
      problems.require(
          !options.activeIntervals().contains(name),
          where + "interval '" + name + "' both mutes and activates it: nobody is ever told");
    }
    positive(problems, where + "every (group interval)", options.interval());
    options.ownRepeat().ifPresent(time -> positive(problems, where + "repeatEvery", time));
    problems.require(
        options.ownWait().map(time -> !time.isNegative()).orElse(true),
        where + "waiting " + options.ownWait().map(Durations::plain).orElse("") + " is negative");
    grouping(problems, where);
  }

  private void grouping(Problems problems, String where) {
    var labels = options.groupBy().labels();
    problems.require(
        new HashSet<>(labels).size() == labels.size(), where + "groupBy names a label twice");
    problems.require(
        !labels.contains("..."), where + "groupBy mixes '...', which is every label, with others");
  }

  private static void names(Problems problems, String what, List<String> used, Set<String> known) {
    for (var name : used) {
      problems.require(known.contains(name), what + " '" + name + "'; known: " + known);
    }
  }

  private static void positive(Problems problems, String what, Duration time) {
    problems.require(
        !time.isNegative() && !time.isZero(),
        what + " " + Durations.plain(time) + " must be longer than nothing");
  }

  /** The route itself. */
  public Route route() {
    return route;
  }

  /** How it tells. */
  public RouteOptions options() {
    return options;
  }

  /** Its name, or its place in the tree: what was told is remembered under it. */
  public String key() {
    return key;
  }

  /** The routes below, in order. */
  public List<RouteNode> children() {
    return children;
  }

  /** Its name or its place, such as <code>{}/{severity="critical"}</code>. */
  @Override
  public String toString() {
    return key;
  }
}
