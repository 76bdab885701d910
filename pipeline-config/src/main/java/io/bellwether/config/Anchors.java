package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.MapNode.Entry;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of one document. Aliases share the node they name, and are counted as if they were
 * copies of it: a few hundred bytes must not stand for a hundred million values.
 */
final class Anchors {
  /**
   * What an anchor names.
   *
   * @param node null while it is being read: an alias to it would be a cycle
   * @param size how many nodes there are in it, aliases expanded
   * @param height how many levels it is deep
   */
  private record Anchor(@Nullable Node node, long size, int height) {}

  private final Limits limits;
  private final Map<String, Anchor> known = new HashMap<>();
  private final IdentityHashMap<Node, Anchor> byNode = new IdentityHashMap<>();
  private long nodes;
  private long copied;

  Anchors(Limits limits) {
    this.limits = limits;
  }

  void count() {
    nodes++;
  }

  void open(String name) {
    known.put(name, new Anchor(null, nodes, 0));
  }

  void close(String name, Node node) {
    var opened = known.get(name);
    var before = opened == null || opened.node() != null ? 0 : opened.size();
    var closed = new Anchor(node, nodes - before, height(node));
    known.put(name, closed);
    byNode.put(node, closed);
  }

  Node resolve(String name, int depth, Origin at) {
    var anchor = known.get(name);
    if (anchor == null) {
      throw new Refusal(
          Kind.YAML_SYNTAX,
          at,
          "an alias without its anchor; anchors are known in their own file, after they were set");
    }
    var node = anchor.node();
    if (node == null) {
      throw new Refusal(Kind.ALIAS_LIMIT, at, "an alias to what it stands in: a cycle");
    }
    copy(anchor.size(), at);
    nodes += anchor.size();
    if (depth + anchor.height() > limits.depth()) {
      throw new Refusal(
          Kind.NESTING_LIMIT, at, "nested more than " + limits.depth() + " levels deep");
    }
    return node;
  }

  /** Adds the entries a merge key brings along to those that are there already. */
  void merge(Node value, Map<String, Entry> entries, Set<String> borrowed) {
    for (var part : value instanceof ListNode list ? list.items() : List.of(value)) {
      if (!(part instanceof MapNode map)) {
        throw new Refusal(
            Kind.YAML_SYNTAX, part.origin(), "'<<' takes a mapping or a list of mappings");
      }
      copy(map.entries().size(), value.origin());
      map.entries()
          .forEach(
              (key, entry) -> {
                if (entries.putIfAbsent(key, entry) == null) {
                  borrowed.add(key);
                }
              });
    }
  }

  private void copy(long size, Origin at) {
    copied += size;
    if (copied > limits.aliased()) {
      throw new Refusal(
          Kind.ALIAS_LIMIT, at, "aliases stand for more than " + limits.aliased() + " values");
    }
  }

  /** Stops at anchored nodes, whose height is known: whatever is shared is visited once. */
  private int height(Node node) {
    var anchor = byNode.get(node);
    if (anchor != null) {
      return anchor.height();
    }
    var highest = 0;
    if (node instanceof MapNode map) {
      for (var entry : map.entries().values()) {
        highest = Math.max(highest, height(entry.value()));
      }
      return highest + 1;
    }
    if (node instanceof ListNode list) {
      for (var item : list.items()) {
        highest = Math.max(highest, height(item));
      }
      return highest + 1;
    }
    return 0;
  }
}
