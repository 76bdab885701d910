package io.bellwether.examples.quickstart;

import io.bellwether.charts.ReportPage;
import io.bellwether.examples.quickstart.console.Progress;
import io.bellwether.examples.quickstart.console.Row;
import io.bellwether.examples.quickstart.console.Style;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.examples.quickstart.load.Trace;
import io.bellwether.examples.quickstart.load.TraceGenerator;
import io.bellwether.examples.quickstart.load.TraceReader;
import io.bellwether.examples.quickstart.report.ReportFile;
import io.bellwether.examples.quickstart.report.ReportFile.RunFacts;
import io.bellwether.examples.quickstart.report.ScenarioResult;
import io.bellwether.examples.quickstart.report.Story;
import io.bellwether.report.RolloutReport;
import io.bellwether.time.Durations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the scenarios side by side, shows them, and writes down what came of them. */
final class SideBySide {
  private static final int GENERATED_REQUESTS = 10_000;

  /** How long one rollout begins after the other, and its users before it. */
  private static final Duration APART = Duration.ofMinutes(1);

  private final Options options;
  private final Trace trace;
  private final Path reportFile;
  private final PrintStream out;
  private final Style style;
  private final List<ScenarioRun> runs = new CopyOnWriteArrayList<>();

  private SideBySide(Options options, Trace trace, Path reportFile, PrintStream out, Style style) {
    this.options = options;
    this.trace = trace;
    this.reportFile = reportFile;
    this.out = out;
    this.style = style;
  }

  /**
   * Reads and checks whatever could be wrong, before anything is started.
   *
   * @throws UsageException if something is
   */
  static SideBySide prepare(Options options, PrintStream out, Style style) {
    var trace =
        options
            .trace()
            .map(TraceReader::read)
            .orElseGet(() -> TraceGenerator.generate(options.rng(), GENERATED_REQUESTS));
    return new SideBySide(options, trace, ReportFile.in(options.out()), out, style);
  }

  /** Whether every scenario ended as stated. */
  boolean run() throws IOException, InterruptedException {
    var started = System.nanoTime();
    introduce();
    WarmUp.run(trace, options.speed());
    var results = runAll();
    var wallTime = Duration.ofNanos(System.nanoTime() - started);
    report(results, wallTime);
    return results.stream().allMatch(ScenarioResult::asExpected);
  }

  private void introduce() {
    out.printf(
        Locale.ROOT,
        "Rolling out v2 of a prompt beside v1, time running %s times as fast as life.%n",
        plain(options.speed()));
    out.println("Trace: " + options.trace().map(Path::toString).orElse("generated") + ", " + trace);
    out.printf(
        Locale.ROOT,
        "Pace: its arrivals are spaced so that each scenario gets %,d requests in %s.%n",
        options.requests(),
        Durations.plain(ScenarioRun.PLANNED));
    out.println("v1: " + Scenario.STABLE);
    options
        .scenarios()
        .forEach(s -> out.printf("%-8s  %s: %s%n", s.name(), s.story(), s.candidate()));
    out.println("Warming up the JVM ...");
    out.flush();
  }

  private List<ScenarioResult> runAll() throws IOException, InterruptedException {
    var clock = FastClock.start(options.speed());
    var waiting = Threads.pool("scenario", options.scenarios().size());
    try (var progress = Progress.start(out, style, this::rows)) {
      var results = new ArrayList<Future<ScenarioResult>>();
      for (var scenario : options.scenarios()) {
        var run = ScenarioRun.open(scenario, options, trace, clock, progress::say);
        runs.add(run);
        TimeUnit.NANOSECONDS.sleep(clock.onTheWall(APART).toNanos());
        run.begin();
        results.add(waiting.submit(run::result));
      }
      return all(results);
    } finally {
      runs.forEach(ScenarioRun::close);
      waiting.shutdownNow();
    }
  }

  private Map<String, RolloutReport> reports() {
    var reports = new LinkedHashMap<String, RolloutReport>();
    runs.forEach(run -> run.report().ifPresent(report -> reports.put(run.name(), report)));
    return reports;
  }

  private List<Row> rows() {
    return runs.stream().map(ScenarioRun::row).toList();
  }

  private static List<ScenarioResult> all(List<Future<ScenarioResult>> futures)
      throws InterruptedException {
    var results = new ArrayList<ScenarioResult>();
    try {
      for (var future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a scenario could not be summed up", broken.getCause());
    }
    return results;
  }

  private void report(List<ScenarioResult> results, Duration wallTime) throws IOException {
    out.println();
    for (var result : results) {
      Story.of(result).forEach(out::println);
      out.println();
    }
    Story.tooBusy(results, options.speed()).ifPresent(out::println);
    var facts = new RunFacts(options.speed(), options.rng(), trace.toString(), wallTime);
    ReportFile.write(reportFile, facts, results);
    var page = ReportFile.page(reportFile);
    Files.writeString(page, ReportPage.html("Rolling out v2 of a prompt", reports()));
    out.printf(
        Locale.ROOT,
        "%d of %d scenarios ended as stated, in %.0f s; the report is %s, to look at %s%n",
        results.stream().filter(ScenarioResult::asExpected).count(),
        results.size(),
        wallTime.toMillis() / 1000.0,
        reportFile,
        page.getFileName());
    out.flush();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
