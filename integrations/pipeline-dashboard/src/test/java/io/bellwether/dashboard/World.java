package io.bellwether.dashboard;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.InMemoryRolloutStore;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.secret.Secret;
import io.bellwether.slo.BurnDown;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** A host with releases on virtual time, and a dashboard on the machine's. */
final class World implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-tests-0123456789";
  static final String VIEWER = "a-token-to-look-with-0123456789";
  static final Version V1 = version("v1");

  final VirtualTime time = VirtualTime.create();
  final OutcomeWindows windows = OutcomeWindows.create(time.source().ticker());
  final LocalRouters routers;
  final InMemoryRolloutStore store = new InMemoryRolloutStore();
  final RolloutRecorder recorder;
  final RolloutRuntime runtime;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final IncidentLedger ledger;
  private Dashboard dashboard;
  private int answers;

  /** Whether traffic cannot be moved. */
  boolean routerDown;

  World(UnaryOperator<DashboardBuilder> settings, String... releases) {
    Dashboard.tuneHttpServer();
    var now = time.source().wall().instant();
    ledger =
        IncidentLedger.since(now.minus(Duration.ofDays(20)))
            .critical("down", now.minus(ofMinutes(500)), now.minus(ofMinutes(480)));
    routers =
        LocalRouters.create(
            r -> {
              r.windows(windows);
              for (var release : releases) {
                r.release(Release.named(release).initial(V1));
              }
            });
    recorder = recorder();
    runtime = runtime(releases);
    dashboard = open(settings, 0);
  }

  private RolloutRecorder recorder() {
    return RolloutRecorder.create(
        r ->
            r.windows(windows, ofMinutes(5))
                .every(ofSeconds(10), time.source())
                .store(store)
                .strategy(canary("chat")));
  }

  private RolloutRuntime runtime(String... releases) {
    return RolloutRuntime.create(
        r -> {
          for (var release : releases) {
            r.release(Release.named(release).initial(V1));
          }
          return r.router(moody())
              .metrics(windows)
              .store(store)
              .listener(recorder)
              .threads(RuntimeThreads.inline(time.source()));
        });
  }

  private TrafficRouter moody() {
    return new TrafficRouter() {
      @Override
      public void apply(TrafficSplit split) {
        if (routerDown) {
          throw new IllegalStateException("the router is down");
        }
        routers.apply(split);
      }

      @Override
      public TrafficSplit read(String release) {
        return routers.read(release);
      }
    };
  }

  private Dashboard open(UnaryOperator<DashboardBuilder> settings, int port) {
    return Dashboard.start(
        d ->
            settings.apply(
                d.runtime(runtime, recorder)
                    .threads(TimeSource.system(timer), pool)
                    .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .every(ofMillis(50))
                    .history(store, "chat")
                    .routing((release, key) -> routers.router(release).explain(key))
                    .budgets(release -> List.of(burnDown()))
                    .operator("release manager", Secret.of(TOKEN))
                    .viewer("onlooker", Secret.of(VIEWER))));
  }

  private BurnDown burnDown() {
    var slo = Slo.named("availability", s -> s.availability(percent(99.9)));
    return BurnDown.of(slo, Measurements.of(ledger), time.source().wall().instant());
  }

  /** The dashboard goes down and comes back at the same place, as with the host's next start. */
  void restart(Runnable whileDown) {
    var port = dashboard.uri().getPort();
    dashboard.close();
    whileDown.run();
    dashboard = open(d -> d, port);
  }

  Dashboard dashboard() {
    return dashboard;
  }

  static DeploymentStrategy canary(String release) {
    return DeploymentStrategy.canary(
        release,
        c ->
            c.step(10, ofMinutes(10))
                .step(50, ofMinutes(10))
                .step(100, ofMinutes(10))
                .judge(CanaryJudge.sequential(j -> j.promoteAfter(500)))
                .gates(
                    MetricGate.named(
                        "production",
                        g ->
                            g.require(errorRate().atMost(percent(5)))
                                .require(latency().p95().atMost(ofMillis(2000)).minSamples(100)))));
  }

  static DeploymentStrategy approved(String release) {
    return DeploymentStrategy.canary(
        release,
        c ->
            c.ungated()
                .step(10, ofMinutes(1))
                .approval(ApprovalRule.byAnybody())
                .step(50, ofMinutes(1))
                .approval(ApprovalRule.byAnybody())
                .step(100, ofMinutes(1)));
  }

  /** Users for a while: one answer in so many of the candidate's fails. */
  void users(String release, Version candidate, Duration length, int oneInCandidate, int oneIn) {
    for (var left = length; !left.isZero() && !left.isNegative(); left = left.minusSeconds(10)) {
      var share = (int) routers.read(release).weight().percent();
      for (var i = 0; i < 100; i++) {
        answer(
            release, i < share ? candidate : V1, 400 + 8 * i, i < share ? oneInCandidate : oneIn);
      }
      time.advance(ofSeconds(10));
    }
  }

  private void answer(String release, Version version, int millis, int oneIn) {
    var outcome = ++answers % oneIn == 0 ? Outcome.error("timeout") : Outcome.success();
    windows.of(release, version).record(ofMillis(millis), outcome, 10);
  }

  @Override
  public void close() {
    dashboard.close();
    runtime.close();
    recorder.close();
    timer.shutdownNow();
    pool.shutdownNow();
  }
}
