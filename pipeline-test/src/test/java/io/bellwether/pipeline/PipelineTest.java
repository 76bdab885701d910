package io.bellwether.pipeline;

import static io.bellwether.pipeline.StageCondition.branches;
import static io.bellwether.pipeline.StageCondition.changes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.ChangeKind;
import io.bellwether.rollout.Clearance;
import io.bellwether.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
  private static final Instant START = MutableClock.START;
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev");

  @Test
  void a_circle_is_refused_with_the_way_around() {
    assertThatThrownBy(
            () ->
                Pipeline.named(
                    "chat",
                    p ->
                        p.stage("a", s -> idle(s).needs("c"))
                            .stage("b", s -> idle(s).needs("a"))
                            .stage("c", s -> idle(s).after("b"))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("in a circle: a -> c -> b -> a");
  }

  @Test
  void a_stage_that_needs_itself_is_a_circle() {
    assertThatThrownBy(() -> Pipeline.named("chat", p -> p.stage("a", s -> idle(s).needs("a"))))
        .hasMessageContaining("in a circle: a -> a");
  }

  @Test
  void everything_wrong_with_a_pipeline_is_said_at_once() {
    assertThatThrownBy(
            () ->
                Pipeline.named(
                    "chat",
                    p ->
                        p.stage("a", s -> idle(s).needs("tset"))
                            .stage("a", s -> s.retries(-1, Duration.ZERO))
                            .stage("b", s -> idle(s).timeout(Duration.ZERO))))
        .hasMessageContainingAll(
            "pipeline 'chat' has 5 problems",
            "stage 'a' needs 'tset', which is none of [a, b]",
            "two stages are called 'a'",
            "stage 'a' does nothing: add run(…)",
            "stage 'a' has -1 retries",
            "stage 'b' may take 0ms");
    assertThatThrownBy(() -> Pipeline.named("", p -> p))
        .hasMessageContainingAll("its name is blank", "it has no stage");
  }

  @Test
  void stages_stand_after_what_they_need_whatever_order_they_were_added_in() {
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("deploy", s -> idle(s).needs("unit", "integration"))
                    .stage("integration", s -> idle(s).needs("validate"))
                    .stage("unit", s -> idle(s).needs("validate"))
                    .stage("validate", PipelineTest::idle));

    assertThat(pipeline.stages())
        .extracting(Stage::name)
        .containsExactly("validate", "integration", "unit", "deploy");
  }

  @Test
  void what_is_independent_begins_together() {
    var begun = PipelineDecider.begin(diamond(p -> p), "r", MAIN, START);
    assertThat(begun.effects()).containsExactly(new PipelineEffect.Begin("validate", 1, false));

    var after = ended(diamond(p -> p), begun.state(), "validate", StageResult.success());
    assertThat(after.effects())
        .containsExactlyInAnyOrder(
            new PipelineEffect.Begin("unit", 1, false),
            new PipelineEffect.Begin("integration", 1, false));
  }

  @Test
  void a_failure_stops_what_runs_and_skips_what_waits() {
    var pipeline = diamond(p -> p);
    var running = begunTests(pipeline);

    var failed = ended(pipeline, running, "unit", StageResult.failure("2 of 40 failed"));

    assertThat(failed.effects()).containsExactly(new PipelineEffect.Stop("integration", 1));
    assertThat(failed.state().stage("deploy").status()).isEqualTo(StageStatus.SKIPPED);
    assertThat(failed.state().stage("deploy").message()).isEqualTo("unit failed");
    var over = ended(pipeline, failed.state(), "integration", StageResult.failure("interrupted"));
    assertThat(over.state().phase()).isEqualTo(RunPhase.FAILED);
    assertThat(over.state().stage("integration").status()).isEqualTo(StageStatus.STOPPED);
    assertThat(over.state()).hasToString("chat 4f2a9c1 is FAILED: unit: 2 of 40 failed");
  }

  @Test
  void without_failing_fast_the_others_go_on() {
    var pipeline = diamond(Pipeline.Builder::goOnAfterFailure);
    var failed = ended(pipeline, begunTests(pipeline), "unit", StageResult.failure("broken"));

    assertThat(failed.effects()).isEmpty();
    assertThat(failed.state().stage("integration").status()).isEqualTo(StageStatus.RUNNING);
    assertThat(failed.state().stage("deploy").message()).isEqualTo("unit FAILED");
  }

  @Test
  void stages_that_run_always_run_after_a_failure() {
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("test", PipelineTest::idle)
                    .stage("deploy", s -> idle(s).needs("test"))
                    .stage("notify", s -> idle(s).needs("deploy").always()));
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();

    var failed = ended(pipeline, begun, "test", StageResult.failure("broken"));

    assertThat(failed.effects()).containsExactly(new PipelineEffect.Begin("notify", 1, false));
    assertThat(ended(pipeline, failed.state(), "notify", StageResult.success()).state().phase())
        .isEqualTo(RunPhase.FAILED);
  }

  @Test
  void a_stage_that_does_not_apply_takes_with_it_what_needs_it_and_not_what_comes_after_it() {
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("migrate", s -> idle(s).when(changes(ChangeKind.MIGRATION)))
                    .stage("deploy", s -> idle(s).after("migrate"))
                    .stage("check-data", s -> idle(s).needs("migrate")));

    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START);

    assertThat(begun.effects()).containsExactly(new PipelineEffect.Begin("deploy", 1, false));
    assertThat(begun.state().stage("check-data").skip()).contains(SkipCause.NEED);
    assertThat(begun.state().stage("migrate").message())
        .isEqualTo("it applies when change is one of [MIGRATION]");
    assertThat(ended(pipeline, begun.state(), "deploy", StageResult.success()).state().phase())
        .isEqualTo(RunPhase.SUCCEEDED);
  }

  @Test
  void what_comes_after_a_stage_that_does_not_apply_waits_for_what_that_needed() {
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("test", PipelineTest::idle)
                    .stage("migrate", s -> idle(s).needs("test").when(branches("other")))
                    .stage("deploy", s -> idle(s).after("migrate")));

    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();

    assertThat(begun.stage("deploy").status()).isEqualTo(StageStatus.WAITING);
    var tested = ended(pipeline, begun, "test", StageResult.success());
    assertThat(tested.effects()).containsExactly(new PipelineEffect.Begin("deploy", 1, false));
  }

  @Test
  void a_failed_try_is_repeated_after_its_pause() {
    var pipeline = one(s -> s.retries(1, Duration.ofSeconds(10)));
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();

    var failed = ended(pipeline, begun, "it", StageResult.failure("flaky")).state();
    assertThat(failed.stage("it").status()).isEqualTo(StageStatus.RETRYING);
    assertThat(PipelineDecider.nextWake(pipeline, failed)).contains(START.plusSeconds(10));
    assertThat(tick(pipeline, failed, 9).effects()).isEmpty();
    var again = tick(pipeline, failed, 10);
    assertThat(again.effects()).containsExactly(new PipelineEffect.Begin("it", 2, false));

    var second =
        PipelineDecider.decide(
            pipeline,
            again.state(),
            new PipelineInput.Ended("it", 2, StageResult.failure("broken")),
            START.plusSeconds(11));
    assertThat(second.state().phase()).isEqualTo(RunPhase.FAILED);
  }

  @Test
  void a_try_that_takes_too_long_is_stopped_and_counts_as_failed_even_if_it_succeeds_late() {
    var pipeline = one(s -> s.timeout(Duration.ofMinutes(1)));
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();

    var late = tick(pipeline, begun, 60);
    assertThat(late.effects()).containsExactly(new PipelineEffect.Stop("it", 1));
    var over = ended(pipeline, late.state(), "it", StageResult.success()).state();

    assertThat(over.phase()).isEqualTo(RunPhase.FAILED);
    assertThat(over.stage("it").message()).isEqualTo("it took longer than 1m");
  }

  @Test
  void what_does_not_stop_is_given_up_and_its_late_end_changes_nothing() {
    var pipeline = one(s -> s.stopWithin(Duration.ofSeconds(5)));
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();
    var stopping = cancel(pipeline, begun).state();

    var over = tick(pipeline, stopping, 5).state();

    assertThat(over.phase()).isEqualTo(RunPhase.CANCELLED);
    assertThat(over.stage("it").message())
        .isEqualTo("cancelled by ops: enough; it did not stop within 5s");
    assertThat(ended(pipeline, over, "it", StageResult.success()).events()).isEmpty();
  }

  @Test
  void what_was_done_before_it_could_be_stopped_is_done() {
    var pipeline = one(s -> s);
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();
    var over =
        ended(pipeline, cancel(pipeline, begun).state(), "it", StageResult.success()).state();

    assertThat(over.stage("it").status()).isEqualTo(StageStatus.SUCCEEDED);
    assertThat(over.phase()).isEqualTo(RunPhase.SUCCEEDED);
  }

  @Test
  void a_stage_waits_for_the_rules_of_its_environment() {
    var pipeline = one(s -> s.environment("production"));
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START);
    assertThat(begun.effects()).containsExactly(new PipelineEffect.Ask("it"));

    var waits = ruled(pipeline, begun.state(), Clearance.waitFor("1 approval missing"));
    assertThat(waits.events()).hasSize(1);
    assertThat(ruled(pipeline, waits.state(), Clearance.waitFor("1 approval missing")).events())
        .isEmpty();
    var vote = new Vote("lead", Vote.Kind.APPROVE, "looks good", START);
    var voted =
        PipelineDecider.decide(pipeline, waits.state(), new PipelineInput.Cast("it", vote), START)
            .state();
    assertThat(voted.stage("it").votes()).containsExactly(vote);
    var go = ruled(pipeline, voted, Clearance.go());
    assertThat(go.effects()).containsExactly(new PipelineEffect.Begin("it", 1, false));
    assertThat(ruled(pipeline, waits.state(), Clearance.refuse("branch")).state().phase())
        .isEqualTo(RunPhase.FAILED);
  }

  @Test
  void after_a_crash_a_stage_is_begun_again_unless_it_must_not() {
    var repeatable = one(s -> s);
    var once = one(Stage.Builder::onceOnly);
    var begun = PipelineDecider.begin(repeatable, "r", MAIN, START).state();

    assertThat(resumed(repeatable, begun).effects())
        .containsExactly(new PipelineEffect.Begin("it", 2, true));
    assertThat(resumed(once, begun).state().explain())
        .contains("its process ended while it ran, and it must not run twice");
  }

  @ParameterizedTest
  @CsvSource({
    "main, main, true", "main, maintenance, false", "release/*, release/1.2, true",
    "release/*, release/1/2, false", "release/**, release/1/2, true", "**, any/thing, true",
    "v1.*, v1.2, true", "v1.*, v112, false"
  })
  void a_branch_pattern_matches_whole_names(String glob, String branch, boolean expected) {
    assertThat(new BranchPattern(glob).matches(branch)).isEqualTo(expected);
  }

  @Test
  void a_branch_pattern_is_matched_in_no_time_whatever_it_is() {
    var pattern = new BranchPattern("**a**a**a**a**a**a**a**a****b");
    assertThat(pattern.matches("a".repeat(5_000))).isFalse();
    assertThat(pattern.matches("a".repeat(5_000) + "b")).isTrue();
    assertThat(new BranchPattern("**").matches("two\nlines")).isTrue();
  }

  @Test
  void conditions_read_as_sentences() {
    var condition = branches("main").and(changes(ChangeKind.FIX).negate());
    assertThat(condition).hasToString("branch is main and not (change is one of [FIX])");
    assertThat(condition.holds(MAIN)).isTrue();
    assertThat(condition.holds(MAIN.withChange(ChangeKind.FIX))).isFalse();
    assertThat(StageCondition.input("action", "rollback").holds(MAIN)).isFalse();
    assertThat(
            StageCondition.input("action", "rollback")
                .holds(MAIN.withInputs(Map.of("action", "rollback"))))
        .isTrue();
  }

  @Test
  void every_event_explains_itself() {
    var pipeline = diamond(p -> p);
    var first = PipelineDecider.begin(pipeline, "r-1", MAIN, START);
    assertThat(first.events())
        .extracting(PipelineEvent::explain)
        .containsExactly(
            "run r-1 of chat began: 4f2a9c1 (main at 4f2a9c1, FEATURE) by dev", "validate began");
  }

  private static Pipeline diamond(UnaryOperator<Pipeline.Builder> more) {
    return Pipeline.named(
        "chat",
        p ->
            more.apply(p)
                .stage("validate", PipelineTest::idle)
                .stage("unit", s -> idle(s).needs("validate"))
                .stage("integration", s -> idle(s).needs("validate"))
                .stage("deploy", s -> idle(s).needs("unit", "integration")));
  }

  private static PipelineState begunTests(Pipeline pipeline) {
    var begun = PipelineDecider.begin(pipeline, "r", MAIN, START).state();
    return ended(pipeline, begun, "validate", StageResult.success()).state();
  }

  private static Pipeline one(UnaryOperator<Stage.Builder> settings) {
    return Pipeline.named("chat", p -> p.stage("it", s -> settings.apply(idle(s))));
  }

  private static Stage.Builder idle(Stage.Builder stage) {
    return stage.run(context -> StageResult.success());
  }

  private static PipelineDecision ended(
      Pipeline pipeline, PipelineState state, String stage, StageResult result) {
    return PipelineDecider.decide(
        pipeline, state, new PipelineInput.Ended(stage, 1, result), START);
  }

  private static PipelineDecision tick(Pipeline pipeline, PipelineState state, long seconds) {
    return PipelineDecider.decide(
        pipeline, state, new PipelineInput.Tick(), START.plusSeconds(seconds));
  }

  private static PipelineDecision cancel(Pipeline pipeline, PipelineState state) {
    return PipelineDecider.decide(
        pipeline, state, new PipelineInput.Cancel("ops", "enough"), START);
  }

  private static PipelineDecision ruled(
      Pipeline pipeline, PipelineState state, Clearance clearance) {
    return PipelineDecider.decide(pipeline, state, new PipelineInput.Ruled("it", clearance), START);
  }

  private static PipelineDecision resumed(Pipeline pipeline, PipelineState state) {
    return PipelineDecider.decide(
        pipeline, state, new PipelineInput.Resumed(), START.plusSeconds(60));
  }
}
