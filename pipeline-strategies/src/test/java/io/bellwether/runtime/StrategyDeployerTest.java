package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.report.RunReport;
import io.bellwether.pipeline.report.SpeedReport;
import io.bellwether.pipeline.run.FilePipelineStore;
import io.bellwether.pipeline.run.PipelineRun;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.pipeline.stage.DeployStage;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage of a pipeline that rolls out, on virtual time. */
class StrategyDeployerTest {
  private static final Version V1 = Version.version("v1");
  private static final Version V2 = Version.version("v2");
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "chat",
          c ->
              c.step(10, ofMinutes(10))
                  .step(100, ofMinutes(15))
                  .gates(
                      MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);

  @Test
  void a_good_version_is_promoted_and_the_planned_waits_are_told() {
    good();
    try (var runtime = runtime(new InMemoryRolloutStore());
        var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r)) {
      var pipeline = pipeline(runtime);
      var run = runner.start(pipeline, trigger());
      time.advance(ofMinutes(40));

      assertThat(run.state().stage("deploy").message())
          .isEqualTo("chat: v2 is the stable version, PROMOTED");
      var deployment = RunReport.of(pipeline, run.state()).speed().lines().get(2);
      assertThat(deployment.operation()).isEqualTo(SpeedReport.Operation.DEPLOYMENT);
      assertThat(run.state().stage("deploy").outputs())
          .containsEntry(SpeedReport.PLANNED_WAIT_MS, "" + Duration.ofMinutes(25).toMillis());
      assertThat(runtime.stable("chat")).isEqualTo(V2);
    }
  }

  @Test
  void a_bad_version_fails_the_stage_with_the_gates_words() {
    metrics.given(V1, Metric.ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, Metric.ERROR_RATE, 0.09, 1_000);
    try (var runtime = runtime(new InMemoryRolloutStore());
        var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r)) {
      var run = runner.start(pipeline(runtime), trigger());
      time.advance(ofMinutes(10));

      assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
      assertThat(run.state().explain()).contains("v2 is ROLLED_BACK").contains("error_rate 9%");
      assertThat(runtime.stable("chat")).isEqualTo(V1);
    }
  }

  @Test
  void cancelling_the_run_takes_the_rollout_back() {
    good();
    try (var runtime = runtime(new InMemoryRolloutStore());
        var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r)) {
      var run = runner.start(pipeline(runtime), trigger());
      time.advance(ofMinutes(5));
      run.cancel("ops", "wrong version");
      time.advance(ofMinutes(1));

      assertThat(run.state().phase()).isEqualTo(RunPhase.CANCELLED);
      assertThat(router.weights()).endsWith(0.0);
    }
  }

  @Test
  void what_is_stable_already_is_deployed() {
    good();
    try (var runtime = runtime(new InMemoryRolloutStore());
        var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r)) {
      var run = runner.start(pipeline(runtime), trigger().withVersion(V1));
      assertThat(run.state().stage("deploy").message())
          .isEqualTo("chat: v1 is the stable version already");
    }
  }

  @Test
  void after_a_restart_of_both_the_rollout_goes_on_and_is_not_begun_again(@TempDir Path folder) {
    good();
    String id;
    try (var rollouts = FileRolloutStore.open(folder);
        var pipelines = FilePipelineStore.open(folder);
        var runtime = runtime(rollouts);
        var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r.store(pipelines))) {
      id = runner.start(pipeline(runtime), trigger()).id();
      time.advance(ofMinutes(5));
    }
    time.advance(ofSeconds(30));
    try (var rollouts = FileRolloutStore.open(folder);
        var pipelines = FilePipelineStore.open(folder);
        var runtime = runtime(rollouts)) {
      var pipeline = pipeline(runtime);
      try (var runner =
          PipelineRunner.create(
              time.source(), Runnable::run, r -> r.store(pipelines).resume(pipeline))) {
        time.advance(ofMinutes(40));
        var run = runner.run(id).map(PipelineRun::state).orElseThrow();
        assertThat(run.phase()).isEqualTo(RunPhase.SUCCEEDED);
        assertThat(rollouts.runs("chat")).hasSize(1);
        assertThat(run.stage("deploy").attempt()).isEqualTo(2);
      }
    }
  }

  private RolloutRuntime runtime(RolloutStore store) {
    return RolloutRuntime.create(
        r ->
            r.release(Release.named("chat").initial(V1))
                .router(router)
                .metrics(metrics)
                .store(store)
                .resume(CANARY)
                .threads(RuntimeThreads.inline(time.source())));
  }

  private static Pipeline pipeline(RolloutRuntime runtime) {
    var deployer = StrategyDeployer.of(runtime, CANARY);
    return Pipeline.named(
        "chat",
        p -> p.stage("deploy", s -> s.stopWithin(ofMinutes(5)).begin(new DeployStage(deployer))));
  }

  private static Trigger trigger() {
    return Trigger.of("main", "4f2a9c1", "dev").withVersion(V2);
  }

  private void good() {
    metrics.given(V1, Metric.ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, Metric.ERROR_RATE, 0.01, 1_000);
  }
}
