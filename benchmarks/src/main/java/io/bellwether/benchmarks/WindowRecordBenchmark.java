package io.bellwether.benchmarks;

import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import io.bellwether.time.Ticker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What recording one outcome costs, beside the least it could cost and beside reading a clock. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class WindowRecordBenchmark {
  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The windows, ours and the bare ones, on the real clock and on a time that stands still. */
  @State(Scope.Benchmark)
  public static class Windows {
    private static final long START = System.nanoTime();

    /** In the middle of a slice, well after the start: most requests began within the slice. */
    volatile long now = START + SLICE_NANOS * 7 / 2;

    private boolean made;

    final OutcomeWindow onCallersTime = window(() -> made ? now : START);
    final OutcomeWindow onItsOwnClock = window(Ticker.system());
    final BareWindow bare = new BareWindow(8, SLICE_NANOS, now);

    /** Made after the windows, whose time starts when they are. */
    public Windows() {
      made = true;
    }

    private static OutcomeWindow window(Ticker ticker) {
      return OutcomeWindows.create(ticker).of("support-prompt", Version.version("v7"));
    }
  }

  /** A thread's way through the answers. */
  @State(Scope.Thread)
  public static class Next {
    private int at = (int) (Thread.currentThread().getId() * 7919);

    /** The number of the next answer. */
    public int answer() {
      return at++ & Answers.COUNT - 1;
    }
  }

  /** Reading the clock alone. */
  @Benchmark
  public long clock(Next next) {
    return next.answer() + System.nanoTime();
  }

  /** The least, on the caller's time. */
  @Benchmark
  public void limitCallersTime(Windows windows, Next next) {
    var i = next.answer();
    windows.bare.record(windows.now, Answers.nanos(i), Answers.failed(i), Answers.tokens(i));
  }

  /** The least, reading the clock. */
  @Benchmark
  public void limitOwnClock(Windows windows, Next next) {
    var i = next.answer();
    windows.bare.record(System.nanoTime(), Answers.nanos(i), Answers.failed(i), Answers.tokens(i));
  }

  /** Ours, on the caller's time. */
  @Benchmark
  public void recordCallersTime(Windows windows, Next next) {
    var i = next.answer();
    windows.onCallersTime.record(
        windows.now, Answers.nanos(i), Answers.outcome(i), Answers.tokens(i));
  }

  /** Ours, reading the clock. */
  @Benchmark
  public void recordOwnClock(Windows windows, Next next) {
    var i = next.answer();
    windows.onItsOwnClock.record(
        System.nanoTime(), Answers.nanos(i), Answers.outcome(i), Answers.tokens(i));
  }

  /** Ours, a request that begins and ends, on the caller's time. */
  @Benchmark
  public void beginAndEnd(Windows windows, Next next) {
    var i = next.answer();
    var now = windows.now;
    var start = now - Answers.nanos(i);
    windows.onCallersTime.begin(start);
    windows.onCallersTime.end(start, now, Answers.outcome(i), Answers.tokens(i));
  }
}
