package io.bellwether.pipeline.report;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import java.util.stream.Collectors;

/**
 * A run as text. Immutable and thread-safe.
 *
 * @param pipeline the pipeline the run was begun with
 * @param state where the run stands
 */
public record RunReport(Pipeline pipeline, PipelineState state) {
  /** The report of a run. */
  public static RunReport of(Pipeline pipeline, PipelineState state) {
    var names = pipeline.stages().stream().map(Stage::name).collect(Collectors.toSet());
    var fits = names.equals(state.stages().keySet());
    return new RunReport(fits ? pipeline : state.standIn(), state);
  }

  /** A pipeline nobody has run yet, as a Mermaid graph. */
  public static String mermaid(Pipeline pipeline) {
    return MermaidGraph.of(pipeline);
  }

  /** Plain text: every stage below the one it waited for last, with status, time and message. */
  public String tree() {
    return TextTree.of(pipeline, state);
  }

  /** One JSON object: the run, its trigger and its stages. */
  public String toJson() {
    return RunJson.of(state);
  }

  /** The graph with the status of every stage, in Mermaid's language. */
  public String mermaid() {
    return MermaidGraph.of(pipeline, state);
  }

  /** The run's figures beside the targets for operations. */
  public SpeedReport speed() {
    return SpeedReport.of(pipeline, state);
  }

  /** Markdown for a job summary: outcome, stages, speed and graph. */
  public String jobSummary() {
    return JobSummary.of(this);
  }

  /** The same as {@link #tree()}. */
  @Override
  public String toString() {
    return tree();
  }
}
