package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.report.AlertLine;
import io.bellwether.rollout.Phase;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RolloutRecorderTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "chat",
          c ->
              c.step(10, ofMinutes(10))
                  .step(100, ofMinutes(10))
                  .gates(
                      MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  private static final SloCalculator SLO =
      SloCalculator.of(Slo.named("chat", s -> s.availability(percent(99.9))));

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final OutcomeWindows windows = OutcomeWindows.create(time.source().ticker());
  private final InMemoryRolloutStore store = new InMemoryRolloutStore();
  private IncidentLedger ledger = IncidentLedger.since(time.source().wall().instant());

  private RolloutRuntime runtime(RolloutListener listener) {
    return RolloutRuntime.create(
        r ->
            r.router(router)
                .metrics(windows)
                .store(store)
                .listener(listener)
                .release(Release.named("chat").initial(V1))
                .resume(CANARY)
                .threads(RuntimeThreads.inline(time.source())));
  }

  private RolloutRecorder recorder(UnaryOperator<RolloutRecorderBuilder> more) {
    return RolloutRecorder.create(
        r ->
            more.apply(
                r.windows(windows, ofMinutes(5))
                    .every(ofSeconds(10), time.source())
                    .people(who -> "operator")
                    .store(store)));
  }

  private void users(Duration length) {
    for (var left = length; !left.isNegative() && !left.isZero(); left = left.minusSeconds(10)) {
      for (var i = 0; i < 50; i++) {
        windows.of("chat", V1).record(ofMillis(200 + i), Outcome.success(), 1);
        windows.of("chat", V2).record(ofMillis(300 + i), Outcome.success(), 1);
      }
      time.advance(ofSeconds(10));
    }
  }

  @Test
  void figures_alerts_people_and_budgets_are_in_the_report() {
    try (var recorder =
            recorder(
                r ->
                    r.budgets(
                        release ->
                            SLO.report(Measurements.of(ledger), time.source().wall().instant())));
        var runtime = runtime(recorder)) {
      time.advance(ofMinutes(30));
      var rollout = runtime.start(CANARY, V2);
      users(ofMinutes(5));
      var now = time.source().wall().instant();
      ledger = ledger.critical("down", now.minusSeconds(900), now);
      rollout.abort("kim", "enough");
      time.advance(ofMinutes(5));

      var report = recorder.report(rollout.id()).orElseThrow();
      assertThat(report.phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(report.samples()).hasSizeGreaterThan(25);
      var figures = report.samples().get(20).candidate().orElseThrow();
      assertThat(figures.errors().rate()).isZero();
      assertThat(figures.errors().high()).isPositive();
      var band = figures.latency().orElseThrow();
      assertThat(band.millis()).isBetween(band.low(), band.high()).isBetween(340.0, 355.0);
      assertThat(report.alerts())
          .extracting(AlertLine::name, AlertLine::delivered)
          .contains(org.assertj.core.api.Assertions.tuple("rollout_rolled_back", true));
      assertThat(report.requests()).singleElement().hasFieldOrPropertyWithValue("who", "operator");
      var budget = report.budgets().get(0);
      var before = budget.before().orElseThrow().remaining();
      assertThat(budget.after().orElseThrow().remaining().isBelow(before)).isTrue();
    }
  }

  @Test
  void a_rollout_taken_up_again_begins_with_its_journal() {
    var first = runtime((event, state) -> {});
    var id = first.start(CANARY, V2).id();
    users(ofMinutes(2));
    // as a process that dies: the store has the journal, and nobody closes anything
    try (var recorder = recorder(r -> r);
        var second = runtime(recorder)) {
      users(ofMinutes(2));
      assertThat(recorder.report(id)).isPresent();
      users(ofMinutes(30));
      var report = recorder.report(id).orElseThrow();
      assertThat(report.run().startedAt()).isBefore(report.asOf());
      assertThat(report.timeline()).extracting(m -> m.text()).contains("taken up again");
      assertThat(report.phase())
          .isEqualTo(second.current("chat").map(r -> r.state().phase()).orElse(Phase.PROMOTED));
    }
  }

  @Test
  void ended_rollouts_are_kept_in_part_and_the_rest_is_read_from_the_store() {
    try (var recorder = recorder(r -> r.keep(1));
        var runtime = runtime(recorder)) {
      var ids = new java.util.ArrayList<String>();
      for (var i = 0; i < 3; i++) {
        var rollout = runtime.start(CANARY, version("v" + (i + 2)));
        ids.add(rollout.id());
        rollout.abort("kim", "next");
        time.advance(ofMinutes(5));
      }
      assertThat(recorder.runs()).containsExactly(ids.get(2));
      assertThat(recorder.report(ids.get(0)).orElseThrow().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(recorder.report("nobody")).isEmpty();
    }
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    assertThatThrownBy(
            () ->
                RolloutRecorder.create(
                    r ->
                        r.windows(windows, Duration.ZERO)
                            .keep(-1)
                            .every(Duration.ZERO, time.source())))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("the window is 0ms")
        .hasMessageContaining("keep is -1")
        .hasMessageContaining("every is 0ms");
  }
}
