package io.bellwether.micrometer;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.JudgedStream;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RolloutMetersTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RolloutMeters meters = RolloutMeters.of(registry);

  private RolloutRuntime runtime() {
    metrics.given(V1, ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
    return RolloutRuntime.builder()
        .router(RecordingRouter.create(time))
        .metrics(metrics)
        .notifier(alert -> {})
        .release(Release.named("chat").initial(V1))
        .threads(RuntimeThreads.inline(time.source()))
        .listener(meters)
        .build();
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, ofMinutes(10))
                .step(100, ofMinutes(15))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  private double weight() {
    return registry.get("bellwether.rollout.weight").tag("release", "chat").gauge().value();
  }

  private double phase(String phase) {
    return registry.get("bellwether.rollout.phase").tag("phase", phase).gauge().value();
  }

  private double verdicts(String outcome) {
    return registry
        .get("bellwether.gate.verdicts")
        .tag("release", "chat")
        .tag("gate", "errors")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void weight_phase_verdicts_and_deliveries_follow_a_rollout() {
    try (var runtime = runtime()) {
      runtime.start(canary(), V2);
      time.advance(ofMinutes(5));
      assertThat(weight()).isEqualTo(10);
      assertThat(phase("baking")).isEqualTo(1);
      assertThat(phase("shifting")).isZero();
      assertThat(verdicts("pass")).isPositive();
      metrics.given(V2, ERROR_RATE, 0.2, 1_000);
      time.advance(ofMinutes(1));
      assertThat(weight()).isZero();
      assertThat(phase("baking")).isZero();
      assertThat(phase("rolled_back")).isEqualTo(1);
      assertThat(verdicts("fail")).isEqualTo(1);
      assertThat(
              registry
                  .get("bellwether.alert.deliveries")
                  .tag("receiver", "rollouts")
                  .tag("severity", "warning")
                  .tag("result", "delivered")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void one_line_publishes_everything_a_judged_rollout_says() {
    var windows = OutcomeWindows.create(time.source().ticker());
    var judge = CanaryJudge.sequential(j -> j.streams(JudgedStream.errors()));
    var all = new SimpleMeterRegistry();
    try (var runtime =
        RolloutRuntime.builder()
            .router(RecordingRouter.create(time))
            .metrics(windows)
            .notifier(alert -> refuse())
            .release(Release.named("chat").initial(V1))
            .threads(RuntimeThreads.inline(time.source()))
            .listener(RolloutMeters.of(all).budget("chat", () -> 0.25))
            .build()) {
      runtime.start(
          DeploymentStrategy.canary(
              "chat", c -> c.step(50, ofMinutes(10)).step(100, ofMinutes(5)).judge(judge)),
          V2);
      for (var second = 0; second < 300; second++) {
        var now = time.source().ticker().nanos();
        for (var i = 0; i < 5; i++) {
          serve(windows, V1, now, Outcome.success());
          serve(windows, V2, now, i == 0 && second > 150 ? Outcome.error() : Outcome.success());
        }
        time.advance(ofSeconds(1));
      }
    }
    assertThat(all.get("bellwether.judge.evalue").tag("release", "chat").gauge().value())
        .isGreaterThan(100);
    assertThat(
            all.get("bellwether.judge.verdicts")
                .tags("release", "chat", "judge", "sequential", "verdict", "rollback")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(all.get("bellwether.judge.verdicts").tag("verdict", "hold").counter().count())
        .isPositive();
    assertThat(all.get("bellwether.rollout.weight").gauge().value()).isZero();
    assertThat(all.get("bellwether.rollout.phase").tag("phase", "rolled_back").gauge().value())
        .isEqualTo(1);
    assertThat(all.get("bellwether.budget.remaining").tag("slo", "chat").gauge().value())
        .isEqualTo(0.25);
    assertThat(
            all.get("bellwether.alert.deliveries")
                .tags("receiver", "rollouts", "result", "failed")
                .counter()
                .count())
        .isPositive();
  }

  private static void refuse() {
    throw new BellwetherException("nobody there");
  }

  private static void serve(OutcomeWindows windows, Version version, long now, Outcome outcome) {
    var window = windows.of("chat", version);
    window.begin(now);
    window.end(now, now + 1_000_000, outcome, 0);
  }

  @Test
  void budgets_are_asked_at_each_publication_and_may_be_negative() {
    var remaining = new double[] {0.4};
    meters.budget("availability", () -> remaining[0]);
    var gauge = registry.get("bellwether.budget.remaining").tag("slo", "availability").gauge();
    assertThat(gauge.value()).isEqualTo(0.4);
    remaining[0] = -0.2;
    assertThat(gauge.value()).isEqualTo(-0.2);
  }

  @Test
  void a_failed_delivery_is_counted_and_thrown_on() {
    var refusing =
        meters.counting(
            "pager",
            alert -> {
              throw new BellwetherException("pager is down");
            });
    var alerts = new ArrayList<Alert>();
    try (var runtime =
        RolloutRuntime.builder()
            .router(RecordingRouter.create(time))
            .metrics(metrics)
            .notifier(alerts::add)
            .release(Release.named("chat").initial(V1))
            .threads(RuntimeThreads.inline(time.source()))
            .build()) {
      metrics.given(V1, ERROR_RATE, 0.01, 1_000);
      metrics.given(V2, ERROR_RATE, 0.3, 1_000);
      runtime.start(canary(), V2);
      time.advance(ofMinutes(10));
    }
    assertThatThrownBy(() -> refusing.notify(alerts.get(0))).hasMessage("pager is down");
    assertThat(
            registry
                .get("bellwether.alert.deliveries")
                .tag("receiver", "pager")
                .tag("result", "failed")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void a_release_that_is_no_more_can_be_forgotten() {
    try (var runtime = runtime()) {
      runtime.start(canary(), V2);
    }
    assertThat(registry.find("bellwether.rollout.weight").gauge()).isNotNull();
    meters.forget("chat");
    meters.forget("never seen");
    assertThat(registry.find("bellwether.judge.evalue").gauge()).isNull();
    assertThat(registry.find("bellwether.rollout.weight").gauge()).isNull();
  }
}
