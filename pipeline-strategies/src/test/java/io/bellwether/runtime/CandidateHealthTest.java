package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A candidate that is not able to serve gets nobody. */
class CandidateHealthTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private Optional<Boolean> healthy = Optional.of(true);
  private final RolloutRuntime runtime =
      RolloutRuntime.create(
          r ->
              r.router(router)
                  .metrics(metrics)
                  .notifier(alerts::add)
                  .health((release, version) -> version.equals(V1) || healthy.orElseThrow())
                  .release(Release.named("chat").initial(V1))
                  .threads(RuntimeThreads.inline(time.source())));

  @BeforeEach
  void both_versions_do_well() {
    metrics.given(V1, ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
  }

  private Rollout start() {
    return runtime.start(
        DeploymentStrategy.canary(
            "chat",
            c ->
                c.step(10, ofMinutes(10))
                    .step(100, ofMinutes(10))
                    .gates(
                        MetricGate.named(
                            "errors", g -> g.require(errorRate().atMost(percent(5)))))),
        V2);
  }

  private Rollout startAndBake() {
    var rollout = start();
    time.advance(ofMinutes(3));
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.BAKING);
    return rollout;
  }

  private void assertTakenOff(Rollout rollout) {
    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.HEALTH);
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    time.advance(ofMinutes(10));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(rollout.journal())
        .filteredOn(RolloutEvent.Aborted.class::isInstance)
        .singleElement()
        .asString()
        .contains("v2 is not able to serve");
    assertThat(alerts).singleElement().asString().contains("v2 is not able to serve");
  }

  @Test
  void before_its_first_users_it_is_waited_for() {
    healthy = Optional.of(false);
    var rollout = start();
    time.advance(ofMinutes(5));
    assertThat(rollout.state().phase()).isEqualTo(Phase.SHIFTING);
    assertThat(rollout.state().missing()).isEqualTo("v2 is not able to serve");
    assertThat(router.weights()).doesNotContain(10.0);
    healthy = Optional.of(true);
    time.advance(ofMinutes(60));
    assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void it_is_not_waited_for_without_end() {
    healthy = Optional.of(false);
    var rollout = start();
    time.advance(ofMinutes(60));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(rollout.state().cause().orElseThrow().text()).contains("v2 is not able to serve");
    assertThat(router.weights()).doesNotContain(10.0);
  }

  @Test
  void a_check_that_finds_it_unable_takes_its_users_off() {
    var rollout = startAndBake();
    healthy = Optional.of(false);
    time.advance(ofMinutes(1));
    assertTakenOff(rollout);
  }

  @Test
  void it_loses_the_users_it_has_instead_of_getting_more() {
    var rollout = startAndBake();
    runtime
        .current("chat")
        .orElseThrow()
        .onEvent(
            (event, state) -> {
              if (event instanceof RolloutEvent.Entered entered
                  && entered.phase() == Phase.PROMOTING) {
                healthy = Optional.of(false);
              }
            });
    time.advance(ofMinutes(8));
    assertThat(router.weights()).doesNotContain(100.0);
    assertTakenOff(rollout);
  }

  @Test
  void while_nobody_can_say_it_waits_as_without_telemetry() {
    var rollout = startAndBake();
    healthy = Optional.empty();
    time.advance(ofMinutes(1));
    assertThat(rollout.state().hold().orElseThrow().reason()).isEqualTo(HoldReason.TELEMETRY_GONE);
    assertThat(rollout.state().explain()).contains("nobody could say whether v2 is able to serve");
    healthy = Optional.of(true);
    time.advance(ofMinutes(60));
    assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
  }
}
