package io.bellwether.alerting.route;

import io.bellwether.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tree of routes, ready to be asked. Immutable and thread-safe.
 *
 * <p>Asking costs about the same with ten routes as with a thousand, as long as siblings compare
 * labels with {@code =}.
 */
public final class RouteTree {
  /** What holds where no route of a path says anything. */
  public enum Defaults {
    /** By the alert's name, release and environment; times by severity; every 5 minutes. */
    BY_SEVERITY,
    /** One group; wait 30 s, every 5 minutes, repeat 4 h. */
    ALERTMANAGER
  }

  private final RouteNode root;
  private final List<RouteNode> nodes;

  private RouteTree(RouteNode root, List<RouteNode> nodes) {
    this.root = root;
    this.nodes = List.copyOf(nodes);
  }

  /** The tree below this route. */
  public static RouteTree of(Route root, Defaults defaults) {
    var nodes = new ArrayList<RouteNode>();
    return new RouteTree(
        RouteNode.of(root, defaultsOf(defaults), "", nodes, new RouteNode.Shared()), nodes);
  }

  private static RouteOptions defaultsOf(Defaults defaults) {
    return switch (defaults) {
      case BY_SEVERITY ->
          new RouteOptions(
              List.of(),
              GroupBy.of("alertname", "release", "environment"),
              Optional.empty(),
              Duration.ofMinutes(5),
              Optional.empty(),
              List.of(),
              List.of(),
              List.of());
      case ALERTMANAGER ->
          new RouteOptions(
              List.of(),
              GroupBy.NONE,
              Optional.of(Duration.ofSeconds(30)),
              Duration.ofMinutes(5),
              Optional.of(Duration.ofHours(4)),
              List.of(),
              List.of(),
              List.of());
    };
  }

  /** Every route that has an alert with these labels, in the order of the tree; never none. */
  public List<RouteNode> match(Labels labels) {
    return root.match(labels);
  }

  /** Every node, parents first. */
  public List<RouteNode> nodes() {
    return nodes;
  }

  /**
   * Says everything that is wrong with the tree.
   *
   * @param receivers the names of receivers there are
   * @param intervals the names of intervals there are
   */
  public void check(Problems problems, Set<String> receivers, Set<String> intervals) {
    if (!root.route().matchers().isEmpty()) {
      problems.add("the root route has matchers " + root + ": it takes every alert; use a child");
    }
    problems.require(!root.route().continues(), "the root route cannot continue: nothing follows");
    var names = new HashSet<String>();
    for (var node : nodes) {
      node.check(problems, receivers, intervals);
      node.route()
          .name()
          .filter(name -> !names.add(name))
          .ifPresent(name -> problems.add("two routes are named '" + name + "'"));
    }
  }
}
