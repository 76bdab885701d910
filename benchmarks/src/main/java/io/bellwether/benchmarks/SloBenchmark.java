package io.bellwether.benchmarks;

import static io.bellwether.Ratio.percent;

import io.bellwether.slo.BudgetStore;
import io.bellwether.slo.Counted;
import io.bellwether.slo.EventSums;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.LedgerEntry;
import io.bellwether.slo.LedgerEntry.Kind;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.slo.SloReport;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an SLO report costs, and what it costs to count an event for one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SloBenchmark {
  private static final int INCIDENTS = 1_000;

  private final Instant start = Instant.parse("2026-03-01T00:00:00Z");
  private final Instant now = start.plus(Duration.ofDays(30));

  /** Starts no thread, since event sums schedule nothing. */
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  private final SloCalculator calculator =
      SloCalculator.of(Slo.named("chat", s -> s.availability(percent(99.9))));
  private final LongAdder limit = new LongAdder();
  private final Measurements incidents = Measurements.of(month());
  private final EventSums sums = sums();
  private final long callersTime = System.nanoTime();

  /** A month with an incident every 43 minutes, of all kinds, many of them overlapping. */
  private IncidentLedger month() {
    var kinds = Kind.values();
    var entries = new ArrayList<LedgerEntry>();
    for (var i = 0; i < INCIDENTS; i++) {
      var from = start.plusSeconds(i * 2_592L);
      var to = from.plusSeconds(600 + (i * 7_919L) % 4_000);
      var kind = kinds[i % kinds.length];
      entries.add(new LedgerEntry("e" + i, kind, from, Optional.of(to), from, "ops", "why"));
    }
    return IncidentLedger.of(start, entries);
  }

  private EventSums sums() {
    var slo = Slo.named("errors", s -> s.errorRateBelow(percent(1)));
    return EventSums.of(slo, ZoneOffset.UTC, TimeSource.system(executor), BudgetStore.inMemory());
  }

  /** Lets go of the executor. */
  @TearDown
  public void close() {
    executor.shutdown();
  }

  /** A report over thirty days and a thousand incidents, line by line. */
  @Benchmark
  public SloReport report() {
    return calculator.report(incidents, now);
  }

  /** Counting an event with the time the caller has read already. */
  @Benchmark
  public void recordAt() {
    sums.record(Counted.GOOD, callersTime);
  }

  /** Counting an event. */
  @Benchmark
  public void record() {
    sums.record(Counted.GOOD);
  }

  /** The least that could do: read the clock and add. */
  @Benchmark
  public long limit() {
    limit.increment();
    return System.nanoTime();
  }
}
