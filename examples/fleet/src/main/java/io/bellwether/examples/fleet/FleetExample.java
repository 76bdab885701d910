package io.bellwether.examples.fleet;

import io.bellwether.parts.RealProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The story that {@code examples/fleet/run} tells. */
public final class FleetExample {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final long begun = System.nanoTime();
  private final Machine machine;
  private final Books books;
  private final Load load;
  private String heard = "";

  private FleetExample(Machine machine, Load load) {
    this.machine = machine;
    this.books = new Books(machine.postgres().url());
    this.load = load;
  }

  /** Tells it, and ends. */
  public static void main(String[] args) throws IOException {
    var directory = Files.createTempDirectory("fleet");
    var started = Machine.start(directory);
    if (started.isEmpty()) {
      System.out.println("The fleet needs HAProxy and PostgreSQL.");
      return;
    }
    try (var machine = started.get();
        var load = Load.on(machine.port(), 200)) {
      var prometheus = prometheus(directory, machine);
      try {
        new FleetExample(machine, load).tell();
      } finally {
        prometheus.ifPresent(Process::destroy);
      }
    }
  }

  private static Optional<Process> prometheus(Path directory, Machine machine) throws IOException {
    var program = RealProgram.find("prometheus", "prometheus");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    var text = new StringBuilder("global:\n  scrape_interval: 1s\nscrape_configs:\n");
    text.append("  - job_name: chat\n    static_configs:\n      - targets:\n");
    for (var i = 0; i < Machine.REPLICAS; i++) {
      text.append("          - 127.0.0.1:").append(machine.port(i)).append('\n');
    }
    var file = Files.writeString(directory.resolve("prometheus.yml"), text);
    var port = RealProgram.freePort();
    System.out.println("Prometheus looks at http://127.0.0.1:" + port);
    return Optional.of(
        RealProgram.start(
            directory.resolve("prometheus.log"),
            program.get().toString(),
            "--config.file=" + file,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=127.0.0.1:" + port));
  }

  private void tell() {
    say("three replicas behind HAProxy on port " + machine.port() + ", 200 requests a second");
    listenUntil("a leader", () -> books.leader().isPresent());
    say("v2 is good; its rollout is asked of " + Machine.name(2) + ", whoever leads");
    start("v2");
    listenUntil("v2 has half of the users", () -> share("v2") > 30);
    var leader = books.leader().orElseThrow();
    say("kill -9 of the leader, " + Machine.name(leader.replica()) + ", in mid-canary");
    var killed = System.nanoTime();
    machine.kill(leader.replica());
    listenUntil(
        "the next leader",
        () -> books.leader().filter(it -> it.fence() > leader.fence()).isPresent());
    var next = books.leader().orElse(leader);
    say(
        "%s took over after %d ms, fence %d"
            .formatted(
                Machine.name(next.replica()),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed),
                next.fence()));
    machine.startAgain(leader.replica());
    say(Machine.name(leader.replica()) + " is back");
    listenUntil("the end", this::isOver);
    say("v3 is bad: its model has no answer for three in ten");
    start("v3" + Model.BAD);
    listenUntil("the end", this::isOver);
    say(
        "%d requests, %d failed: %s"
            .formatted(load.requests(), load.failures().size(), load.failures()));
  }

  private void start(String version) {
    var answer = machine.ask(2, "/start?version=" + version);
    say(answer.map(it -> it.body()).orElse("no answer"));
  }

  private boolean isOver() {
    return books.isNothingOpen();
  }

  private long share(String version) {
    var counts = load.answersSince();
    var all = counts.values().stream().mapToLong(it -> it).sum();
    return all == 0 ? 0 : 100 * counts.getOrDefault(version, 0L) / all;
  }

  private void listenUntil(String what, BooleanSupplier happened) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited in vain for " + what + ":\n" + machine.said());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      tellNews();
    }
    tellNews();
  }

  private void tellNews() {
    var latest = books.rollouts().stream().findFirst().map(it -> it.explain()).orElse("");
    if (!latest.equals(heard)) {
      heard = latest;
      say("  " + latest);
    }
  }

  private void say(String text) {
    System.out.printf("%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, text);
  }
}
