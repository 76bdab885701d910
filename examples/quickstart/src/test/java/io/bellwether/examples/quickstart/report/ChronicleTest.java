package io.bellwether.examples.quickstart.report;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final Instant begin = time.source().wall().instant();
  private final Ledger ledger = new Ledger(V2);
  private final Chronicle chronicle =
      new Chronicle(
          ledger,
          new Timeline() {
            @Override
            public Instant onTheWall(Instant here) {
              return begin.plus(Duration.between(begin, here).dividedBy(60));
            }

            @Override
            public double minute(Instant here) {
              return Duration.between(begin, here).toSeconds() / 60.0;
            }
          });
  private double stableErrors = 0.01;
  private double candidateErrors = 0.01;

  private RolloutRuntime runtime() {
    MetricSource metrics =
        query ->
            Reading.of(query.version().equals(V2) ? candidateErrors : stableErrors, 1_000, "test");
    return RolloutRuntime.create(
        r ->
            r.release(Release.named("chat").initial(V1))
                .router(RecordingRouter.create(time))
                .metrics(metrics)
                .listener(chronicle)
                .threads(RuntimeThreads.inline(time.source())));
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, Duration.ofMinutes(10))
                .step(50, Duration.ofMinutes(10))
                .step(100, Duration.ofMinutes(10))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  @Test
  void a_step_has_its_own_requests_and_its_evidence() {
    ledger.count("ann", V1, Outcome.success());
    try (var runtime = runtime()) {
      runtime.start(canary(), V2);
      ledger.count("ann", V1, Outcome.error());
      ledger.count("bob", V2, Outcome.empty());
      time.advance(Duration.ofMinutes(12));
      ledger.count("bob", V2, Outcome.error("http_500"));
      candidateErrors = 0.2;
      time.advance(Duration.ofMinutes(1));
      ledger.count("bob", V1, Outcome.success());
    }
    assertThat(chronicle.steps()).hasSize(2);
    var first = chronicle.steps().get(0);
    assertThat(first.weight()).isEqualTo(10);
    assertThat(first.requests()).isEqualTo(2);
    assertThat(first.failures()).isEqualTo(1);
    assertThat(first.candidateRequests()).isEqualTo(1);
    assertThat(first.candidateEmpties()).isEqualTo(1);
    assertThat(first.evidence())
        .singleElement()
        .asString()
        .startsWith("error_rate 1%")
        .endsWith("PASS");
    var second = chronicle.steps().get(1);
    assertThat(second.weight()).isEqualTo(50);
    assertThat(second.minute()).isEqualTo(11);
    assertThat(second.startedAt()).isEqualTo(begin.plusSeconds(11));
    assertThat(second.requests()).isEqualTo(1);
    assertThat(second.candidateFailures()).isEqualTo(1);
    assertThat(second.evidence())
        .singleElement()
        .asString()
        .startsWith("error_rate 20%")
        .contains("FAIL");
    assertThat(ledger.requests(0)).as("before the rollout").isEqualTo(1);
    assertThat(ledger.requests(ledger.lastPage())).as("after the rollback").isEqualTo(1);
    assertThat(ledger.candidateRequests()).isEqualTo(2);
    assertThat(ledger.users()).isEqualTo(2);
    assertThat(ledger.candidateUsers()).isEqualTo(1);
  }

  @Test
  void a_hold_has_its_reason_evidence_and_length() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(Duration.ofMinutes(3));
      stableErrors = 0.6;
      candidateErrors = 0.6;
      time.advance(Duration.ofMinutes(2));
      assertThat(rollout.state().phase()).isEqualTo(Phase.HELD);
      stableErrors = 0.01;
      candidateErrors = 0.01;
      time.advance(Duration.ofMinutes(60));
      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
    }
    var hold = chronicle.holds().get(0);
    assertThat(hold.reason()).isEqualTo(HoldReason.SHARED_OUTAGE);
    assertThat(hold.weight()).isEqualTo(10);
    assertThat(hold.length()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(3));
    assertThat(hold.evidence())
        .singleElement()
        .asString()
        .contains(Metric.ERROR_RATE.name() + " 60%", "stable breaches it too");
    assertThat(chronicle.steps()).extracting(StepResult::weight).containsExactly(10.0, 50.0, 100.0);
  }

  @Test
  void a_rollback_without_a_failed_gate_says_why_instead() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(Duration.ofMinutes(3));
      rollout.abort("ann", "the wording is wrong");
      time.advance(Duration.ofMinutes(1));
    }
    assertThat(chronicle.steps().get(0).evidence())
        .singleElement()
        .asString()
        .startsWith("requested: the wording is wrong");
  }
}
