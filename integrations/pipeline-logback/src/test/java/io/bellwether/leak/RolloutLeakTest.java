package io.bellwether.leak;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.charts.ReportPage;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.micrometer.RolloutMeters;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.report.RolloutReport;
import io.bellwether.resilience4j.CircuitBreakerMetricSource;
import io.bellwether.rollout.StepWork;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.runtime.FileRolloutStore;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RolloutRuntimeBuilder;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Rollouts whose ports fail with the canary in their words: the journal in memory and on disk, the
 * alerts, the states, the reports, the logs and the tags of meters.
 */
class RolloutLeakTest extends Leaks {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RolloutMeters meters = RolloutMeters.of(registry);
  private final RecordingRouter router = RecordingRouter.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private final MetricSource well = query -> Reading.of(0.01, 1_000, "test");

  private static DeploymentStrategy canary(StepWork work) {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.work("warm the candidate", work)
                .step(10, ofMinutes(10))
                .step(100, ofMinutes(10))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  private void roll(
      UnaryOperator<RolloutRuntimeBuilder> host, StepWork work, String expectedInJournal) {
    var recorder = RolloutRecorder.create(r -> r);
    try (var store = FileRolloutStore.open(written());
        var runtime =
            host.apply(
                    RolloutRuntime.builder()
                        .router(router)
                        .metrics(well)
                        .notifier(meters.counting("people", alerts::add))
                        .store(store)
                        .listener(meters)
                        .listener(recorder)
                        .listener((event, state) -> see(event + " " + state))
                        .release(Release.named("chat").initial(V1))
                        .threads(RuntimeThreads.inline(time.source())))
                .build()) {
      var rollout = runtime.start(canary(work), V2);
      time.advance(ofMinutes(12));
      see(rollout);
      see(rollout.state());
      rollout.abort("operator", "it fails");
      time.advance(ofMinutes(30));
      see(rollout.state());
      see(rollout.journal());
      assertThat(store.journal(rollout.id()).toString()).contains(expectedInJournal);
      see(store.journal(rollout.id()));
      seeReport(recorder.report(rollout.id()).orElseThrow());
    }
    alerts.forEach(this::see);
    registry.getMeters().forEach(meter -> see(meter.getId() + " " + meter.measure()));
    assertThat(registry.getMeters()).isNotEmpty();
  }

  private void seeReport(RolloutReport report) {
    see(report);
    see(report.toJson());
    see(report.toMarkdown());
    see(ReportPage.html(report));
    see(ReportPage.html("side by side", Map.of("one", report, "another", report)));
    ReportPage.write(report, written().resolve("report.html"));
  }

  private static StepWork nothing() {
    return step -> {};
  }

  @Test
  void metrics_that_fail_with_it() {
    roll(b -> b.metrics(query -> fail()), nothing(), WITHOUT_IT);
  }

  @Test
  void a_router_that_fails_with_it() {
    var count = new AtomicInteger();
    TrafficRouter failing =
        new TrafficRouter() {
          @Override
          public void apply(TrafficSplit split) {
            router.apply(split);
            if (count.getAndIncrement() % 2 == 0) {
              fail();
            }
          }

          @Override
          public TrafficSplit read(String release) {
            return count.getAndIncrement() > 4 && count.get() < 30 ? fail() : router.read(release);
          }
        };
    roll(b -> b.router(failing), nothing(), "");
  }

  @Test
  void work_guards_health_listeners_and_notifiers_that_fail_with_it() {
    roll(b -> b, StepWork.of(step -> fail(), step -> fail()), WITHOUT_IT);
    roll(b -> b.guard((run, step) -> fail()), nothing(), WITHOUT_IT);
    roll(
        b ->
            b.health((release, version) -> version.id().equals("v2") ? true : fail())
                .listener((event, state) -> fail())
                .notifier(alert -> fail())
                .metrics(query -> Reading.of(0.2, 1_000, "test")),
        nothing(),
        "");
  }

  @Test
  void a_breaker_whose_calls_fail_with_it() {
    var breaker = CircuitBreaker.ofDefaults("chat");
    for (var i = 0; i < 20; i++) {
      attempt(() -> breaker.executeSupplier(this::fail));
    }
    var source = CircuitBreakerMetricSource.of((release, version) -> Optional.of(breaker));
    var reading = source.read(new MetricQuery("chat", V1, Metric.ERROR_RATE, ofMinutes(5)));
    see(reading);
    see(source);
    roll(b -> b.metrics(source), nothing(), "");
  }

  @Test
  void a_secret_that_was_put_into_words_shows_as_a_mask_alone() {
    roll(
        b -> b,
        StepWork.of(
            step -> {
              throw new IllegalStateException("refused " + secret);
            },
            step -> {}),
        "refused ***");
    time.advance(ofSeconds(1));
  }
}
