package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.Timing;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that rolls one version out, or goes on with that where another was killed, and says a
 * line for everything that happens.
 */
final class CanaryProcess implements AutoCloseable {
  static final String BAD = "-bad";
  private static final double FASTER = 400;

  private final Process process;
  private final BufferedReader lines;

  private CanaryProcess(Process process) {
    this.process = process;
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static CanaryProcess of(Path directory, Version candidate) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            CanaryProcess.class.getName(),
            directory.toString(),
            candidate.id());
    return new CanaryProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line it says; empty when it has ended. */
  Optional<String> line() throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /** The signal that nothing can catch. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  int exitCode() {
    return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }

  /** The process. */
  public static void main(String[] args) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var directory = Path.of(args[0]);
    try (var store = FileRolloutStore.open(directory)) {
      out.println("opened");
      try (var runtime = runtime(directory, store, out)) {
        rollOut(runtime, store, new Version(args[1]), out);
        Eventually.within(ofSeconds(30), "people are told", () -> store.unfinished().isEmpty());
      }
    }
    out.println("done");
  }

  private static void rollOut(
      RolloutRuntime runtime, FileRolloutStore store, Version candidate, PrintStream out) {
    var current = runtime.current("chat");
    if (current.isEmpty() && hasRun(store, candidate)) {
      out.println("ended before");
      return;
    }
    out.println(current.isPresent() ? "resumed" : "started");
    var rollout = current.orElseGet(() -> runtime.start(canary(), candidate));
    rollout.await(Duration.ofSeconds(60));
  }

  private static boolean hasRun(FileRolloutStore store, Version candidate) {
    return store.runs("chat").stream()
        .map(run -> RolloutEvent.replay(store.journal(run)))
        .anyMatch(state -> state.candidate().equals(candidate));
  }

  private static RolloutRuntime runtime(Path directory, FileRolloutStore store, PrintStream out) {
    return RolloutRuntime.builder()
        .router(new FileRouter(directory))
        .metrics(CanaryProcess::reading)
        .store(store)
        .notifier(alert -> write(directory.resolve("alerts"), alert.key() + "\n"))
        .release(Release.named("chat").initial("v1"))
        .resume(canary())
        .listener((event, state) -> out.println(event.explain()))
        .build();
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, faster(ofMinutes(2)))
                .step(50, faster(ofMinutes(2)))
                .step(100, faster(ofMinutes(2)))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5)))))
                .timing(
                    Timing.defaults()
                        .fasterBy(FASTER)
                        .withProgressDeadline(ofMinutes(1))
                        .withAbortDeadline(ofMinutes(1))));
  }

  private static Duration faster(Duration duration) {
    return Duration.ofNanos((long) (duration.toNanos() / FASTER));
  }

  private static Reading reading(MetricQuery query) {
    var bad = query.version().id().endsWith(BAD);
    return Reading.of(bad ? 0.2 : 0.01, 5_000, "process");
  }

  private static void write(Path file, String line) {
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
