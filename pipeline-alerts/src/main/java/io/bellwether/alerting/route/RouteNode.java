package io.bellwether.alerting.route;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A route at its place in the tree, with what it inherits. Immutable and thread-safe. */
public final class RouteNode {
  private final Route route;
  private final RouteOptions options;
  private final String key;
  private final int position;
  private final RouteNode[] children;
  private final MatcherIndex index;
  private final List<RouteNode> alone = List.of(this);

  /** These two of its route and options, beside what is read for every alert anyway. */
  private final boolean continues;

  private final GroupBy groupBy;

  private RouteNode(
      Route route,
      RouteOptions options,
      String key,
      int position,
      List<RouteNode> children,
      Shared shared) {
    this.route = route;
    this.options = options;
    this.key = key;
    this.position = position;
    this.children = children.toArray(RouteNode[]::new);
    continues = route.continues();
    groupBy = options.groupBy();
    index = shared.index(children.stream().map(child -> child.route.matchers()).toList());
  }

  /**
   * What the nodes of a tree that are alike have in common. A thousand teams with the same routes
   * for severities then read one index, which stays in the processor's cache.
   */
  static final class Shared {
    private int nodes;
    private final Map<List<List<Matcher>>, MatcherIndex> indexes = new HashMap<>();
    private final Map<RouteOptions, RouteOptions> options = new HashMap<>();

    private MatcherIndex index(List<List<Matcher>> lists) {
      return indexes.computeIfAbsent(lists, MatcherIndex::new);
    }

    private RouteOptions options(RouteOptions some) {
      return options.computeIfAbsent(some, same -> same);
    }
  }

  static RouteNode of(
      Route route, RouteOptions parent, String key, List<RouteNode> nodes, Shared shared) {
    var options = shared.options(route.optionsBelow(parent));
    var own = key.isEmpty() ? route.name().orElse("{}") : key;
    var position = shared.nodes++;
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
      children.add(of(child, options, childKey, nodes, shared));
    }
    var node = new RouteNode(route, options, own, position, children, shared);
    nodes.add(at, node);
    return node;
  }

  /** Itself alone or what is below it; a list of its own only where routes continue. */
  List<RouteNode> match(Labels labels) {
    List<RouteNode> found = List.of();
    for (var nth = index.next(labels, 0); nth >= 0; nth = index.next(labels, nth + 1)) {
      var child = children[nth];
      var below = child.match(labels);
      if (found.isEmpty()) {
        found = child.continues ? new ArrayList<>(below) : below;
      } else {
        found.addAll(below);
      }
      if (!child.continues) {
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
    names(problems, where + "muted by the unknown interval", options.muteIntervals(), intervals);
    names(problems, where + "active by the unknown interval", options.activeIntervals(), intervals);
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

  /** Which alerts it tells together. */
  public GroupBy groupBy() {
    return groupBy;
  }

  /** Its number among the nodes of the tree, parents first. */
  public int position() {
    return position;
  }

  /** The routes below, in order. */
  public List<RouteNode> children() {
    return List.of(children);
  }

  /** Its name or its place, such as <code>{}/{severity="critical"}</code>. */
  @Override
  public String toString() {
    return key;
  }
}
