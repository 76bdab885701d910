package io.bellwether.examples.quickstart.delivery;

import static java.time.Duration.ofMinutes;

import io.bellwether.BellwetherException;
import io.bellwether.Ratio;
import io.bellwether.examples.quickstart.FastClock;
import io.bellwether.examples.quickstart.UsageException;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.examples.quickstart.model.Behaviour;
import io.bellwether.health.HealthChecks;
import io.bellwether.health.HealthRegistry;
import io.bellwether.health.HealthResult;
import io.bellwether.health.HealthStatus;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.report.RunReport;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.pipeline.stage.DeployStage;
import io.bellwether.pipeline.stage.MonitorStage;
import io.bellwether.pipeline.stage.QualityGate;
import io.bellwether.runtime.StrategyDeployer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the workflow files call, a command each. Approvals are asked for by the workflow's own
 * environment, so the rules here let everything go.
 *
 * <p>The service is the demonstration's own, in this process: a real host would give its router and
 * metrics instead. Exit codes: 0 it worked, 1 it did not, 2 started wrongly.
 */
public final class Deliver {
  private static final double SPEED = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final DeliverOptions options;
  private final PrintStream out;
  private final FastClock clock = FastClock.start(SPEED);
  private final ScheduledExecutorService timer = Threads.timer("deliver");
  private final ExecutorService workers = Threads.pool("deliver", 16);

  private Deliver(DeliverOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a command; {@code --help} lists them. */
  public static void main(String... args) throws Exception {
    var exitCode = run(System.out, System.err, System.getenv(), args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs a command and returns its exit code. */
  static int run(PrintStream out, PrintStream err, Map<String, String> environment, String... args)
      throws Exception {
    try {
      var options = DeliverOptions.parse(environment, args);
      if (options.command().equals("help")) {
        out.print(DeliverOptions.HELP);
        return 0;
      }
      return new Deliver(options, out).run() ? 0 : 1;
    } catch (UsageException | BellwetherException wrong) {
      err.println("deliver: " + wrong.getMessage());
      return 2;
    }
  }

  private boolean run() throws Exception {
    try {
      return switch (options.command()) {
        case "validate" -> through(validate());
        case "test" -> test();
        case "deploy-staging" -> staging();
        case "deploy-production" -> production();
        case "monitoring" -> monitoring();
        default -> throw new UsageException("unknown command '" + options.command() + "'");
      };
    } finally {
      timer.shutdownNow();
      workers.shutdownNow();
    }
  }

  private static Pipeline validate() {
    return Pipeline.named("chat", p -> p.stage("validate", s -> s.run(ChatPipeline::validate)));
  }

  private boolean test() throws IOException {
    var coverage = options.coverage();
    try (var place = place("tests")) {
      return through(
          Pipeline.named(
              "chat",
              p ->
                  p.stage("unit-tests", s -> s.run(ChatPipeline::unitTest))
                      .stage(
                          "integration-tests",
                          s ->
                              ChatPipeline.again(s)
                                  .run(context -> ChatPipeline.integrationTest(place, context)))
                      .stage(
                          "quality-gate",
                          s ->
                              s.needs("unit-tests", "integration-tests")
                                  .run(QualityGate.of(coverage)))));
    }
  }

  private boolean staging() throws IOException {
    try (var place = place("staging");
        var slots = new PromptSlots(place)) {
      refuseServingSlot(slots);
      var strategy = ChatPipeline.staging(place.release().name(), slots);
      var deployer = StrategyDeployer.of(place.runtime(), strategy);
      return through(
          Pipeline.named(
              "chat",
              p ->
                  p.stage(
                          "deploy-staging",
                          s -> s.environment("staging").begin(new DeployStage(deployer)))
                      .stage(
                          "staging-smoke-tests",
                          s ->
                              ChatPipeline.again(s.needs("deploy-staging"))
                                  .run(ChatPipeline.smokeTests(place.http(), place.uri())))));
    }
  }

  private void refuseServingSlot(PromptSlots slots) {
    var serving = slots.active(Prompts.V1);
    if (options.slot().equals(serving)) {
      throw new UsageException(
          "--slot " + serving + " serves users; deploy to the other one, or leave it out");
    }
  }

  private boolean production() throws IOException {
    try (var place = place("production")) {
      if (options.action().equals("rollback")) {
        return rollBack(place);
      }
      return through(deployToProduction(place));
    }
  }

  private Pipeline deployToProduction(Place place) {
    var release = place.release().name();
    var deployer = StrategyDeployer.of(place.runtime(), ChatPipeline.production(release));
    var users =
        MonitorStage.of(release, place.router().windows(), clock.time(timer), workers)
            .gate(ChatPipeline.GATE)
            .lasting(ofMinutes(1), Duration.ofSeconds(30));
    return Pipeline.named(
        "chat",
        p ->
            p.stage(
                    "deploy-production",
                    s -> s.environment("production").begin(new DeployStage(deployer)))
                .stage(
                    "production-smoke-tests",
                    s ->
                        ChatPipeline.again(s.needs("deploy-production"))
                            .run(ChatPipeline.smokeTests(place.http(), place.uri())))
                .stage("monitor", s -> s.needs("production-smoke-tests").begin(users)));
  }

  /** One command, allowed always: the version named, or the one before. */
  private boolean rollBack(Place place) {
    var release = place.release().name();
    var back =
        options.versionGiven()
            ? place.runtime().rollbackTo(release, options.version(), options.actor(), "workflow")
            : place.runtime().revert(release, options.actor(), "workflow");
    var end = back.await(PATIENCE);
    out.println(end.explain());
    return place.runtime().stable(release).equals(back.candidate());
  }

  private boolean monitoring() throws IOException {
    try (var place = place("production")) {
      var health =
          HealthRegistry.create(
              clock.time(timer),
              workers,
              h ->
                  h.check("ai_api", () -> reachable(place))
                      .check("disk", HealthChecks.disk(Path.of("."), Ratio.percent(1)))
                      .check("memory", HealthChecks.memory(Ratio.percent(2)))
                      .deadline(clock.here(Duration.ofSeconds(5))));
      var report = health.report();
      out.println(report.toJson());
      return report.status() != HealthStatus.DOWN;
    }
  }

  /** The provider's stub knows no path for health, so a small question has to do. */
  private static HealthResult reachable(Place place) throws InterruptedException {
    var findings = ChatPipeline.smokeTests(place.http(), place.uri()).run();
    return findings.stream().allMatch(finding -> finding.passed())
        ? HealthResult.ok()
        : HealthResult.degraded(findings.toString());
  }

  private Place place(String name) throws IOException {
    var store = options.store().map(folder -> folder.resolve(name));
    return Place.open(name, clock, ofMinutes(15), prompt -> Behaviour.healthy(), store);
  }

  private boolean through(Pipeline pipeline) {
    try (var runner =
        PipelineRunner.create(
            clock.time(timer),
            workers,
            r ->
                r.environment(Environment.named("staging", e -> e))
                    .environment(Environment.named("production", e -> e)))) {
      var trigger =
          Trigger.of(options.branch(), options.commit(), options.actor())
              .withVersion(options.version());
      var end = runner.start(pipeline, trigger).await(PATIENCE);
      var report = RunReport.of(pipeline, end);
      out.print(report.tree());
      options.summary().ifPresent(file -> append(file, report.jobSummary()));
      return end.phase() == RunPhase.SUCCEEDED;
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new BellwetherException("the job summary " + file + " cannot be written: " + e, e);
    }
  }
}
