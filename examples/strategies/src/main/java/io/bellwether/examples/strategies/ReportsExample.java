package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.release.Version.version;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.charts.ReportPage;
import io.bellwether.dashboard.Dashboard;
import io.bellwether.release.Release;
import io.bellwether.report.RolloutReport;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.secret.Secret;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Rollouts to look at: a report to keep, and a live page. */
public final class ReportsExample {
  private ReportsExample() {}

  /** Writes a page of a simulated rollout, and opens a dashboard for a moment. */
  public static void main(String[] args) throws IOException {
    var file = Files.createTempFile("report", ".html");
    report(file);
    System.out.println(Files.size(file) > 10_000 ? "a page was written" : "the page is too short");
    var executor = Executors.newScheduledThreadPool(2);
    try {
      dashboard(TimeSource.system(executor), executor);
    } finally {
      executor.shutdownNow();
      Files.delete(file);
    }
  }

  private static void report(Path file) {
    // begin: report
    var simulation = CanaryExample.canary().simulate(traffic(600).candidateErrors(percent(9)));
    var report = RolloutReport.of(simulation.journal());
    System.out.println(report.toMarkdown());
    ReportPage.write(report, file);
    // end
  }

  private static void dashboard(TimeSource time, ExecutorService executor) {
    var release = Release.named("support-prompt").initial(version("v6"));
    var router = LocalRouter.of(release);
    var canary = CanaryExample.canary();
    var token = Secret.of("a token of 16 characters or more");
    // begin: dashboard
    var recorder =
        RolloutRecorder.create(
            r -> r.windows(router.windows(), ofMinutes(5)).every(ofSeconds(10), time));
    var runtime =
        RolloutRuntime.create(
            r -> r.router(router).metrics(router.windows()).release(release).listener(recorder));
    var dashboard =
        Dashboard.start(
            d ->
                d.runtime(runtime, recorder)
                    .threads(time, executor)
                    .operator("release manager", token)
                    .routing((name, user) -> router.explain(user))
                    .pages(ReportPage::html));
    // end
    runtime.start(canary, version("v7"));
    System.out.println("the dashboard is at " + dashboard.uri().getHost());
    dashboard.close();
    runtime.close();
  }
}
