package io.bellwether.rollout;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.analysis.JudgeReason;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Reading;
import io.bellwether.routing.Audience;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge and the gates beside each other: who rules when. */
class JudgeInRolloutTest {
  private static final Duration TEN = Duration.ofMinutes(10);
  private static final Reading BREACH = Reading.of(0.2, 1_000, "test");

  private static RolloutPlan plan(CanaryJudge judge, Step... steps) {
    return new RolloutPlan(
        "chat",
        "canary",
        List.of(steps),
        List.of(MetricGate.named("ceiling", g -> g.require(errorRate().atMost(percent(5))))),
        0,
        Timing.defaults(),
        Duration.ZERO,
        true,
        Optional.of(judge));
  }

  private static Step step(double percent, Duration bake) {
    return Step.of(Weight.percent(percent), bake);
  }

  private static RolloutPlan usual() {
    return plan(
        CanaryJudge.sequential(), step(10, TEN), step(25, TEN), step(50, TEN), step(100, TEN));
  }

  @Test
  void a_candidate_that_is_as_good_as_stable_is_promoted_once_judge_and_gates_agree() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofHours(2));

    assertThat(rollout.state.phase()).isEqualTo(Phase.PROMOTED);
    assertThat(rollout.lastJudged().reason()).isEqualTo(JudgeReason.PROVEN_SAFE);
    assertThat(RolloutEvent.replay(rollout.journal)).isEqualTo(rollout.state);
  }

  @Test
  void the_judge_goes_back_on_its_own_while_every_gate_passes() {
    var rollout = new JudgedRollout(usual());
    rollout.candidateErrors = percent(4);
    rollout.runFor(TEN);

    assertThat(rollout.state.phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(rollout.state.cause().orElseThrow().kind()).isEqualTo(Cause.Kind.JUDGE);
    assertThat(rollout.state.explain())
        .contains("worse than stable: ROLLBACK by sequential, worse in errors: e-value ")
        .contains(" of 100, launch 1, alpha spent 1%")
        .contains(" requests exposed; errors 4")
        .contains("against 1");
    assertThat(RolloutEvent.replay(rollout.journal)).isEqualTo(rollout.state);
  }

  @Test
  void the_judge_goes_back_even_out_of_a_hold() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(2));
    rollout.give(new RolloutInput.Pause("somebody", "lunch"));
    rollout.candidateErrors = percent(11);
    rollout.runFor(Duration.ofMinutes(5));

    assertThat(rollout.state.cause().map(Cause::kind)).contains(Cause.Kind.JUDGE);
  }

  @Test
  void an_absolute_breach_goes_back_alone_while_stable_keeps_the_limit() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(2));
    rollout.gateSees = BREACH;
    rollout.gateSeesOfStable = Optional.of(Reading.of(0.01, 1_000, "test"));
    rollout.runFor(Duration.ofSeconds(30));

    assertThat(rollout.state.cause().map(Cause::kind)).contains(Cause.Kind.GATE);
  }

  @Test
  void a_breach_of_both_is_nobodys_fault_and_the_judge_goes_on_comparing() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(3));
    rollout.gateSees = BREACH;
    rollout.candidateErrors = percent(20);
    rollout.stableErrors = percent(20);
    rollout.runFor(TEN);

    assertThat(rollout.state.hold().map(Hold::reason)).contains(HoldReason.SHARED_OUTAGE);
    var before = rollout.asked;
    rollout.candidateErrors = percent(60);
    rollout.runFor(Duration.ofMinutes(2));
    assertThat(rollout.asked).isGreaterThan(before);
    assertThat(rollout.state.cause().map(Cause::kind)).contains(Cause.Kind.JUDGE);
  }

  @Test
  void without_a_live_stable_the_limit_rules_alone_and_nobody_asks_the_judge() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(33));
    assertThat(rollout.state.phase()).isEqualTo(Phase.WATCHING);
    var asked = rollout.asked;
    rollout.gateSees = BREACH;
    rollout.runFor(Duration.ofMinutes(1));

    assertThat(rollout.asked).isEqualTo(asked);
    assertThat(rollout.state.cause().map(Cause::kind)).contains(Cause.Kind.GATE);
  }

  @Test
  void an_undecided_judge_lets_it_widen_but_not_have_all_traffic() {
    var rollout =
        new JudgedRollout(
            plan(
                CanaryJudge.sequential(j -> j.beta(percent(1e-40))),
                step(10, TEN),
                step(50, TEN),
                step(100, TEN)));
    rollout.runFor(Duration.ofMinutes(12));
    assertThat(rollout.state.weight()).isEqualTo(Weight.percent(50));
    rollout.runFor(TEN);

    var hold = rollout.state.hold().orElseThrow();
    assertThat(hold.reason()).isEqualTo(HoldReason.LOW_TRAFFIC);
    assertThat(hold.detail())
        .startsWith("HOLD by sequential, undecided: ")
        .contains("errors not yet proven within 2% of stable");
    assertThat(rollout.state.weight()).isEqualTo(Weight.percent(50));
  }

  @Test
  void it_is_promoted_out_of_the_hold_as_soon_as_there_is_proof() {
    var rollout =
        new JudgedRollout(
            plan(CanaryJudge.sequential(), step(10, Duration.ofMinutes(1)), step(100, TEN)));
    rollout.runFor(Duration.ofMinutes(2).plusSeconds(30));
    assertThat(rollout.state.hold().map(Hold::reason)).contains(HoldReason.LOW_TRAFFIC);
    rollout.runFor(Duration.ofHours(1));

    assertThat(rollout.state.phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void below_the_floor_of_information_it_waits_at_the_end_of_the_step() {
    var rollout = new JudgedRollout(usual());
    rollout.perMinute = 6;
    rollout.runFor(Duration.ofMinutes(12));

    var hold = rollout.state.hold().orElseThrow();
    assertThat(hold.reason()).isEqualTo(HoldReason.LOW_TRAFFIC);
    assertThat(hold.detail()).contains("too few requests");
  }

  @Test
  void telemetry_that_stops_holds_and_one_that_comes_back_goes_on() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(4));
    rollout.candidateIsSeen = false;
    rollout.runFor(Duration.ofMinutes(5));
    assertThat(rollout.state.hold().map(Hold::reason)).contains(HoldReason.TELEMETRY_GONE);
    assertThat(rollout.state.hold().orElseThrow().detail()).contains("stale telemetry");

    rollout.candidateIsSeen = true;
    rollout.runFor(Duration.ofMinutes(25));
    assertThat(rollout.state.hold()).isEmpty();
  }

  @Test
  void counts_that_cannot_be_read_hold_too() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(4));
    rollout.failure = "connection refused";
    rollout.runFor(Duration.ofMinutes(1));

    assertThat(rollout.state.hold().orElseThrow())
        .satisfies(hold -> assertThat(hold.reason()).isEqualTo(HoldReason.TELEMETRY_GONE))
        .satisfies(
            hold ->
                assertThat(hold.detail())
                    .isEqualTo("nothing could be compared: connection refused"));
  }

  @Test
  void what_happens_during_the_warm_up_or_a_change_of_weight_is_set_aside_unseen() {
    var calm = new JudgedRollout(usual()).runFor(Duration.ofMinutes(13));
    var wild = new JudgedRollout(usual());
    wild.counts =
        blocks ->
            blocks.stream().map(block -> isJudged(wild, block) ? block : ruined(block)).toList();
    wild.runFor(Duration.ofMinutes(13));

    assertThat(wild.state.comparison().trial()).isEqualTo(calm.state.comparison().trial());
  }

  private static boolean isJudged(JudgedRollout rollout, ComparedCounts block) {
    return rollout.state.comparison().spans().stream()
        .anyMatch(
            span ->
                !block.start().isBefore(span.from())
                    && span.to().map(end -> !block.end().isAfter(end)).orElse(true));
  }

  private static ComparedCounts ruined(ComparedCounts block) {
    return new ComparedCounts(block.start(), block.end(), ArmCounts.of(50, 50, 0), block.stable());
  }

  @Test
  void a_block_that_straddles_a_change_of_weight_is_set_aside_unseen() {
    var rollout = new JudgedRollout(usual());
    rollout.counts =
        blocks -> {
          var shifted = new ArrayList<ComparedCounts>();
          for (var block : blocks) {
            shifted.add(
                new ComparedCounts(
                    block.start().plusSeconds(5),
                    block.end().plusSeconds(5),
                    ArmCounts.of(10, 10, 0),
                    ArmCounts.of(10, 0, 0)));
          }
          return shifted.stream()
              .filter(it -> it.start().isBefore(JudgedRollout.START.plusSeconds(60)))
              .toList();
        };
    rollout.runFor(Duration.ofMinutes(3));

    assertThat(rollout.lastJudged().trial().sequence()).isZero();
    assertThat(rollout.state.phase()).isEqualTo(Phase.BAKING);
  }

  @Test
  void a_block_given_twice_or_late_changes_nothing() {
    var once = new JudgedRollout(usual()).runFor(Duration.ofMinutes(6));
    var twice = new JudgedRollout(usual());
    var all = new ArrayList<ComparedCounts>();
    twice.counts =
        blocks -> {
          all.addAll(blocks);
          return List.copyOf(all);
        };
    twice.runFor(Duration.ofMinutes(6));

    assertThat(twice.state.comparison().trial()).isEqualTo(once.state.comparison().trial());
  }

  @Test
  void wealth_survives_a_restart_and_what_nobody_watched_is_set_aside() {
    var rollout = new JudgedRollout(usual());
    rollout.candidateErrors = percent(2);
    rollout.runFor(Duration.ofMinutes(5));
    var before = rollout.lastJudged().trial();
    rollout.state = RolloutEvent.replay(rollout.journal);
    assertThat(rollout.state.comparison().trial()).isEqualTo(before);

    var lastSeen = rollout.now;
    rollout.now = rollout.now.plusSeconds(65);
    rollout.give(new RolloutInput.Recovered(lastSeen));
    rollout.runFor(Duration.ofMinutes(1));

    var spans = rollout.state.comparison().spans();
    assertThat(spans.get(spans.size() - 1).from()).isEqualTo(lastSeen.plusSeconds(65));
    assertThat(rollout.lastJudged().trial().launch()).isEqualTo(1);
    assertThat(rollout.lastJudged().trial().sequence()).isGreaterThan(before.sequence());
    assertThat(RolloutEvent.replay(rollout.journal)).isEqualTo(rollout.state);
  }

  @Test
  void a_relaunch_spends_a_new_alpha_and_says_so() {
    var rollout = new JudgedRollout(usual(), 3).runFor(Duration.ofMinutes(3));

    assertThat(rollout.lastJudged().words()).contains("launch 3, alpha spent 3%");
  }

  @Test
  void a_judge_that_was_changed_midway_starts_anew_as_another_launch() {
    var rollout = new JudgedRollout(usual()).runFor(Duration.ofMinutes(5));
    var changed =
        new JudgedRollout(
            plan(CanaryJudge.sequential(j -> j.alpha(percent(5))), step(10, TEN), step(100, TEN)));
    changed.state = rollout.state;
    changed.now = rollout.now;
    changed.runFor(Duration.ofMinutes(1));

    assertThat(changed.lastJudged().words()).contains("launch 2, alpha spent 10%");
  }

  @Test
  void a_judge_needs_users_who_were_divided_by_chance() {
    var letIn =
        Step.named(
            "10%", s -> s.weight(Weight.percent(10)).audience(Audience.users("ann")).bake(TEN));

    assertThatThrownBy(() -> plan(CanaryJudge.sequential(), letIn, step(100, TEN)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("its judge would compare different users");
    assertThatThrownBy(() -> plan(CanaryJudge.sequential(), step(100, TEN)))
        .hasMessageContaining("its judge has nothing to compare: no step is between 0% and 100%");
  }
}
