package io.bellwether.pipeline.report;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageState;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.time.Durations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run as an indented tree: a stage stands below the deepest of those it comes after. */
final class TextTree {
  private static final String ROOT = "";

  private final PipelineState state;
  private final Map<String, List<String>> below = new LinkedHashMap<>();
  private final Map<String, Integer> depth = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  private TextTree(Pipeline pipeline, PipelineState state) {
    this.state = state;
    pipeline.stages().forEach(this::place);
  }

  static String of(Pipeline pipeline, PipelineState state) {
    var tree = new TextTree(pipeline, state);
    tree.text.append(head(state)).append('\n');
    tree.print(ROOT, "");
    return tree.text.toString();
  }

  private static String head(PipelineState state) {
    return state.pipeline()
        + " "
        + state.trigger()
        + ": "
        + state.phase()
        + state.took().map(time -> " in " + Durations.plain(time)).orElse("");
  }

  private void place(Stage stage) {
    var parent =
        Stream.concat(stage.needs().stream(), stage.after().stream())
            .sorted()
            .reduce((one, other) -> depthOf(one) >= depthOf(other) ? one : other)
            .orElse(ROOT);
    depth.put(stage.name(), depthOf(parent) + 1);
    below.computeIfAbsent(parent, any -> new ArrayList<>()).add(stage.name());
  }

  private int depthOf(String stage) {
    return depth.getOrDefault(stage, 0);
  }

  private void print(String parent, String indent) {
    var children = below.getOrDefault(parent, List.of());
    for (var index = 0; index < children.size(); index++) {
      var name = children.get(index);
      var last = index == children.size() - 1;
      text.append(indent).append(last ? "└─ " : "├─ ").append(line(name)).append('\n');
      print(name, indent + (last ? "   " : "│  "));
    }
  }

  private String line(String name) {
    var stage = state.stage(name);
    return symbol(stage.status())
        + " "
        + name
        + "  "
        + stage.status()
        + stage.took().map(time -> " in " + Durations.plain(time)).orElse("")
        + tries(stage)
        + stage.held().map(time -> ", held " + Durations.plain(time)).orElse("")
        + (stage.message().isEmpty() ? "" : "  " + stage.message());
  }

  private static String tries(StageState stage) {
    return stage.attempt() > 1 ? " (try " + stage.attempt() + ")" : "";
  }

  static String symbol(StageStatus status) {
    return switch (status) {
      case WAITING -> "·";
      case HELD -> "‖";
      case RUNNING, STOPPING -> "▶";
      case RETRYING -> "↻";
      case SUCCEEDED -> "✔";
      case FAILED -> "✘";
      case SKIPPED -> "○";
      case STOPPED -> "■";
    };
  }
}
