package io.bellwether.jdbc;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofMinutes;

import io.bellwether.gate.MetricGate;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Timing;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that wants to lead, and while it does rolls a version out, or goes on with that where
 * the last leader was killed. It says a line for everything that happens.
 */
final class RolloutProcess implements AutoCloseable {
  static final String BAD = "-bad";
  static final Duration TTL = Duration.ofSeconds(3);

  private static final double FASTER = 200;
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(200);

  private final Process process;
  private final BufferedReader lines;

  private RolloutProcess(Process process) {
    this.process = process;
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static RolloutProcess of(String url, String candidate) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            RolloutProcess.class.getName(),
            url,
            candidate);
    return new RolloutProcess(
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

  @Override
  public void close() {
    kill();
  }

  /** The process. */
  public static void main(String[] args) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (var test = TestDatabase.at(args[0], 4)) {
      var database = JdbcDatabase.of(test.pool());
      var lease = Lease.of(database, "kill", "p" + ProcessHandle.current().pid(), TTL);
      out.println("waits");
      var fence = lease.acquire();
      while (fence.isEmpty()) {
        LockSupport.parkNanos(POLL);
        fence = lease.acquire();
      }
      out.println("leads " + fence.get().number());
      lead(database, lease, fence.get(), args[1], out);
    }
  }

  private static void lead(
      JdbcDatabase database, Lease lease, Fence fence, String candidate, PrintStream out) {
    var store = JdbcRolloutStore.of(database).fencedBy(fence);
    var runtime =
        RolloutRuntime.builder()
            .router(new TableRouter(database, fence))
            .metrics(RolloutProcess::reading)
            .store(store)
            .notifier(alert -> note(database, fence, alert.key()))
            .release(Release.named("chat").initial("v1"))
            .resume(canary())
            .listener((event, state) -> out.println(event.explain()))
            .build();
    try (runtime) {
      if (store.runs("chat").isEmpty()) {
        out.println("starts");
        runtime.start(canary(), new Version(candidate));
      }
      while (lease.renew()) {
        if (store.unfinished().isEmpty()) {
          out.println("done");
          return;
        }
        LockSupport.parkNanos(POLL);
      }
      out.println("deposed");
    }
  }

  private static void note(JdbcDatabase database, Fence fence, String key) {
    database.write(
        "an alert",
        fence,
        connection -> Sql.update(connection, "insert into test_alert (name) values (?)", key));
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, faster(ofMinutes(3)))
                .step(50, faster(ofMinutes(3)))
                .step(100, faster(ofMinutes(3)))
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
}
