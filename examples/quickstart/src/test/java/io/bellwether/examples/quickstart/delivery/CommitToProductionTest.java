package io.bellwether.examples.quickstart.delivery;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.incident.IncidentDesk;
import io.bellwether.incident.RecentDeployments;
import io.bellwether.incident.RecoveryCheck;
import io.bellwether.metrics.Metric;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.run.PipelineRun;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.pipeline.stage.DeployStage;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.runtime.StrategyDeployer;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment test as a host writes it: the service's own strategy and rules, on a time that
 * passes when the test says so, with users the test makes up.
 */
class CommitToProductionTest {
  private static final String RELEASE = "support-prompt";

  private final VirtualTime time = VirtualTime.create();
  private final ScriptedMetrics users = ScriptedMetrics.create(time);
  private final ProgrammaticApprovals approvals = ProgrammaticApprovals.create(time);

  @TempDir private Path folder;
  private AuditLog audit;
  private RolloutRuntime runtime;
  private PipelineRunner runner;

  @BeforeEach
  void open() {
    audit = AuditLog.open(folder.resolve("audit.log"));
    runtime =
        RolloutRuntime.create(
            r ->
                r.release(Release.named(RELEASE).initial(Prompts.V1))
                    .router(RecordingRouter.create(time))
                    .metrics(users)
                    .threads(RuntimeThreads.inline(time.source())));
    runner =
        PipelineRunner.create(
            time.source(),
            Runnable::run,
            r -> r.environment(ChatPipeline.productionRules()).approvals(approvals).audit(audit));
    experience(Prompts.V1, 0.01);
  }

  @AfterEach
  void close() {
    runner.close();
    runtime.close();
    audit.close();
  }

  @Test
  void a_good_prompt_reaches_its_users_after_an_approval() {
    experience(Prompts.V2, 0.01);
    var run = deliver(Prompts.V2);

    time.advance(ofMinutes(5));
    assertThat(run.state().stage("deploy").message()).contains("1 of 1 approval missing");
    approvals.approve(run.id(), "deploy", "lead", "looks good");
    time.advance(ofMinutes(10));

    assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    assertThat(runtime.stable(RELEASE)).isEqualTo(Prompts.V2);
    assertThat(audit.deployments()).hasToString("[v2 to production by dev, approved by lead]");
  }

  @Test
  void a_bad_prompt_is_caught_with_one_user_in_ten() {
    experience(Prompts.V3, 0.125);
    var run = deliver(Prompts.V3);
    approvals.approve(run.id(), "deploy", "lead", "looks good");
    time.advance(ofMinutes(5));

    assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
    assertThat(run.state().explain()).contains("ROLLED_BACK at step 1", "error_rate 12.5%");
    assertThat(runtime.stable(RELEASE)).isEqualTo(Prompts.V1);
  }

  @Test
  void a_prompt_that_turns_bad_is_taken_back_and_the_postmortem_is_there() {
    experience(Prompts.V4, 0.01);
    var run = deliver(Prompts.V4);
    approvals.approve(run.id(), "deploy", "lead", "looks good");
    time.advance(ofMinutes(20));
    assertThat(runtime.stable(RELEASE)).isEqualTo(Prompts.V4);

    try (var desk =
        IncidentDesk.create(
            time.source(),
            Runnable::run,
            d ->
                d.deployments(RecentDeployments.from(audit, RELEASE, "production"))
                    .rollback((it, actor, reason) -> runtime.revert(RELEASE, actor, reason))
                    .rollBackByItself()
                    .recovery(RecoveryCheck.of("the version before serves", this::recovered)))) {
      var id = desk.take(errorRate()).orElseThrow();
      time.advance(ofMinutes(1));

      assertThat(runtime.stable(RELEASE)).isEqualTo(Prompts.V1);
      assertThat(desk.incident(id).isOver()).isTrue();
      assertThat(desk.postmortem(id))
          .contains("support-prompt v4 to production by dev", "(suspected)", "rolled back");
    }
  }

  private PipelineRun deliver(Version version) {
    var deployer = StrategyDeployer.of(runtime, ChatPipeline.production(RELEASE));
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("test", s -> s.run(context -> StageResult.success("40 tests")))
                    .stage(
                        "deploy",
                        s ->
                            s.needs("test")
                                .environment("production")
                                .begin(new DeployStage(deployer))));
    return runner.start(pipeline, Trigger.of("main", "4f2a9c1", "dev").withVersion(version));
  }

  private Optional<String> recovered() {
    return runtime.stable(RELEASE).equals(Prompts.V1)
        ? Optional.empty()
        : Optional.of(runtime.stable(RELEASE) + " still serves");
  }

  private Alert errorRate() {
    return Alert.of(
        "error_rate_high",
        Severity.CRITICAL,
        time.instant(),
        a -> a.firing().label("release", RELEASE).summary("Error rate: 12.5% (threshold: 5%)"));
  }

  private void experience(Version version, double errorRate) {
    users.given(version, Metric.ERROR_RATE, errorRate, 1_000);
    users.given(version, Metric.EMPTY_RATE, 0, 1_000);
  }
}
