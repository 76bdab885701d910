package io.bellwether.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import io.bellwether.config.ConfigException;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.Traffic;
import org.junit.jupiter.api.Test;

class PlanFileTest {
  private static final String CANARY =
      """
      release: support-prompt
      steps:
        - shadow: 5
          bake: 5m
        - {weight: 10, bake: 10m}
        - pause: true
        - {weight: 50, bake: 15m, approval: {by: [release manager], timeout: 2h}}
        - approval: {quorum: 2}
        - {weight: 100, bake: 15m}
      gates:
        - preset: canary
        - name: answers
          require:
            - empty_rate at most 2% above stable, over 10m
          min_samples: 50
          dry_run: true
      timing: {check_interval: 15s, warm_up: 2m}
      """;

  @Test
  void a_canary_is_what_the_file_says() {
    var strategy = PlanFile.parse("plan.yml", CANARY).canary();

    assertThat(strategy)
        .hasToString(
            "canary of support-prompt: shadow at 0%, 5% mirrored for 5m, 10% for 10m, pause at 10%"
                + " until resumed, 50% for 15m, then approved by 1 of [release manager], approval at"
                + " 50% for 0ms, then approved by 2 of anybody, 100% for 15m");
    assertThat(strategy.plan().gates()).hasSize(2);
    assertThat(strategy.plan().timing().checkInterval()).hasSeconds(15);
    assertThat(strategy.plan().timing().warmUp()).hasMinutes(2);
  }

  @Test
  void cohorts_headers_and_users_are_let_in() {
    var plan =
        PlanFile.parse(
            "plan.yml",
            """
            release: chat
            ungated: true
            steps:
              - {cohort: beta, bake: 5m}
              - {header: {x-canary: always}, bake: 5m}
              - {users: [ann, bob], bake: 1h}
              - {weight: 100}
            """);

    assertThat(plan.canary().toString())
        .contains("also for [cohort beta, header x-canary=always, users [ann, bob]] for 1h");
  }

  @Test
  void a_judge_compares_where_the_file_names_one() {
    var judged =
        PlanFile.parse(
            "plan.yml",
            """
            release: chat
            steps: [{weight: 10, bake: 10m}, {weight: 100}]
            judge: {alpha: 0.5%, promote_after: 500, minimum_sample: 50}
            """);

    assertThat(judged.canary().plan().judge().map(Object::toString).orElse("")).contains("0.5%");
  }

  @Test
  void it_can_be_simulated() {
    var plan =
        PlanFile.parse(
            "plan.yml",
            """
            release: chat
            steps: [{weight: 10, bake: 10m}, {weight: 100, bake: 10m}]
            gates: [{preset: canary}]
            """);

    var good = plan.imagined().simulate(Traffic.traffic(600));
    var bad = plan.imagined().simulate(Traffic.traffic(600).candidateErrors(Ratio.percent(9)));

    assertThat(good.end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(bad.end().phase()).isEqualTo(Phase.ROLLED_BACK);
  }

  @Test
  void blue_green_and_rolling_plans_simulate_as_well() {
    var blueGreen =
        PlanFile.parse(
            "plan.yml",
            """
            release: chat
            strategy: blue_green
            blue_green: {promote_after: 5m, watch: 10m, standby: 1h}
            """);
    var rolling =
        PlanFile.parse(
            "plan.yml",
            """
            release: chat
            strategy: rolling
            rolling: {batch: 2, max_unavailable: 2, bake: 5m}
            gates: [{preset: canary}]
            """);

    for (var plan : new PlanFile[] {blueGreen, rolling}) {
      var simulation = plan.imagined().simulate(Traffic.traffic(600));
      assertThat(simulation.end().phase())
          .describedAs(simulation.toString())
          .isEqualTo(Phase.PROMOTED);
    }
    assertThatThrownBy(rolling::canary)
        .isInstanceOf(BellwetherException.class)
        .hasMessage("plan of 'chat' is rolling: canary() is for canary");
  }

  @Test
  void everything_wrong_is_told_at_once_with_its_place() {
    assertThatThrownBy(
            () ->
                PlanFile.parse(
                    "plan.yml",
                    """
                    release: chat
                    steps:
                      - {weigth: 10}
                      - {weight: 10, pause: true}
                      - {cohort: beta, approval: {}}
                      - {pause: true, bake: 5m}
                    gates:
                      - preset: canari
                      - {name: own, require: [error_rate at most much]}
                      - {preset: canary, name: two}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("plan.yml:3:6")
        .hasMessageContaining("weight")
        .hasMessageContaining("plan.yml:4:")
        .hasMessageContaining("expected one of weight, shadow, cohort")
        .hasMessageContaining("an approval stands alone or beside a weight")
        .hasMessageContaining("a pause and an approval have no bake")
        .hasMessageContaining("one of canary, blue_green, telemetry, empty_answers, quality")
        .hasMessageContaining("is no number")
        .hasMessageContaining("expected either a preset, or a name with require");
  }

  @Test
  void parts_of_another_strategy_and_plans_that_are_none_are_refused() {
    assertThatThrownBy(
            () ->
                PlanFile.parse(
                    "plan.yml", "release: chat\nstrategy: rolling\nsteps: [{pause: true}]\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("steps belongs to strategy: canary, and the strategy is rolling");
    assertThatThrownBy(
            () -> PlanFile.parse("plan.yml", "release: chat\nsteps: [{weight: 50, bake: 5m}]\n"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("no gate watches it");
  }

  @Test
  void editors_get_a_schema() {
    assertThat(PlanFile.schema()).contains("\"release\"").contains("\"promote_after\"");
  }
}
