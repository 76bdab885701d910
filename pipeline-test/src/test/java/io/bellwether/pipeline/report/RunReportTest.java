package io.bellwether.pipeline.report;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.StageCondition;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.report.SpeedReport.Operation;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.release.Version;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private final VirtualTime time = VirtualTime.create();
  private final CompletableFuture<StageResult> tests = new CompletableFuture<>();
  private final CompletableFuture<StageResult> deployed = new CompletableFuture<>();

  private final Pipeline pipeline =
      Pipeline.named(
          "chat",
          p ->
              p.stage("unit-tests", s -> s.begin(c -> tests))
                  .stage(
                      "migrate",
                      s ->
                          s.needs("unit-tests")
                              .when(StageCondition.branches("other"))
                              .run(c -> StageResult.success()))
                  .stage(
                      "deploy",
                      s -> s.after("migrate").environment("production").begin(c -> deployed))
                  .stage(
                      "health",
                      s ->
                          s.needs("deploy")
                              .run(c -> StageResult.success().with("health_check_ms", "40"))));

  private final RunReport report = run();

  @Test
  void the_tree_tells_what_every_stage_did() {
    assertThat(report.tree())
        .isEqualTo(
            """
            chat v7 (main at 4f2a9c1, FEATURE) by dev: SUCCEEDED in 13m 30s
            └─ ✔ unit-tests  SUCCEEDED in 1m 30s  40 | 0
               └─ ○ migrate  SKIPPED  it applies when branch is other
                  └─ ✔ deploy  SUCCEEDED in 11m, held 1m
                     └─ ✔ health  SUCCEEDED in 0ms
            """);
  }

  @Test
  void a_run_of_an_earlier_pipeline_is_shown_with_its_own_stages() {
    var old =
        PipelineState.replay(
            List.of(
                new PipelineEvent.Accepted(
                    MutableClock.START,
                    "r",
                    "chat",
                    Trigger.of("main", "1", "dev"),
                    List.of("gone"))));
    var shown = RunReport.of(pipeline, old);
    assertThat(shown.tree()).contains("gone").doesNotContain("deploy");
    assertThat(shown.mermaid()).contains("gone");
    assertThat(shown.jobSummary()).contains("gone");
  }

  @Test
  void the_json_has_every_stage_with_its_times_and_votes() {
    assertThat(report.toJson())
        .contains(
            "\"phase\":\"SUCCEEDED\"",
            "\"took_ms\":810000",
            "{\"name\":\"migrate\",\"status\":\"SKIPPED\","
                + "\"message\":\"it applies when branch is other\",\"attempts\":0,"
                + "\"skipped_because\":\"CONDITION\",\"outputs\":{},\"votes\":[]}",
            "\"held_ms\":60000",
            "\"votes\":[\"APPROVE by lead: fine\"]")
        .doesNotContain("failed_stage");
  }

  @Test
  void the_graph_is_in_mermaids_language() {
    assertThat(RunReport.mermaid(pipeline))
        .isEqualTo(
            """
            flowchart LR
              s0["unit-tests"]
              s1["migrate"]
              s2["deploy<br/>🔒 production"]
              s3["health"]
              s0 --> s1
              s1 -.-> s2
              s2 --> s3
            """);
    assertThat(report.mermaid())
        .contains("s0[\"unit-tests<br/>1m 30s\"]:::succeeded", "s1[\"migrate\"]:::skipped")
        .contains("classDef succeeded");
  }

  @Test
  void names_cannot_break_out_of_the_graph() {
    var odd = Pipeline.named("x", p -> p.stage("a\"];b", s -> s.run(c -> StageResult.success())));
    assertThat(RunReport.mermaid(odd)).contains("s0[\"a#34;#93;#59;b\"]");
  }

  @Test
  void the_runs_figures_stand_beside_the_targets_without_waiting_for_people() {
    var speed = report.speed();
    assertThat(speed.lines())
        .extracting(SpeedReport.Line::toString)
        .containsExactly(
            "health check response: 40ms (target below 100ms, stretch below 50ms): stretch",
            "prompt validation: n/a (target below 200ms, stretch below 100ms): not measured",
            "deployment, without configured waits: 3m 30s (target below 5m, stretch below 3m):"
                + " target",
            "test suite: 1m 30s (target below 3m, stretch below 2m): stretch",
            "whole pipeline: 5m (target below 8m, stretch below 5m): target");
    assertThat(new SpeedReport.Line(Operation.PIPELINE, Optional.of(ofMinutes(8))))
        .extracting(SpeedReport.Line::judgement)
        .isEqualTo("missed");
  }

  @Test
  void the_job_summary_is_markdown_that_stages_cannot_break() {
    assertThat(report.jobSummary())
        .startsWith("## chat v7: SUCCEEDED\n\nv7 (main at 4f2a9c1, FEATURE) by dev, 13m 30s.\n")
        .contains(
            "| unit-tests | ✔ SUCCEEDED | 1m 30s | 40 \\| 0 |",
            "| test suite | 1m 30s | 4m | &lt; 3m | &lt; 2m | stretch |",
            "```mermaid\nflowchart LR\n");
  }

  private RunReport run() {
    var approvals = ProgrammaticApprovals.create(time);
    var production = Environment.named("production", e -> e.reviewers(r -> r.people("lead")));
    try (var runner =
        PipelineRunner.create(
            time.source(), Runnable::run, r -> r.environment(production).approvals(approvals))) {
      var run =
          runner.start(
              pipeline, Trigger.of("main", "4f2a9c1", "dev").withVersion(Version.version("v7")));
      time.advance(ofSeconds(90));
      tests.complete(StageResult.success("40 | 0"));
      time.advance(ofSeconds(45));
      approvals.approve(run.id(), "deploy", "lead", "fine");
      time.advance(ofSeconds(15));
      time.advance(ofMinutes(11));
      deployed.complete(StageResult.success().with(SpeedReport.PLANNED_WAIT_MS, "450000"));
      return RunReport.of(pipeline, run.state());
    }
  }
}
