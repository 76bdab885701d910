package io.bellwether.benchmarks.fleet;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bellwether.fleet.Fleet;
import io.bellwether.gate.MetricGate;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.metrics.Outcome;
import io.bellwether.parts.RealPostgres;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.Timing;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Many replicas in one process, and many rollouts at once, on one PostgreSQL: what they cost the
 * database, and how long it takes from a closed block to the weight that every replica serves.
 *
 * <p>Arguments: replicas, rollouts, seconds of the quiet part.
 */
public final class FleetScale {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");
  private static final int BAD_AT_ONCE = 20;
  private static final int ROUNDS = 5;

  private final int rollouts;
  private final CountingSource source;
  private final List<Fleet> replicas = new ArrayList<>();
  private final Set<String> bad = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Long> decided = new ConcurrentHashMap<>();
  private final AtomicLong closedAt = new AtomicLong();
  private volatile boolean over;

  private FleetScale(int rollouts, CountingSource source) {
    this.rollouts = rollouts;
    this.source = source;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    var replicas = Integer.parseInt(arguments[0]);
    var rollouts = Integer.parseInt(arguments[1]);
    var seconds = Integer.parseInt(arguments[2]);
    var directory = Files.createTempDirectory("fleet-scale");
    try (var server = RealPostgres.start(directory).orElseThrow();
        var pool = pool(server.url())) {
      new FleetScale(rollouts, new CountingSource(pool)).run(server.url(), replicas, seconds);
    } finally {
      delete(directory);
    }
    System.exit(0);
  }

  private static HikariDataSource pool(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(100);
    config.setConnectionTimeout(30_000);
    return new HikariDataSource(config);
  }

  private void run(String url, int count, int seconds) throws Exception {
    var database = JdbcDatabase.of(source.asDataSource()).createSchema();
    var timer = Executors.newScheduledThreadPool(2);
    var workers = Executors.newCachedThreadPool();
    var threads = RuntimeThreads.hosted(timer, workers);
    var begun = System.nanoTime();
    for (var i = 0; i < count; i++) {
      replicas.add(replica(database, url, "replica-" + i, threads));
    }
    until("a leader", () -> replicas.stream().anyMatch(Fleet::leads));
    say("%d replicas of %d releases after %.1f s", count, rollouts, since(begun));
    workers.execute(this::traffic);
    workers.execute(() -> watchClosing(database));
    startAll();
    load(database, seconds);
    latency();
    over = true;
    replicas.forEach(Fleet::close);
    timer.shutdownNow();
    workers.shutdownNow();
  }

  private Fleet replica(JdbcDatabase database, String url, String name, RuntimeThreads threads) {
    var listening = new PGSimpleDataSource();
    listening.setUrl(url);
    return Fleet.join(
        database,
        f -> {
          f.replica(name).threads(threads).listenOn(listening);
          for (var i = 0; i < rollouts; i++) {
            f.release(new Release(name(i), V1)).strategy(strategy(name(i)));
          }
          return f.runtime(
              r ->
                  r.listener(
                      (event, state) -> {
                        if (state.phase() == Phase.ABORTING) {
                          decided.putIfAbsent(state.release(), closedAt.get());
                        }
                      }));
        });
  }

  private static DeploymentStrategy strategy(String release) {
    var gate =
        MetricGate.named(
            "errors", g -> g.require(errorRate().atMost(percent(5)).over(Duration.ofMinutes(1))));
    return DeploymentStrategy.canary(
        release,
        c ->
            c.step(10, Duration.ofHours(2))
                .step(100, Duration.ofMinutes(1))
                .gates(gate)
                .timing(Timing.defaults().withWarmUp(Duration.ZERO)));
  }

  private static String name(int i) {
    return "release-" + i;
  }

  private void startAll() throws InterruptedException {
    var begun = System.nanoTime();
    var starters = Executors.newFixedThreadPool(8);
    for (var i = 0; i < rollouts; i++) {
      var release = name(i);
      var fleet = replicas.get(i % replicas.size());
      starters.execute(() -> fleet.start(release, V2));
    }
    starters.shutdown();
    starters.awaitTermination(10, TimeUnit.MINUTES);
    until(
        "every replica serves every canary",
        () ->
            replicas.stream()
                .allMatch(
                    it -> {
                      for (var i = 0; i < rollouts; i++) {
                        if (it.routers().read(name(i)).weight().isZero()) {
                          return false;
                        }
                      }
                      return true;
                    }));
    say("%d rollouts under way everywhere after %.1f s", rollouts, since(begun));
  }

  /** One request of each version for each release and replica in ten seconds. */
  private void traffic() {
    while (!over) {
      var begun = System.nanoTime();
      for (var i = 0; i < rollouts && !over; i++) {
        for (var fleet : replicas) {
          var windows = fleet.routers().windows();
          var now = windows.ticker().nanos();
          var stable = windows.of(name(i), V1);
          stable.begin(now);
          stable.end(now, now + 5_000_000, Outcome.success(), 10);
          var candidate = windows.of(name(i), V2);
          candidate.begin(now);
          candidate.end(
              now,
              now + 5_000_000,
              bad.contains(name(i)) ? Outcome.error("bad") : Outcome.success(),
              10);
        }
        if (i % 10 == 0) {
          var due = begun + 10_000_000_000L * i / rollouts;
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
      LockSupport.parkNanos(begun + 10_000_000_000L - System.nanoTime());
    }
  }

  private void watchClosing(JdbcDatabase database) {
    var last = 0L;
    while (!over) {
      var now = source.uncounted(() -> one(database, "select closed_to from bellwether_fleet"));
      if (now != last) {
        closedAt.set(System.nanoTime());
        last = now;
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static long one(JdbcDatabase database, String sql) {
    return database.read(
        "a number",
        connection -> {
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  private void load(JdbcDatabase database, int seconds) throws InterruptedException {
    TimeUnit.SECONDS.sleep(20);
    var before = Figures.read(database, source);
    TimeUnit.SECONDS.sleep(seconds);
    var minutes = seconds / 60.0;
    Figures.read(database, source).minus(before).say(rollouts, replicas.size(), minutes);
  }

  private void latency() throws InterruptedException {
    var latencies = new ArrayList<Double>();
    for (var round = 0; round < ROUNDS && (round + 1) * BAD_AT_ONCE <= rollouts; round++) {
      var chosen = new ArrayList<String>();
      for (var i = 0; i < BAD_AT_ONCE; i++) {
        chosen.add(name(round * BAD_AT_ONCE + i));
      }
      bad.addAll(chosen);
      var open = new ArrayList<>(chosen);
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        open.removeIf(
            release -> {
              var everywhere =
                  replicas.stream().allMatch(it -> it.routers().read(release).weight().isZero());
              if (everywhere && decided.containsKey(release)) {
                latencies.add((System.nanoTime() - decided.get(release)) / 1e9);
                return true;
              }
              return false;
            });
        LockSupport.parkNanos(5_000_000);
      }
      if (!open.isEmpty()) {
        say("not taken back within 120 s: %s", open);
      }
    }
    latencies.sort(null);
    say(
        "from a closed block to the weight every replica serves, %d rollbacks: p50 %.2f s, p99"
            + " %.2f s, longest %.2f s",
        latencies.size(),
        latencies.get(latencies.size() / 2),
        latencies.get((latencies.size() * 99 + 99) / 100 - 1),
        latencies.get(latencies.size() - 1));
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited 5 minutes for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(it -> it.toFile().delete());
    }
  }
}
