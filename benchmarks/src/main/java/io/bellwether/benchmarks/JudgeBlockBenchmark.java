package io.bellwether.benchmarks;

import io.bellwether.Ratio;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.JudgedStream;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.PairedBlock;
import io.bellwether.analysis.SequentialJudge;
import io.bellwether.analysis.SequentialState;
import io.bellwether.analysis.Tally;
import io.bellwether.routing.Weight;
import java.util.List;
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

/** What the sequential judge costs for one closed block of three streams, once in ten seconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class JudgeBlockBenchmark {
  private static final ArmCounts CANDIDATE = counts(10, 0, 0, 0);
  private static final ArmCounts STABLE = counts(90, 1, 0, 4);
  private static final PairedBlock BLOCK =
      new PairedBlock(1_000, Weight.percent(10), CANDIDATE, STABLE);

  private final SequentialState strict = warm(SequentialJudge.defaults());
  private final SequentialState tolerant =
      warm(
          SequentialJudge.create(
              j ->
                  j.tempered()
                      .streams(
                          JudgedStream.errors().tolerance(Ratio.percent(0.5)),
                          JudgedStream.empties().tolerance(Ratio.percent(0.5)),
                          JudgedStream.slow(0).tolerance(Ratio.percent(2)))));

  private static ArmCounts counts(long requests, long errors, long empties, long slow) {
    return new ArmCounts(requests, errors, empties, List.of(new Tally(requests, slow)), List.of());
  }

  private static SequentialState warm(SequentialJudge judge) {
    var state = judge.start(1);
    for (var i = 1; i <= 60; i++) {
      state = state.next(new PairedBlock(i, Weight.percent(10), CANDIDATE, STABLE));
    }
    return state;
  }

  /** One block. */
  @Benchmark
  public SequentialState block() {
    return strict.next(BLOCK);
  }

  /** One block with a tolerance and tempering. */
  @Benchmark
  public SequentialState blockWithTolerance() {
    return tolerant.next(BLOCK);
  }

  /** The judgement after it, with its intervals and words. */
  @Benchmark
  public Judgement judgement() {
    return strict.judgement();
  }

  /** All of the state as numbers for the journal. */
  @Benchmark
  public List<Double> numbers() {
    return strict.numbers();
  }
}
