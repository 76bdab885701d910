package io.bellwether.benchmarks.peers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import io.bellwether.benchmarks.Answers;
import io.bellwether.benchmarks.WindowRecordBenchmark;
import io.github.resilience4j.core.metrics.LockFreeSlidingTimeWindowMetrics;
import io.github.resilience4j.core.metrics.Metrics;
import io.github.resilience4j.core.metrics.SlidingTimeWindowMetrics;
import io.github.resilience4j.core.metrics.Snapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What recording one outcome costs, ours beside others. */
public class WindowRecordPeersBenchmark extends WindowRecordBenchmark {

  /** Micrometer: a timer with three quantiles over ten minutes, and counters for the rest. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Timer plain = Timer.builder("plain").register(registry);
    private final Timer timer =
        Timer.builder("timer")
            .publishPercentiles(0.5, 0.95, 0.99)
            .percentilePrecision(2)
            .distributionStatisticExpiry(Duration.ofMinutes(10))
            .distributionStatisticBufferLength(10)
            .register(registry);
    private final Counter errors = registry.counter("errors");
    private final Counter tokens = registry.counter("tokens");
  }

  /** The windows of resilience4j, which keep counts but no quantiles. */
  @State(Scope.Benchmark)
  public static class Resilience4j {
    private final Metrics locking = new SlidingTimeWindowMetrics(600, Clock.systemUTC());
    private final Metrics lockFree = new LockFreeSlidingTimeWindowMetrics(600);
  }

  /** Sketches of latencies alone, without a window. */
  @State(Scope.Benchmark)
  public static class Sketches {
    private final AtomicHistogram hdr = new AtomicHistogram(TimeUnit.HOURS.toMicros(1), 2);
    private final DDSketch dd = DDSketches.unboundedDense(0.01);
  }

  /** Micrometer doing the same job: quantiles over ten minutes, errors, tokens. */
  @Benchmark
  public void micrometerTenMinutesAndCounters(Micrometer micrometer, Next next) {
    var i = next.answer();
    micrometer.timer.record(Answers.nanos(i), TimeUnit.NANOSECONDS);
    if (Answers.failed(i)) {
      micrometer.errors.increment();
    }
    micrometer.tokens.increment(Answers.tokens(i));
  }

  /** Micrometer's timer without quantiles. */
  @Benchmark
  public void micrometerPlainTimer(Micrometer micrometer, Next next) {
    micrometer.plain.record(Answers.nanos(next.answer()), TimeUnit.NANOSECONDS);
  }

  /** The time window of resilience4j, by lock. */
  @Benchmark
  public Snapshot resilience4jTenMinutes(Resilience4j resilience4j, Next next) {
    return record(resilience4j.locking, next.answer());
  }

  /** The time window of resilience4j, without a lock. */
  @Benchmark
  public Snapshot resilience4jTenMinutesLockFree(Resilience4j resilience4j, Next next) {
    return record(resilience4j.lockFree, next.answer());
  }

  /** HdrHistogram, latencies of all time. */
  @Benchmark
  public void hdrAtomicHistogram(Sketches sketches, Next next) {
    sketches.hdr.recordValue(Answers.nanos(next.answer()) / 1000);
  }

  /** DDSketch, latencies of all time, by lock. */
  @Benchmark
  public void ddSketch(Sketches sketches, Next next) {
    var nanos = Answers.nanos(next.answer());
    synchronized (sketches.dd) {
      sketches.dd.accept(nanos);
    }
  }

  private static Snapshot record(Metrics metrics, int i) {
    return metrics.record(
        Answers.nanos(i),
        TimeUnit.NANOSECONDS,
        Answers.failed(i) ? Metrics.Outcome.ERROR : Metrics.Outcome.SUCCESS);
  }
}
