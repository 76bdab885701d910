package io.bellwether.benchmarks;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.run.FilePipelineStore;
import io.bellwether.pipeline.run.InMemoryPipelineStore;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.pipeline.run.PipelineStore;
import io.bellwether.pipeline.stage.DeliveryPipeline;
import io.bellwether.time.Scheduler;
import io.bellwether.time.Ticker;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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

/** What the engine itself takes for a run of the usual pipeline, whose stages do nothing here. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
public class PipelineBenchmark {
  private static final Scheduler NEVER = (delay, task) -> () -> {};
  private static final TimeSource TIME =
      new TimeSource(InstantSource.system(), Ticker.system(), NEVER);

  /** {@code memory}, or {@code file}, which waits for the disk after every decision. */
  @Param({"memory", "file"})
  String store = "memory";

  private final Pipeline pipeline = pipeline();
  private Path folder = Path.of("");
  private PipelineRunner runner = runner(InMemoryPipelineStore.create());
  private Runnable close = () -> {};

  /** Opens the store. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    folder = Files.createTempDirectory("pipeline-benchmark");
    if (store.equals("file")) {
      var file = FilePipelineStore.open(folder);
      runner = runner(file);
      close = file::close;
    } else {
      runner = runner(InMemoryPipelineStore.create());
    }
  }

  /** Removes it. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    runner.close();
    close.run();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Ten stages, from the first to the last. */
  @Benchmark
  public RunPhase run() {
    return runner.start(pipeline, Trigger.of("main", "4f2a9c1", "dev")).state().phase();
  }

  private static PipelineRunner runner(PipelineStore store) {
    return PipelineRunner.create(TIME, Runnable::run, r -> r.store(store));
  }

  private static Pipeline pipeline() {
    return DeliveryPipeline.named(
        "chat",
        p ->
            p.validate(PipelineBenchmark::idle)
                .unitTests(PipelineBenchmark::idle)
                .integrationTests(PipelineBenchmark::idle)
                .qualityGate(PipelineBenchmark::idle)
                .deployStaging(PipelineBenchmark::idle)
                .stagingSmokeTests(PipelineBenchmark::idle)
                .deployProduction(PipelineBenchmark::idle)
                .productionSmokeTests(PipelineBenchmark::idle)
                .monitor(PipelineBenchmark::idle)
                .tell(PipelineBenchmark::idle));
  }

  private static Stage.Builder idle(Stage.Builder stage) {
    return stage.run(context -> StageResult.success());
  }
}
