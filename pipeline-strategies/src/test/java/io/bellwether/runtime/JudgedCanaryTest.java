package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.Gates;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.Traffic;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A judge on the outcome windows of the process: 600 requests a minute, drawn by chance. */
class JudgedCanaryTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final OutcomeWindows windows = OutcomeWindows.create(time.source().ticker());
  private final SplittableRandom chance = new SplittableRandom(11);
  private final DeploymentStrategy canary =
      DeploymentStrategy.canary(
          "chat",
          c ->
              c.usualSteps()
                  .gates(Gates.canaryDefaults())
                  .judge(CanaryJudge.sequential(j -> j.alpha(percent(1)))));
  private final RolloutRuntime runtime =
      RolloutRuntime.create(
          r ->
              r.router(router)
                  .metrics(windows)
                  .release(Release.named("chat").initial(V1))
                  .threads(RuntimeThreads.inline(time.source())));
  private double candidateErrors = 0.01;
  private Duration candidateTakes = Duration.ofMillis(300);

  @AfterEach
  void close() {
    runtime.close();
  }

  private void serve(Duration length) {
    for (var passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plusSeconds(1)) {
      for (var i = 0; i < 10; i++) {
        var split = router.read("chat");
        var candidate = split.hasCandidate() && chance.nextDouble() < split.weight().share();
        answer(candidate);
      }
      time.advance(ofSeconds(1));
    }
  }

  private void answer(boolean candidate) {
    var window = windows.of("chat", candidate ? V2 : V1);
    var bad = chance.nextDouble() < (candidate ? candidateErrors : 0.01);
    var start = time.source().ticker().nanos();
    var usual = Duration.ofMillis(chance.nextInt(100, 600));
    window.begin(start);
    window.end(
        start,
        start + (candidate ? usual.plus(candidateTakes) : usual.plusMillis(300)).toNanos(),
        bad ? Outcome.error("broken") : Outcome.success(),
        10);
  }

  private String said(Rollout rollout) {
    return rollout.journal().stream()
        .filter(RolloutEvent.Checked.class::isInstance)
        .flatMap(event -> ((RolloutEvent.Checked) event).judged().stream())
        .reduce((first, last) -> last)
        .orElseThrow()
        .words();
  }

  @Test
  void a_candidate_as_good_as_stable_is_promoted() {
    serve(ofMinutes(10));
    var rollout = runtime.start(canary, V2);
    serve(ofMinutes(60));

    assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(said(rollout)).contains("PROMOTE by sequential, proven safe");
  }

  @Test
  void one_that_is_worse_below_every_limit_goes_back_and_its_second_launch_says_so() {
    serve(ofMinutes(10));
    candidateErrors = 0.045;
    var rollout = runtime.start(canary, V2);
    serve(ofMinutes(20));

    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.JUDGE);
    assertThat(said(rollout)).contains("worse in errors", "launch 1, alpha spent 1%");

    var again = runtime.retry("chat");
    serve(ofMinutes(3));
    assertThat(said(again)).contains("launch 2, alpha spent 2%");
  }

  @Test
  void one_that_is_slower_goes_back_by_the_cut_taken_from_stable_before() {
    serve(ofMinutes(10));
    candidateTakes = Duration.ofMillis(450);
    var rollout = runtime.start(canary, V2);
    serve(ofMinutes(20));

    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.JUDGE);
    assertThat(said(rollout)).contains("worse in slow");
  }

  @Test
  void a_judge_without_anything_that_counts_blocks_is_refused() {
    try (var blind =
        RolloutRuntime.create(
            r ->
                r.router(RecordingRouter.create(time))
                    .metrics(ScriptedMetrics.create(time))
                    .release(Release.named("chat").initial(V1))
                    .threads(RuntimeThreads.inline(time.source())))) {
      assertThatThrownBy(() -> blind.start(canary, V2))
          .isInstanceOf(BellwetherException.class)
          .hasMessage(
              "rollout of 'chat': its judge compares blocks of both versions, and nothing counts"
                  + " them; take outcome windows for metrics(…), or give blocks(source)");
    }
  }

  @Test
  void a_simulation_tells_what_the_judge_would_do() {
    var worse =
        canary.simulate(Traffic.traffic(600).candidateErrors(percent(1), percent(4), percent(4)));

    assertThat(worse.end().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(worse.end().step()).isEqualTo(1);
    assertThat(worse.toString()).contains("ABORTING, because worse than stable: ROLLBACK by");
    assertThat(canary.simulate(Traffic.traffic(600)).end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(canary.simulate(Traffic.traffic(600)).length()).isLessThan(ofHours(1));
  }
}
