package io.bellwether.pipeline.report;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.time.Durations;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A pipeline in Mermaid's language; stages that only come after others have dotted arrows. */
final class MermaidGraph {
  private static final String STYLES =
      """
        classDef succeeded fill:#d9f2d9,stroke:#2e7d32,color:#1b3d1d
        classDef failed fill:#f9d6d5,stroke:#b3261e,color:#4a0f0b
        classDef stopped fill:#f9e3c8,stroke:#b26a00,color:#4a2c00
        classDef skipped fill:#eeeeee,stroke:#9e9e9e,color:#616161
        classDef running fill:#d6e4f9,stroke:#1a56b0,color:#0b2650
        classDef held fill:#fff5cc,stroke:#8a6d00,color:#3d3000
        classDef waiting fill:#ffffff,stroke:#9e9e9e,color:#424242
      """;

  private final Pipeline pipeline;
  private final Optional<PipelineState> state;
  private final Map<String, String> ids = new HashMap<>();
  private final StringBuilder text = new StringBuilder("flowchart LR\n");

  private MermaidGraph(Pipeline pipeline, Optional<PipelineState> state) {
    this.pipeline = pipeline;
    this.state = state;
  }

  static String of(Pipeline pipeline) {
    return new MermaidGraph(pipeline, Optional.empty()).draw();
  }

  static String of(Pipeline pipeline, PipelineState state) {
    return new MermaidGraph(pipeline, Optional.of(state)).draw();
  }

  private String draw() {
    pipeline.stages().forEach(this::node);
    pipeline.stages().forEach(this::arrows);
    if (state.isPresent()) {
      text.append(STYLES);
    }
    return text.toString();
  }

  private void node(Stage stage) {
    var id = "s" + ids.size();
    ids.put(stage.name(), id);
    text.append("  ").append(id).append("[\"").append(label(stage)).append("\"]");
    state.ifPresent(run -> text.append(":::").append(style(run.stage(stage.name()).status())));
    text.append('\n');
  }

  private String label(Stage stage) {
    var took =
        state
            .flatMap(run -> run.stage(stage.name()).took())
            .map(time -> "<br/>" + Durations.plain(time))
            .orElse("");
    return escaped(stage.name())
        + stage.environment().map(place -> "<br/>🔒 " + escaped(place)).orElse("")
        + took;
  }

  private void arrows(Stage stage) {
    stage.needs().stream().sorted().forEach(other -> arrow(other, "-->", stage));
    stage.after().stream().sorted().forEach(other -> arrow(other, "-.->", stage));
  }

  private void arrow(String from, String arrow, Stage to) {
    text.append("  ").append(ids.get(from)).append(' ').append(arrow).append(' ');
    text.append(ids.get(to.name())).append('\n');
  }

  private static String style(StageStatus status) {
    return switch (status) {
      case WAITING, HELD, SUCCEEDED, FAILED, SKIPPED, STOPPED ->
          status.name().toLowerCase(Locale.ROOT);
      case RUNNING, RETRYING, STOPPING -> "running";
    };
  }

  /** Mermaid writes characters of its own language as entities. */
  private static String escaped(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || "-_. /".indexOf(c) >= 0) {
                out.appendCodePoint(c);
              } else {
                out.append('#').append(c).append(';');
              }
            });
    return out.toString();
  }
}
