package io.bellwether.benchmarks;

import io.bellwether.benchmarks.WindowRecordBenchmark.Next;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.WindowFigures;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.release.Version;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What reading a window of ten minutes costs that got 10,000 requests a second, 6,000,000 in all.
 * One request is recorded before each read, as in a live service, so that nothing can be cached.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class WindowReadBenchmark {
  /** Requests in ten minutes. */
  protected static final int REQUESTS = 6_000_000;

  /** Time from one request to the next. */
  protected static final long STEP_NANOS = 100_000;

  private static final Version VERSION = Version.version("v7");

  /** Our windows, filled. */
  @State(Scope.Benchmark)
  public static class Ours {
    private long now;
    final OutcomeWindows windows = OutcomeWindows.create(() -> now);

    /** The window that is read. */
    protected final OutcomeWindow window = windows.of("support-prompt", VERSION);

    final WindowFigures figures = new WindowFigures();

    final List<MetricQuery> gate =
        Stream.of(
                Metric.ERROR_RATE,
                Metric.SUCCESS_RATE,
                Metric.LATENCY_P95,
                Metric.LATENCY_P99,
                Metric.TOKENS_MEAN)
            .map(m -> new MetricQuery("support-prompt", VERSION, m, Duration.ofMinutes(10)))
            .toList();

    /** Records ten minutes and says how far the quantiles are off. */
    @Setup(Level.Trial)
    public void fill() {
      for (var i = 0; i < REQUESTS; i++) {
        now += STEP_NANOS;
        record(i & Answers.COUNT - 1);
      }
      var snapshot = window.snapshot();
      var exact = exact(REQUESTS - (int) snapshot.requests());
      System.out.printf(
          Locale.ROOT,
          "%nours: %s; quantiles off by %.2f %%, %.2f %%, %.2f %%%n",
          snapshot,
          off(snapshot.p50(), exact[0]),
          off(snapshot.p95(), exact[1]),
          off(snapshot.p99(), exact[2]));
    }

    void record(int i) {
      window.record(now, Answers.nanos(i), Answers.outcome(i), Answers.tokens(i));
    }
  }

  /** The bare window, filled. */
  @State(Scope.Benchmark)
  public static class Bare {
    private long now;
    private final long[] scratch = new long[2 * 28 * 64];
    final BareWindow window = new BareWindow(2, TimeUnit.SECONDS.toNanos(10), 0);

    /** Records ten minutes. */
    @Setup(Level.Trial)
    public void fill() {
      for (var i = 0; i < REQUESTS; i++) {
        now += STEP_NANOS;
        record(i & Answers.COUNT - 1);
      }
    }

    void record(int i) {
      window.record(now, Answers.nanos(i), Answers.failed(i), Answers.tokens(i));
    }

    double[] read() {
      return window.read(scratch);
    }
  }

  /** Exact quantiles of the answers from this one on, by nearest rank, in milliseconds. */
  protected static double[] exact(int from) {
    var sorted = new long[REQUESTS - from];
    for (var i = 0; i < sorted.length; i++) {
      sorted[i] = Answers.nanos(from + i & Answers.COUNT - 1);
    }
    Arrays.parallelSort(sorted);
    return Stream.of(0.5, 0.95, 0.99)
        .mapToDouble(q -> sorted[(int) Math.ceil(q * sorted.length) - 1] / 1e6)
        .toArray();
  }

  /** How far a quantile is off, in percent. */
  protected static double off(double actual, double exact) {
    return 100 * Math.abs(actual - exact) / exact;
  }

  /** The least: counts and three quantiles from running totals over two stripes. */
  @Benchmark
  public double[] limitRead(Bare bare, Next next) {
    bare.record(next.answer());
    return bare.read();
  }

  /** Ours, the whole window, into figures that are used again. */
  @Benchmark
  public WindowFigures figures(Ours ours, Next next) {
    ours.record(next.answer());
    ours.window.read(ours.figures);
    return ours.figures;
  }

  /** Ours, the whole window. */
  @Benchmark
  public WindowSnapshot snapshot(Ours ours, Next next) {
    ours.record(next.answer());
    return ours.window.snapshot();
  }

  /** Ours, the last five minutes, which takes visiting slices. */
  @Benchmark
  public WindowSnapshot snapshotOfFiveMinutes(Ours ours, Next next) {
    ours.record(next.answer());
    return ours.window.snapshot(Duration.ofMinutes(5));
  }

  /** Ours, the error rate alone. */
  @Benchmark
  public double errorRate(Ours ours, Next next) {
    ours.record(next.answer());
    return ours.window.errorRate();
  }

  /** Ours, the five metrics of a gate through the port. */
  @Benchmark
  public Map<MetricQuery, Reading> gateOfFive(Ours ours, Next next) {
    ours.record(next.answer());
    return ours.windows.readAll(ours.gate);
  }
}
