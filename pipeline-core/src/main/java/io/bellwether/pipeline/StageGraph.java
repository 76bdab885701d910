package io.bellwether.pipeline;

import io.bellwether.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings stages into an order in which each comes after what it needs, or says why there is none.
 */
final class StageGraph {
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Problems problems;
  private final List<Stage> ordered = new ArrayList<>();
  private final Set<String> done = new HashSet<>();

  private StageGraph(Problems problems) {
    this.problems = problems;
  }

  static List<Stage> inOrder(List<Stage> given, Problems problems) {
    var graph = new StageGraph(problems);
    for (var stage : given) {
      problems.require(
          graph.stages.put(stage.name(), stage) == null,
          "two stages are called '" + stage.name() + "'");
    }
    given.forEach(graph::refuseUnknown);
    given.forEach(stage -> graph.visit(stage.name()));
    return graph.ordered;
  }

  private void refuseUnknown(Stage stage) {
    for (var needed : stage.before()) {
      problems.require(
          stages.containsKey(needed),
          "stage '"
              + stage.name()
              + "' needs '"
              + needed
              + "', which is none of "
              + stages.keySet());
    }
  }

  /** Depth first, on a stack of its own, so that a long chain does not exhaust the thread's. */
  private void visit(String start) {
    Deque<String> path = new ArrayDeque<>();
    path.push(start);
    while (!path.isEmpty()) {
      var stage = stages.get(path.peek());
      var next = stage == null || done.contains(path.peek()) ? null : unvisited(stage);
      if (next == null) {
        finish(path.pop());
      } else if (path.contains(next)) {
        problems.add("stages need each other in a circle: " + circle(path, next));
        done.add(next);
      } else {
        path.push(next);
      }
    }
  }

  private @Nullable String unvisited(Stage stage) {
    return stage.before().stream()
        .sorted()
        .filter(needed -> stages.containsKey(needed) && !done.contains(needed))
        .findFirst()
        .orElse(null);
  }

  private void finish(String name) {
    var stage = stages.get(name);
    if (stage != null && !ordered.contains(stage)) {
      ordered.add(stage);
    }
    done.add(name);
  }

  private static String circle(Deque<String> path, String start) {
    var names = new ArrayList<>(path);
    Collections.reverse(names);
    var around = new ArrayList<>(names.subList(names.indexOf(start), names.size()));
    around.add(start);
    return String.join(" -> ", around);
  }
}
