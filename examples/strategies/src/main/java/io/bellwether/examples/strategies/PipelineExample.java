package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.pipeline.StageCondition.branches;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.health.HealthChecks;
import io.bellwether.health.HealthRegistry;
import io.bellwether.health.HealthResult;
import io.bellwether.incident.IncidentDesk;
import io.bellwether.incident.RecentDeployments;
import io.bellwether.incident.RecoveryCheck;
import io.bellwether.incident.Rollback;
import io.bellwether.incident.Runbook;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.protection.ApprovalSource;
import io.bellwether.pipeline.protection.DeploymentWindow;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.report.RunReport;
import io.bellwether.pipeline.run.FilePipelineStore;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.pipeline.stage.DeployStage;
import io.bellwether.pipeline.stage.Deployer;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A pipeline with an approval, run on a time that passes at once. */
public final class PipelineExample {
  private PipelineExample() {}

  /** The pipeline of the guide. */
  static Pipeline pipeline(Deployer toProduction) {
    // begin: pipeline
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("unit-tests", s -> s.timeout(ofMinutes(5)).run(context -> tests()))
                    .stage("integration-tests", s -> s.retries(1, ofSeconds(10)).run(c -> tests()))
                    .stage(
                        "deploy",
                        s ->
                            s.needs("unit-tests", "integration-tests")
                                .when(branches("main"))
                                .environment("production")
                                .stopWithin(ofMinutes(5))
                                .begin(new DeployStage(toProduction)))
                    .stage("tell", s -> s.needs("deploy").always().perform(c -> {})));
    // end
    return pipeline;
  }

  /** The rules of the guide. */
  static Environment production() {
    // begin: protection
    var production =
        Environment.named(
            "production",
            e ->
                e.reviewers(r -> r.people("lead", "peer"))
                    .waitTimer(ofMinutes(5))
                    .branches("main")
                    .window(DeploymentWindow.weekdays("09:00", "16:00", ZoneId.of("Europe/Berlin")))
                    .administrators("ops"));
    // end
    return production;
  }

  /** The runner of the guide. */
  static PipelineRunner runner(
      TimeSource time,
      Executor executor,
      FilePipelineStore store,
      AuditLog audit,
      ApprovalSource approvals,
      Pipeline pipeline) {
    // begin: runner
    var runner =
        PipelineRunner.create(
            time,
            executor,
            r ->
                r.store(store)
                    .environment(production())
                    .approvals(approvals)
                    .audit(audit)
                    .resume(pipeline));
    // end
    return runner;
  }

  /** The checks of the guide. */
  static HealthRegistry health(TimeSource time, Executor executor) {
    // begin: health
    var health =
        HealthRegistry.create(
            time,
            executor,
            h ->
                h.check("disk", HealthChecks.disk(Path.of("."), percent(1)))
                    .check("memory", HealthChecks.memory(percent(2)))
                    .check("queue", ofSeconds(2), () -> HealthResult.ok("3 waiting"))
                    .cachedFor(ofSeconds(5)));
    // end
    return health;
  }

  /** The desk of the guide. */
  static IncidentDesk desk(
      TimeSource time, Executor executor, AuditLog audit, Rollback revert, HealthRegistry health) {
    // begin: incidents
    var desk =
        IncidentDesk.create(
            time,
            executor,
            d ->
                d.runbook(Runbook.standard())
                    .deployments(RecentDeployments.from(audit, "chat", "production"))
                    .rollback(revert)
                    .rollBackByItself()
                    .recovery(RecoveryCheck.health(health))
                    .audit(audit));
    // end
    return desk;
  }

  /** Prints a run that waited for its approval. */
  public static void main(String[] args) throws IOException {
    var time = VirtualTime.create();
    var approvals = ProgrammaticApprovals.create(time);
    var folder = Files.createTempDirectory("pipeline-example");
    var pipeline = pipeline((version, context) -> new Instantly());
    try (var store = FilePipelineStore.open(folder);
        var audit = AuditLog.open(folder.resolve("audit.log"));
        var runner = runner(time.source(), Runnable::run, store, audit, approvals, pipeline)) {
      var run = runner.start(pipeline, Trigger.of("main", "4f2a9c1", "dev"));
      approvals.approve(run.id(), "deploy", "lead", "looks good");
      time.advance(ofMinutes(12 * 60));
      System.out.print(RunReport.of(pipeline, run.state()).tree());
      audit.deployments().forEach(System.out::println);
    }
    System.out.println(health(time.source(), Runnable::run).report().status());
  }

  private static StageResult tests() {
    return StageResult.success("40 tests");
  }

  /** A deployment that takes no time. */
  private record Instantly() implements Deployer.Deployment {
    @Override
    public CompletionStage<StageResult> end() {
      return CompletableFuture.completedFuture(StageResult.success("promoted"));
    }

    @Override
    public void abort(String actor, String reason) {
      // It has ended already.
    }
  }
}
