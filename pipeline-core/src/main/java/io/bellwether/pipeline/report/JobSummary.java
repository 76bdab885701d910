package io.bellwether.pipeline.report;

import io.bellwether.pipeline.PipelineState;
import io.bellwether.time.Durations;

/** A run as the Markdown of a GitHub job summary. */
final class JobSummary {
  private JobSummary() {}

  static String of(RunReport report) {
    var state = report.state();
    var text = new StringBuilder();
    text.append("## ").append(cell(state.pipeline())).append(' ');
    text.append(cell(state.trigger().version().id())).append(": ").append(state.phase());
    text.append("\n\n").append(cell(state.trigger().toString()));
    text.append(state.took().map(time -> ", " + Durations.plain(time)).orElse("")).append(".\n\n");
    stages(text, state);
    text.append("\n### Speed\n\n| operation | this run | was | target | stretch | |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    for (var line : report.speed().lines()) {
      row(
          text,
          line.operation().title(),
          line.took().map(Durations::plain).orElse("n/a"),
          Durations.plain(line.operation().was()),
          "< " + Durations.plain(line.operation().target()),
          "< " + Durations.plain(line.operation().stretch()),
          line.judgement());
    }
    text.append("\n```mermaid\n").append(report.mermaid()).append("```\n");
    return text.toString();
  }

  private static void stages(StringBuilder text, PipelineState state) {
    text.append("| stage | status | took | |\n| --- | --- | --- | --- |\n");
    state
        .stages()
        .forEach(
            (name, stage) ->
                row(
                    text,
                    name,
                    TextTree.symbol(stage.status()) + " " + stage.status(),
                    stage.took().map(Durations::plain).orElse(""),
                    stage.message()));
  }

  private static void row(StringBuilder text, String... cells) {
    text.append('|');
    for (var cell : cells) {
      text.append(' ').append(cell(cell)).append(" |");
    }
    text.append('\n');
  }

  /** One line, with nothing that Markdown or HTML would take for its own. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }
}
