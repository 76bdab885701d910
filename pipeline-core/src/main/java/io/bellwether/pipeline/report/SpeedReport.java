package io.bellwether.pipeline.report;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageState;
import io.bellwether.pipeline.stage.DeliveryPipeline;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long operations of a run took, beside what was usual and what is aimed at.
 *
 * @param lines one per operation, in a fixed order
 */
public record SpeedReport(List<Line> lines) {
  /** The output in which a deployment says how much of its time was planned waiting. */
  public static final String PLANNED_WAIT_MS = "planned_wait_ms";

  /** Copies the lines. */
  public SpeedReport {
    lines = List.copyOf(lines);
  }

  /** An operation, what it used to take, and what it should. */
  public enum Operation {
    /** The answer of the health endpoint; from the output {@code health_check_ms} of a stage. */
    HEALTH_CHECK("health check response", 150, 100, 50),
    /** Looking through all prompts; from the output {@code prompt_validation_ms} of a stage. */
    PROMPT_VALIDATION("prompt validation", 500, 200, 100),
    /** The longest stage on an environment, without the waiting it was configured to do. */
    DEPLOYMENT("deployment, without configured waits", 480_000, 300_000, 180_000),
    /** From the first test's beginning to the last one's end. */
    TEST_SUITE("test suite", 240_000, 180_000, 120_000),
    /** The whole run, without waiting for people and rules and without configured waits. */
    PIPELINE("whole pipeline", 720_000, 480_000, 300_000);

    private final String title;
    private final Duration was;
    private final Duration target;
    private final Duration stretch;

    Operation(String title, long was, long target, long stretch) {
      this.title = title;
      this.was = Duration.ofMillis(was);
      this.target = Duration.ofMillis(target);
      this.stretch = Duration.ofMillis(stretch);
    }

    /** The operation in words. */
    public String title() {
      return title;
    }

    /** What it used to take. */
    public Duration was() {
      return was;
    }

    /** It should take less than this. */
    public Duration target() {
      return target;
    }

    /** It would best take less than this. */
    public Duration stretch() {
      return stretch;
    }
  }

  /**
   * One operation of a run.
   *
   * @param operation which
   * @param took how long it took; empty when the run does not tell
   */
  public record Line(Operation operation, Optional<Duration> took) {
    /** {@code stretch}, {@code target}, {@code missed} or {@code not measured}. */
    public String judgement() {
      if (took.isEmpty()) {
        return "not measured";
      }
      if (took.get().compareTo(operation.stretch()) < 0) {
        return "stretch";
      }
      return took.get().compareTo(operation.target()) < 0 ? "target" : "missed";
    }

    /** For example {@code test suite: 1m 40s (target below 3m, stretch below 2m): stretch}. */
    @Override
    public String toString() {
      return operation.title()
          + ": "
          + took.map(Durations::plain).orElse("n/a")
          + " (target below "
          + Durations.plain(operation.target())
          + ", stretch below "
          + Durations.plain(operation.stretch())
          + "): "
          + judgement();
    }
  }

  static SpeedReport of(Pipeline pipeline, PipelineState state) {
    var tests =
        Stream.of(DeliveryPipeline.UNIT_TESTS, DeliveryPipeline.INTEGRATION_TESTS)
            .map(state.stages()::get)
            .filter(Objects::nonNull)
            .toList();
    var lines = new ArrayList<Line>();
    for (var operation : Operation.values()) {
      lines.add(
          new Line(
              operation,
              switch (operation) {
                case HEALTH_CHECK -> longestOutput(state, "health_check_ms");
                case PROMPT_VALIDATION -> longestOutput(state, "prompt_validation_ms");
                case DEPLOYMENT -> deployment(pipeline, state);
                case TEST_SUITE -> span(tests);
                case PIPELINE -> whole(state);
              }));
    }
    return new SpeedReport(lines);
  }

  private static Optional<Duration> deployment(Pipeline pipeline, PipelineState state) {
    return pipeline.stages().stream()
        .filter(stage -> stage.environment().isPresent())
        .map(Stage::name)
        .map(state::stage)
        .flatMap(stage -> stage.took().map(took -> took.minus(plannedWait(stage))).stream())
        .max(Duration::compareTo);
  }

  /** From the first beginning to the last end. */
  private static Optional<Duration> span(List<StageState> stages) {
    var began = stages.stream().flatMap(stage -> stage.beganAt().stream()).min(Instant::compareTo);
    var ended =
        stages.stream()
            .filter(stage -> stage.took().isPresent())
            .map(StageState::since)
            .max(Instant::compareTo);
    return began.flatMap(first -> ended.map(last -> Duration.between(first, last)));
  }

  private static Optional<Duration> whole(PipelineState state) {
    var waits = Duration.ZERO;
    for (var stage : state.stages().values()) {
      waits = waits.plus(stage.held().orElse(Duration.ZERO)).plus(plannedWait(stage));
    }
    var waited = waits;
    return state.took().map(took -> took.minus(waited));
  }

  private static Duration plannedWait(StageState stage) {
    return millis(stage, PLANNED_WAIT_MS).orElse(Duration.ZERO);
  }

  private static Optional<Duration> longestOutput(PipelineState state, String output) {
    return state.stages().values().stream()
        .flatMap(stage -> millis(stage, output).stream())
        .max(Duration::compareTo);
  }

  private static Optional<Duration> millis(StageState stage, String output) {
    return Optional.ofNullable(stage.outputs().get(output))
        .filter(text -> text.matches("\\d{1,15}"))
        .map(text -> Duration.ofMillis(Long.parseLong(text)));
  }
}
