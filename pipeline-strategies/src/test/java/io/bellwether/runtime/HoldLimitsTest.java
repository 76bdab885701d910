package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.StepCheck;
import io.bellwether.rollout.StepContext;
import io.bellwether.rollout.StepWork;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a wait that nobody ends, and what people are told. */
class HoldLimitsTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private Clearance guard = Clearance.go();
  private boolean stableIsHealthy = true;
  private final RolloutRuntime runtime =
      RolloutRuntime.create(
          r ->
              r.router(router)
                  .metrics(metrics)
                  .notifier(alerts::add)
                  .guard((run, step) -> guard)
                  .health((release, version) -> version.equals(V2) || stableIsHealthy)
                  .release(Release.named("chat").initial(V1))
                  .threads(RuntimeThreads.inline(time.source())));

  @BeforeEach
  void both_versions_do_well() {
    metrics.given(V1, ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private Rollout start(UnaryOperator<CanaryBuilder> first) {
    var strategy =
        DeploymentStrategy.canary(
            "chat",
            c ->
                first
                    .apply(c)
                    .step(100, ofMinutes(15))
                    .gates(
                        MetricGate.named(
                            "errors", g -> g.require(errorRate().atMost(percent(5))))));
    var rollout = runtime.start(strategy, V2);
    time.advance(ofMinutes(3));
    return rollout;
  }

  private Rollout start() {
    return start(c -> c.step(10, ofMinutes(10)));
  }

  private void assertHeld(Rollout rollout, String words) {
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.HELD);
    assertThat(rollout.state().explain()).contains(words);
  }

  private void assertBack(Rollout rollout, Cause.Kind cause) {
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.ROLLED_BACK);
    assertThat(rollout.state().cause().map(Cause::kind)).contains(cause);
    assertThat(alertNames()).containsExactly("rollout_rolled_back");
  }

  private List<String> alertNames() {
    return alerts.stream().map(Alert::name).toList();
  }

  @Test
  void no_telemetry_for_30_minutes_goes_back() {
    var rollout = start();
    metrics.noData(V2, ERROR_RATE);
    time.advance(ofMinutes(29));
    assertHeld(rollout, "no telemetry");
    time.advance(ofMinutes(3));
    assertBack(rollout, Cause.Kind.HOLD_LIMIT);
  }

  @Test
  void a_metric_source_that_is_down_for_30_minutes_goes_back() {
    var rollout = start();
    metrics.down(() -> new IllegalStateException("connection refused"));
    time.advance(ofMinutes(29));
    assertHeld(rollout, "no telemetry");
    time.advance(ofMinutes(3));
    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.HOLD_LIMIT);
    assertThat(router.read("chat").allOnStable()).isTrue();
  }

  @Test
  void a_shared_outage_of_60_minutes_goes_back() {
    var rollout = start();
    metrics.given(V1, ERROR_RATE, 0.6, 1_000);
    metrics.given(V2, ERROR_RATE, 0.6, 1_000);
    time.advance(ofMinutes(59));
    assertHeld(rollout, "shared outage");
    time.advance(ofMinutes(3));
    assertBack(rollout, Cause.Kind.HOLD_LIMIT);
  }

  @Test
  void a_freeze_of_72_hours_goes_back() {
    var rollout = start();
    guard = Clearance.waitFor("freeze until monday");
    time.advance(ofHours(72));
    assertHeld(rollout, "freeze until monday");
    time.advance(ofMinutes(15));
    assertBack(rollout, Cause.Kind.HOLD_LIMIT);
  }

  @Test
  void low_traffic_is_told_of_once_after_24_hours_and_waits_on() {
    var rollout = start();
    metrics.given(V2, ERROR_RATE, 0.01, 7);
    time.advance(ofHours(24));
    assertHeld(rollout, "low traffic");
    assertThat(alerts).isEmpty();
    time.advance(ofMinutes(20));
    assertThat(alertNames()).containsExactly("rollout_held_long");
    assertThat(alerts.get(0).severity()).isEqualTo(Severity.WARNING);
    time.advance(ofHours(100));
    assertHeld(rollout, "low traffic");
    assertThat(alerts).hasSize(1);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
    time.advance(ofMinutes(30));
    assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void a_router_that_never_shows_the_step_goes_back_after_10_minutes() {
    router.failReads(1_000);
    var rollout = start();
    time.advance(ofMinutes(6));
    assertThat(rollout.state().phase()).isEqualTo(Phase.SHIFTING);
    time.advance(ofMinutes(2));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ABORTING);
    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.DEADLINE);
  }

  @Test
  void an_approval_nobody_gives_goes_back_or_on_as_stated() {
    var no = ApprovalRule.byAnybody().withTimeout(ofHours(2), ApprovalRule.OnTimeout.ABORT);
    var rollout = start(c -> c.step(10, ofMinutes(1)).approval(no));
    time.advance(ofHours(2));
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.ROLLED_BACK);
    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.NOT_APPROVED);
    var yes = no.withTimeout(ofHours(2), ApprovalRule.OnTimeout.APPROVE);
    var second = start(c -> c.step(10, ofMinutes(1)).approval(yes));
    time.advance(ofHours(2));
    assertThat(second.state().weight().isFull()).isTrue();
    assertThat(second.journal().toString()).contains("nobody answered for 2h");
  }

  @Test
  void going_back_to_a_version_that_is_not_healthy_is_critical() {
    var rollout = start();
    stableIsHealthy = false;
    rollout.abort("operator", "enough");
    time.advance(ofMinutes(1));
    assertNotWell(rollout, "v1 is not healthy");
  }

  @Test
  void going_back_to_a_version_that_breaches_the_gate_is_critical() {
    var rollout = start();
    metrics.given(V1, ERROR_RATE, 0.05, 1_000);
    rollout.abort("operator", "enough");
    time.advance(ofMinutes(1));
    assertNotWell(rollout, "v1 has error_rate 5%, not below 5%");
  }

  private void assertNotWell(Rollout rollout, String finding) {
    assertBack(rollout, Cause.Kind.REQUEST);
    assertThat(rollout.state().verified()).contains(false);
    assertThat(rollout.journal().toString()).contains(finding);
    assertThat(alerts.get(0).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alerts.get(0).toString()).contains("that version is not well either");
  }

  /** A compensation that is never complete does not keep a rollout from ending. */
  @Test
  void work_that_cannot_be_taken_back_is_given_up_after_10_minutes() {
    var rollout = start(c -> c.work("migrate", new NeverUndone()).step(10, ofMinutes(10)));
    rollout.abort("operator", "enough");
    time.advance(ofMinutes(9));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ABORTING);
    assertThat(rollout.state().weight().isZero()).isTrue();
    time.advance(ofMinutes(2));
    assertBack(rollout, Cause.Kind.REQUEST);
  }

  private static final class NeverUndone implements StepWork {
    @Override
    public void prepare(StepContext step) {}

    @Override
    public StepCheck compensate(StepContext step) {
      return StepCheck.notYet("the table is still there");
    }
  }
}
