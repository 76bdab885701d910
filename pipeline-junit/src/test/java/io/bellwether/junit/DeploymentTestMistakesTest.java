package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.AlertAssertions.assertThat;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.metrics.Metric;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a host is told who uses a deployment test wrongly. */
class DeploymentTestMistakesTest {
  private static EngineExecutionResults run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
  }

  private static String failure(Class<?> tests) {
    var failed = run(tests).allEvents().failed().list();
    assertThat(failed).hasSize(1);
    return failed
        .get(0)
        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
        .getThrowable()
        .orElseThrow()
        .getMessage();
  }

  @DeploymentTest
  static class LeavesTheRolloutUnderWay {
    @Test
    void test(Deployment deployment) {
      deployment.start(DeploymentTestTest.CANARY);
      deployment.advance(ofMinutes(1));
      assertThat(deployment).neverExceeded(50);
    }
  }

  @Test
  void a_test_that_does_not_wait_for_the_end_fails() {
    assertThat(failure(LeavesTheRolloutUnderWay.class))
        .isEqualTo(
            """

            Expected the rollout to end before its test does
            but chat candidate is BAKING at 10% (step 1)
            Let it end with deployment.advanceToEnd(), or say deployment.leaveUnfinished() if what happens on the way is what the test is about.

            Timeline:
              0:00:00  chat: DEPLOY candidate beside stable
              0:00:00  SHIFTING (step 1)
              0:00:00  traffic confirmed, chat: candidate 10%, stable 90%
              0:00:00  BAKING (step 1)""");
  }

  @DeploymentTest
  static class FailsOnTheWay {
    @Test
    void test(Deployment deployment) {
      deployment.start(DeploymentTestTest.CANARY);
      throw new IllegalStateException("the host's own failure");
    }
  }

  @Test
  void a_test_that_fails_anyway_fails_for_its_own_reason() {
    assertThat(failure(FailsOnTheWay.class)).isEqualTo("the host's own failure");
  }

  @DeploymentTest
  static class WaitsForSomebody {
    @Test
    void test(Deployment deployment) {
      deployment.start(
          DeploymentStrategy.canary(
              "chat", c -> c.step(10, ofMinutes(1)).pause().step(100, ofMinutes(1)).ungated()));
      deployment.advance(ofMinutes(2));
      deployment.start(DeploymentTestTest.CANARY, "v3");
    }
  }

  @Test
  void a_second_rollout_of_a_release_is_refused_by_the_runtime() {
    assertThat(failure(WaitsForSomebody.class)).contains("refused", "wait for its end, abort it");
  }

  @DeploymentTest
  static class AwaitsInRealTime {
    @Test
    void test(Deployment deployment) {
      deployment.start(DeploymentTestTest.CANARY).await(Duration.ofHours(1));
    }
  }

  @Test
  void waiting_in_real_time_fails_at_once() {
    assertThat(failure(AwaitsInRealTime.class))
        .contains("has not ended", "BAKING", "advance the time instead");
  }

  @DeploymentTest
  @Replay("traces/bad-row.csv")
  static class ReplaysABadRow {
    @Test
    void test(Deployment deployment) {}
  }

  @Test
  void a_bad_row_is_told_by_file_and_line() {
    assertThat(failure(ReplaysABadRow.class))
        .isEqualTo(
            "bad-row.csv:3: value 'nine percent' of error_rate: expected a number from 0 to 1");
  }

  static class ReplaysNothing {
    @Test
    @Replay("traces/none.csv")
    void test() {}
  }

  @Test
  void a_trace_that_is_not_there_is_told() {
    assertThat(failure(ReplaysNothing.class))
        .isEqualTo(
            "@Replay(\"traces/none.csv\"): no such file on the class path; it belongs into"
                + " src/test/resources");
  }

  @DeploymentTest
  static class ReplaysAndScripts {
    @Test
    @Replay("traces/bad-evening.csv")
    void test(ScenarioMetrics metrics) {}
  }

  @Test
  void a_replay_cannot_be_scripted_too() {
    assertThat(failure(ReplaysAndScripts.class))
        .contains("ScenarioMetrics of", "6 rows", "a test replays a trace or scripts its metrics");
  }

  @DeploymentTest
  static class ReplaysToAJudge {
    @Test
    @Replay("traces/bad-evening.csv")
    void test(Deployment deployment) {
      deployment.start(
          DeploymentStrategy.canary(
              "chat",
              c ->
                  c.step(10, ofMinutes(5))
                      .step(100, ofMinutes(5))
                      .judge(CanaryJudge.sequential())));
    }
  }

  @Test
  void a_judge_cannot_be_shown_a_trace() {
    assertThat(failure(ReplaysToAJudge.class)).contains("chat has a judge", "script the metrics");
  }

  @DeploymentTest
  static class TakesAWorldForAll {
    @BeforeAll
    static void all(Deployment deployment) {}

    @Test
    void test() {}
  }

  @DeploymentTest
  static class TakesAWorldInItsConstructor {
    TakesAWorldInItsConstructor(Deployment deployment) {}

    @Test
    void test() {}
  }

  @Test
  void there_is_no_world_for_all_tests() {
    var told = "every test has a deployment of its own, so there is none before or after all";
    assertThat(failure(TakesAWorldForAll.class)).contains("all(", told, "@BeforeEach");
    assertThat(failure(TakesAWorldInItsConstructor.class)).contains("Constructor(", told);
  }

  @DeploymentTest
  static class SaysThingsTooLate {
    @Test
    void test(Deployment deployment) {
      deployment.start(DeploymentTestTest.CANARY);
      deployment.alertsTo(r -> r);
    }
  }

  @Test
  void wiring_after_the_start_is_refused() {
    assertThat(failure(SaysThingsTooLate.class))
        .isEqualTo("alertsTo(..) comes too late: say it before the first start(..) or runtime()");
  }

  @DeploymentTest
  static class AsksTooEarly {
    @Test
    void test(Deployment deployment) {
      var chat = deployment.inbox("chat");
      deployment.alertsTo(r -> r.warning(chat));
      deployment.metrics().errors("candidate", percent(20));
      deployment.start(DeploymentTestTest.CANARY);
      deployment.advanceToEnd();
      assertThat(chat).received("rollout_rolled_back");
    }
  }

  @Test
  void a_route_that_waits_is_told_with_the_timeline() {
    assertThat(failure(AsksTooEarly.class))
        .startsWith(
            """

            Expected 'chat' to be told rollout_rolled_back
            but it was told nothing
            The rollout told rollout_rolled_back: it went elsewhere, or a route waits for more""")
        .contains("Timeline:\n  0:00:00  chat: DEPLOY candidate beside stable", "ROLLED_BACK");
  }

  @DeploymentTest
  static class StartsNothing {
    @Test
    void test(Deployment deployment) {
      assertThat(deployment).promoted();
    }
  }

  @Test
  void a_world_without_a_rollout_is_told() {
    assertThat(failure(StartsNothing.class)).contains("none was started: deployment.start(");
  }

  @DeploymentTest
  static class WritesAboutAStranger {
    @Test
    void test(Deployment deployment) {
      deployment.metrics().after(ofMinutes(1), later -> later.errors("v2", percent(50)));
      deployment.start(DeploymentTestTest.CANARY);
      deployment.advanceToEnd();
      assertThat(deployment).promoted();
    }
  }

  @Test
  void metrics_of_a_version_that_takes_no_part_are_refused() {
    assertThat(failure(WritesAboutAStranger.class))
        .isEqualTo(
            """

            Expected metrics of candidate, stable
            but they were written of v2, which no rollout asked about
            Name the versions as the test does, or the test's versions with @DeploymentTest(stable = .., candidate = ..).""");
    assertThatThrownBy(
            () ->
                RolloutScenario.given(DeploymentTestTest.CANARY)
                    .metrics(metrics -> metrics.given("v2", Metric.ERROR_RATE, 1))
                    .whenLeftAlone())
        .hasMessageContaining("written of v2");
  }

  @DeploymentTest
  static class WritesAboutWhatItStarts {
    @Test
    void test(Deployment deployment) {
      deployment.metrics().errors("v3", percent(50));
      deployment.start(DeploymentTestTest.CANARY, "v3");
      deployment.advanceToEnd();
      assertThat(deployment).rolledBack();
    }
  }

  @Test
  void a_version_that_is_started_takes_part() {
    run(WritesAboutWhatItStarts.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
  }

  @DeploymentTest
  static class NeverRoutes {
    @Test
    void test(Deployment deployment) {
      deployment.start(DeploymentTestTest.CANARY);
      deployment.advanceToEnd();
      assertThat(deployment.inbox("pager")).receivedNothing();
    }
  }

  @Test
  void an_inbox_nobody_can_reach_proves_nothing() {
    assertThat(failure(NeverRoutes.class)).contains("'pager'", "no route leads to it", "alertsTo(");
  }

  @DeploymentTest
  static class AsksOnlyTooEarly {
    @Test
    void test(Deployment deployment) {
      var chat = deployment.inbox("chat");
      deployment.alertsTo(r -> r.otherwise(chat));
      deployment.start(DeploymentTestTest.CANARY);
      deployment.advanceToEnd();
      assertThat(chat).receivedOnly("rollout_promoted");
    }
  }

  @Test
  void a_route_that_waits_is_told_whichever_way_one_asks() {
    assertThat(failure(AsksOnlyTooEarly.class)).contains("told nothing", "advance the time");
  }

  @DeploymentTest
  static class ForgetsToStart {
    @Test
    void test(Deployment deployment) {
      deployment.advanceToEnd();
    }
  }

  @Test
  void nothing_that_was_started_does_not_end() {
    assertThat(failure(ForgetsToStart.class)).contains("none was started: deployment.start(");
  }

  @DeploymentTest
  static class ReplaysABlank {
    @Test
    @Replay("")
    void test(Deployment deployment) {}
  }

  @Test
  void what_is_missing_is_told_by_name() {
    assertThat(failure(ReplaysABlank.class)).contains("@Replay(\"\")", "traces/tuesday.csv");
    var world = Deployment.of("v1", "v2");
    assertThatThrownBy(() -> world.inbox(" ")).hasMessageContaining("an inbox has a name");
    assertThatThrownBy(() -> world.alertsTo(r -> null)).hasMessageContaining("return the builder");
  }

  @Test
  void a_reason_has_a_word_to_look_for() {
    var world = Deployment.of("v1", "v2");
    world.metrics().errors("v2", percent(50));
    world.start(DeploymentTestTest.CANARY);
    world.advanceToEnd();
    assertThatThrownBy(() -> assertThat(world).because(""))
        .hasMessageContaining("every reason has that in it");
  }

  /** Outside, since an instance is made for every test. */
  private static final Set<Deployment> WORLDS = ConcurrentHashMap.newKeySet();

  @DeploymentTest
  static class RunsInParallel {
    @RepeatedTest(40)
    void test(Deployment deployment) {
      WORLDS.add(deployment);
      deployment.metrics().after(ofMinutes(4), later -> later.errors("candidate", percent(9)));
      deployment.start(DeploymentTestTest.CANARY);
      deployment.advanceToEnd();
      assertThat(deployment).rolledBack().atStep(50).toldOnly("rollout_rolled_back");
    }
  }

  @Test
  void tests_in_parallel_do_not_know_of_each_other() {
    WORLDS.clear();
    var results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(RunsInParallel.class))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
            .execute();

    results.testEvents().assertStatistics(stats -> stats.succeeded(40).failed(0));
    assertThat(WORLDS).hasSize(40);
  }
}
