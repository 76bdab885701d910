package io.bellwether.benchmarks;

import static io.bellwether.Ratio.percent;

import io.bellwether.gate.Breaches;
import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.runtime.FileRolloutStore;
import io.bellwether.runtime.InMemoryRolloutStore;
import io.bellwether.store.JournalCodec;
import io.bellwether.store.RecordLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes until one check of a gate is remembered: the bare write, with and without waiting
 * for the disk, is the limit.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
public class StoreBenchmark {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  /** A directory that goes with the run. */
  @State(Scope.Benchmark)
  public static class Directory {
    Path path = Path.of("");

    /** Makes it. */
    @Setup
    public void make() throws IOException {
      path = Files.createTempDirectory("bellwether-store");
    }

    /** Removes it with all that is in it. */
    @TearDown
    public void remove() throws IOException {
      try (var files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  /** Bytes as a check of a gate has them, and a log to put them into. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  @State(Scope.Benchmark)
  public static class Log {
    /** Whether an append waits for the disk. */
    @Param({"EACH_APPEND", "LEFT_TO_SYSTEM"})
    public RecordLog.Sync sync = RecordLog.Sync.EACH_APPEND;

    final byte[] record = JournalCodec.encode(List.of(check()));
    RecordLog log;
    RandomAccessFile file;

    /** Opens both files. */
    @Setup
    public void open(Directory directory) throws IOException {
      log = RecordLog.open(directory.path.resolve("log"), sync, (position, bytes) -> {});
      file = new RandomAccessFile(directory.path.resolve("bare").toFile(), "rw");
    }

    /** Closes both. */
    @TearDown
    public void close() throws IOException {
      log.close();
      file.close();
    }
  }

  /** A run under way, in each kind of store. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up first
  @State(Scope.Benchmark)
  public static class Stores {
    FileRolloutStore file;
    RolloutStore memory;
    long length;

    /** Opens them, for each iteration anew, so that no journal grows without end. */
    @Setup(Level.Iteration)
    public void open(Directory directory) throws IOException {
      file = FileRolloutStore.open(Files.createTempDirectory(directory.path, "store"));
      memory = new InMemoryRolloutStore();
      file.append("run", 0, List.of(accepted()));
      memory.append("run", 0, List.of(accepted()));
      length = 1;
    }

    /** Closes them. */
    @TearDown(Level.Iteration)
    public void close() {
      file.close();
    }
  }

  private static RolloutEvent accepted() {
    return new RolloutEvent.Accepted(
        AT,
        new RunInfo(
            "run",
            "chat",
            new Version("v1"),
            new Version("v2"),
            RunInfo.Purpose.DEPLOY,
            "canary",
            AT));
  }

  private static RolloutEvent check() {
    var condition = Conditions.errorRate().atMost(percent(5));
    var result =
        new ConditionResult(
            condition,
            GateOutcome.PASS,
            Reading.of(0.012, 3_000, "windows"),
            Optional.of(Reading.of(0.01, 27_000, "windows")),
            Duration.ofMinutes(5),
            false,
            "");
    var verdict = new Verdict("production", GateOutcome.PASS, List.of(result), false);
    return new RolloutEvent.Checked(AT, List.of(verdict), Breaches.NONE, AT.plusSeconds(30));
  }

  /** The least that could do the job. */
  @Benchmark
  public void limit(Log state) throws IOException {
    state.file.write(state.record);
    if (state.sync == RecordLog.Sync.EACH_APPEND) {
      state.file.getFD().sync();
    }
  }

  /** One record into a log. */
  @Benchmark
  public long append(Log state) {
    return state.log.append(state.record);
  }

  /** One check into a store in a directory, which waits for the disk. */
  @Benchmark
  public void fileStore(Stores state) {
    state.file.append("run", state.length++, List.of(check()));
  }

  /** One check into a store in memory. */
  @Benchmark
  public void memoryStore(Stores state) {
    state.memory.append("run", state.length++, List.of(check()));
  }
}
