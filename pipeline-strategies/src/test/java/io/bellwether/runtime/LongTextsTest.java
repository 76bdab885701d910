package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.StepCheck;
import io.bellwether.rollout.StepContext;
import io.bellwether.rollout.StepWork;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of people and ports may be of any length; what is kept of them is not. */
class LongTextsTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final String HUGE = "x".repeat(17_000_000);

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private MetricSource metrics = query -> Reading.of(0.01, 1_000, "test");

  @TempDir Path folder;

  private RolloutRuntime runtime(FileRolloutStore store) {
    return RolloutRuntime.create(
        r ->
            r.router(router)
                .metrics(query -> metrics.read(query))
                .store(store)
                .notifier(alerts::add)
                .release(Release.named("chat").initial(V1))
                .threads(RuntimeThreads.inline(time.source())));
  }

  private static DeploymentStrategy canary(UnaryOperator<CanaryBuilder> more) {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            more.apply(c.step(10, ofMinutes(10)))
                .step(100, ofMinutes(10))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  @Test
  void a_reason_of_any_length_is_followed_and_its_beginning_kept() {
    try (var store = FileRolloutStore.open(folder);
        var runtime = runtime(store)) {
      var rollout = runtime.start(canary(c -> c), V2);
      rollout.pause("me", HUGE);
      assertThat(rollout.state().phase()).isEqualTo(Phase.HELD);
      rollout.resume(HUGE);
      rollout.abort("me", HUGE);
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(runtime.current("chat")).isEmpty();
      assertThat(rollout.state().cause().orElseThrow().text())
          .startsWith("xxx")
          .contains("… (17000000 characters in all)")
          .hasSizeLessThan(2_100);
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).summary()).hasSizeLessThan(2_300);
    }
  }

  @Test
  void a_metric_source_whose_message_is_huge_is_gone_telemetry_like_any_other() throws Exception {
    metrics =
        query -> {
          throw new IllegalStateException(HUGE);
        };
    try (var store = FileRolloutStore.open(folder);
        var runtime = runtime(store)) {
      var rollout = runtime.start(canary(c -> c), V2);
      time.advance(ofMinutes(45));
      assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.ROLLED_BACK);
      assertThat(alerts).extracting(Alert::name).containsExactly("rollout_rolled_back");
    }
    assertThat(Files.size(folder.resolve(FileRolloutStore.FILE))).isLessThan(2_000_000);
  }

  @Test
  void answers_of_ports_are_cut_where_they_are_made() {
    assertThat(Clearance.refuse(HUGE).reason()).hasSizeLessThan(2_100);
    assertThat(StepCheck.notYet(HUGE).detail()).hasSizeLessThan(2_100);
    assertThat(Reading.error(HUGE, HUGE).detail()).hasSizeLessThan(2_100);
    assertThat(Clearance.refuse("full").reason()).isEqualTo("full");
  }

  @Test
  void a_file_says_for_good_that_a_record_is_too_long_for_it() {
    try (var store = FileRolloutStore.open(folder)) {
      var plan = canary(c -> c.step(20, s -> s.work(StepWork.of(w -> {}, w -> {})))).plan();
      var run = plan.run("r1", V1, V2, RunInfo.Purpose.DEPLOY, Instant.EPOCH);
      var named =
          new RunInfo(
              run.id(), run.release(), V1, V2, run.purpose(), HUGE, run.startedAt(), run.launch());
      var accepted = List.<RolloutEvent>of(new RolloutEvent.Accepted(Instant.EPOCH, named));
      assertThatThrownBy(() -> store.append("r1", 0, accepted))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 events of r1 make a record of 17")
          .hasMessageContaining("at most 16777216");
      assertThat(store.unfinished()).isEmpty();
    }
  }

  /** Work whose author forgot to answer. */
  private record Silent(boolean prepared) implements StepWork {
    @Override
    public void prepare(StepContext step) {}

    @Override
    @SuppressWarnings("NullAway")
    public StepCheck verify(StepContext step) {
      return prepared ? StepCheck.complete() : null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public StepCheck compensate(StepContext step) {
      return null;
    }
  }

  @Test
  void work_that_answers_with_null_is_told_by_its_name() {
    try (var store = FileRolloutStore.open(folder);
        var runtime = runtime(store)) {
      var unverified = runtime.start(canary(c -> c.work("migrate", new Silent(false))), V2);
      time.advance(ofMinutes(15));
      assertThat(unverified.state().cause().orElseThrow().text())
          .contains("verify returned null instead of a StepCheck");
      var kept = runtime.start(canary(c -> c.work("migrate", new Silent(true))), V2);
      time.advance(ofMinutes(12));
      kept.abort("operator", "enough");
      time.advance(ofMinutes(12));
      assertThat(kept.state().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(kept.journal().toString()).contains("compensate returned null");
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void answers_refuse_what_is_null_where_a_host_makes_them() {
    assertThatThrownBy(() -> new Clearance(Clearance.Decision.REFUSE, null))
        .hasMessageContaining("reason of a clearance");
    assertThatThrownBy(() -> new Clearance(null, ""))
        .hasMessageContaining("decision of a clearance");
    assertThatThrownBy(() -> StepCheck.notYet(null)).hasMessageContaining("detail of a step check");
    assertThatThrownBy(() -> new Reading(null, 1, 1, "me", ""))
        .hasMessageContaining("status of a reading");
    assertThatThrownBy(() -> Reading.error("me", null)).hasMessageContaining("detail of a reading");
  }

  @Test
  void a_guard_that_makes_a_clearance_without_a_reason_makes_the_rollout_wait_and_is_named() {
    try (var store = FileRolloutStore.open(folder);
        var runtime =
            RolloutRuntime.create(
                r ->
                    r.router(router)
                        .store(store)
                        .guard((run, step) -> withoutReason())
                        .release(Release.named("chat").initial(V1))
                        .threads(RuntimeThreads.inline(time.source())))) {
      var rollout = runtime.start(canary(c -> c), V2);
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).isEqualTo(Phase.HELD);
      assertThat(rollout.state().explain()).contains("reason of a clearance");
      rollout.journal().forEach(event -> assertThat(event.explain()).isNotBlank());
    }
  }

  @SuppressWarnings("NullAway")
  private static Clearance withoutReason() {
    return new Clearance(Clearance.Decision.REFUSE, null);
  }

  @Test
  void a_rollout_that_no_gate_watched_is_not_said_to_have_kept_any() {
    try (var store = FileRolloutStore.open(folder);
        var runtime = runtime(store)) {
      var blind = DeploymentStrategy.canary("chat", c -> c.step(100, ofMinutes(1)).ungated());
      runtime.start(blind, V2);
      time.advance(ofMinutes(5));
      assertThat(alerts.get(0).summary()).endsWith("every step is through");
      runtime.start(canary(c -> c), version("v3"));
      time.advance(ofMinutes(30));
      assertThat(alerts.get(1).summary()).endsWith("every step kept its gates");
    }
  }
}
