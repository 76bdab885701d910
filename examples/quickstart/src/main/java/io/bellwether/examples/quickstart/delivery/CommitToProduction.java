package io.bellwether.examples.quickstart.delivery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.Ratio;
import io.bellwether.examples.quickstart.FastClock;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.examples.quickstart.model.Behaviour;
import io.bellwether.incident.IncidentDesk;
import io.bellwether.incident.ProviderStatus;
import io.bellwether.incident.RecentDeployments;
import io.bellwether.incident.RecoveryCheck;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.report.RunReport;
import io.bellwether.pipeline.run.FilePipelineStore;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.release.Version;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The story: three commits and a bad night. A good prompt reaches its users, a bad one is caught
 * with one user in ten, and one that turns bad after its promotion is taken back by the incident
 * desk, which writes the postmortem.
 */
public final class CommitToProduction implements AutoCloseable {
  private static final double SPEED = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PrintStream out;
  private final FastClock clock = FastClock.start(SPEED);
  private final AtomicBoolean night = new AtomicBoolean();
  private final ExecutorService workers = Threads.pool("delivery", 32);
  private final ScheduledExecutorService timer = Threads.timer("delivery");
  private final TimeSource time = clock.time(timer);
  private final Path folder;
  private final Place staging;
  private final Place production;
  private final PromptSlots slots;
  private final Pipeline pipeline;
  private final ProgrammaticApprovals approvals = ProgrammaticApprovals.create(clock::now);
  private final AuditLog audit;
  private final FilePipelineStore store;
  private final PipelineRunner runner;

  private CommitToProduction(PrintStream out) throws IOException {
    this.out = out;
    folder = Files.createTempDirectory("commit-to-production");
    staging = Place.open("staging", clock, ofMinutes(40), prompt -> Behaviour.healthy());
    production = Place.open("production", clock, ofMinutes(15), this::behaviour);
    slots = new PromptSlots(staging);
    var coverage = DeliverOptions.sampleCoverage();
    pipeline = ChatPipeline.of(staging, slots, production, coverage, time, workers, this::say);
    audit = AuditLog.open(folder.resolve("audit.log"));
    store = FilePipelineStore.open(folder);
    runner =
        PipelineRunner.create(
            time,
            workers,
            r ->
                r.store(store)
                    .environment(Environment.named("staging", e -> e))
                    .environment(ChatPipeline.productionRules())
                    .approvals(approvals)
                    .audit(audit)
                    .listener(this::on));
  }

  /** Tells the story; the exit code is 0 if it went as it should. */
  public static void main(String... args) throws IOException, InterruptedException {
    if (!tell(System.out)) {
      System.exit(1);
    }
  }

  /** Tells the story, and whether it went as it should. */
  static boolean tell(PrintStream out) throws IOException, InterruptedException {
    try (var story = new CommitToProduction(out)) {
      return story.tell();
    }
  }

  /** Whether everything went as it should. */
  private boolean tell() throws InterruptedException {
    out.printf(Locale.ROOT, "Time runs %.0f times as fast as life.%n", SPEED);
    chapter("1. A good prompt: v2");
    var good = deliver(Prompts.V2, "4f2a9c1");
    chapter("2. A bad one: v3, good in staging, one answer in eight fails real users");
    var bad = deliver(Prompts.V3, "77b01de");
    chapter("3. One that turns bad: v4, and the provider changes its model in the night");
    var late = deliver(Prompts.V4, "a90c3f2");
    var over = incident();
    chapter("Who deployed what");
    audit.deployments().forEach(out::println);
    audit.verify();
    out.println(audit + " verified, head " + audit.head().hash().substring(0, 12));
    return good.phase().name().equals("SUCCEEDED")
        && bad.phase().name().equals("FAILED")
        && late.phase().name().equals("SUCCEEDED")
        && over
        && stable().equals(Prompts.V2);
  }

  private PipelineState deliver(Version version, String commit) throws InterruptedException {
    var run = runner.start(pipeline, Trigger.of("main", commit, "dev").withVersion(version));
    var state = run.await(PATIENCE);
    out.println();
    out.print(RunReport.of(pipeline, state).tree());
    out.println("stable in production: " + stable());
    TimeUnit.NANOSECONDS.sleep(clock.onTheWall(ofSeconds(30)).toNanos());
    return state;
  }

  /** The night falls, an alert is raised, and the desk does the rest. */
  private boolean incident() throws InterruptedException {
    chapter("4. The night");
    var release = production.release().name();
    try (var desk =
            IncidentDesk.create(
                time,
                workers,
                d ->
                    d.deployments(RecentDeployments.from(audit, release, "production"))
                        .rollback(
                            (deployment, actor, reason) ->
                                production.runtime().revert(release, actor, reason))
                        .rollBackByItself()
                        .audit(audit)
                        .provider(() -> new ProviderStatus.Report("the AI provider", true, ""))
                        .stakeholders(alert -> say("told: " + alert.summary()))
                        .recovery(
                            RecoveryCheck.metrics(
                                ChatPipeline.GATE, () -> Alerting.users(production)))
                        .recovery(
                            RecoveryCheck.sampleRequests(
                                ChatPipeline.smokeTests(production.http(), production.uri()))));
        var alerting = new Alerting(production, time, desk.notifier())) {
      alerting.start();
      night.set(true);
      say("the provider's new model takes badly to v4's prompt");
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline && !over(desk)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      desk.incidents().forEach(incident -> out.println("\n" + incident.postmortem()));
      return over(desk);
    }
  }

  private static boolean over(IncidentDesk desk) {
    return !desk.incidents().isEmpty()
        && desk.incidents().stream().allMatch(incident -> incident.isOver());
  }

  private Version stable() {
    return production.runtime().stable(production.release().name());
  }

  private Behaviour behaviour(String prompt) {
    var bad = Behaviour.healthy().withErrors(Ratio.percent(12.5));
    if (prompt.equals(Prompts.text(Prompts.V3))) {
      return bad;
    }
    return prompt.equals(Prompts.text(Prompts.V4)) && night.get() ? bad : Behaviour.healthy();
  }

  private void on(PipelineEvent event, PipelineState state) {
    if (event instanceof PipelineEvent.OfStage) {
      say(event.explain());
    }
    if (event instanceof PipelineEvent.Held held && held.environment().equals("production")) {
      time.scheduler()
          .schedule(
              ofSeconds(30),
              () -> approvals.approve(state.run(), held.stage(), "lead", "looks good"));
    }
  }

  private void chapter(String title) {
    out.println();
    out.println("== " + title);
    out.println();
  }

  private void say(String what) {
    var sinceStart = Duration.between(clock.wallStart(), clock.now());
    out.printf(
        Locale.ROOT, "%02d:%02d  %s%n", sinceStart.toMinutes(), sinceStart.toSecondsPart(), what);
  }

  @Override
  public void close() {
    runner.close();
    store.close();
    audit.close();
    slots.close();
    staging.close();
    production.close();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
