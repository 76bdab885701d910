package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.Gates;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SimulationTest {
  private static DeploymentStrategy canary(Duration firstBake) {
    return DeploymentStrategy.canary(
        "chat", c -> c.step(10, firstBake).step(100, ofMinutes(5)).gates(Gates.canaryDefaults()));
  }

  @Test
  void a_rollout_that_ends_is_not_cut_short() {
    var simulation = canary(ofMinutes(10)).simulate(traffic(600));
    assertThat(simulation.end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(simulation.cutShort()).isEmpty();
    assertThat(simulation.toString()).doesNotContain("STOPPED");
  }

  @Test
  @Timeout(30)
  void a_bake_of_years_stops_after_a_bounded_number_of_decisions_and_says_so() {
    var simulation = canary(ofDays(3_650)).simulate(traffic(600));
    assertThat(simulation.end().isTerminal()).isFalse();
    assertThat(simulation.cutShort())
        .contains(
            "STOPPED after 100,000 decisions, of which a plan of 3650d has more: shorten its"
                + " bakes or check less often");
    assertThat(simulation.toString()).contains("STOPPED after 100,000 decisions");
  }

  @Test
  @Timeout(30)
  void the_longest_times_a_plan_can_have_are_simulated_to_the_end() {
    var ten = Durations.LONGEST;
    var slow =
        DeploymentStrategy.canary(
            "chat", c -> c.step(1, ten).step(2, ten).step(3, ten).step(100, ten).ungated());
    var simulation = slow.simulate(traffic(600));
    assertThat(simulation.end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(simulation.exposed().orElseThrow()).isGreaterThan(3_000_000_000L);
    assertThat(simulation.length()).isEqualTo(ten.multipliedBy(4));
  }

  @Test
  void a_rollout_held_past_the_horizon_says_that_the_simulation_stopped() {
    var waiting =
        DeploymentStrategy.canary(
            "chat",
            c ->
                c.step(10, ofMinutes(5))
                    .pause()
                    .step(100, ofMinutes(5))
                    .gates(Gates.canaryDefaults()));
    var simulation = waiting.simulate(traffic(0.01));
    assertThat(simulation.end().isTerminal()).isFalse();
    assertThat(simulation.cutShort())
        .contains("STOPPED: the plan is over by 4d and the rollout has not ended");
    assertThat(simulation.lines().get(simulation.lines().size() - 1).text())
        .isEqualTo(simulation.cutShort().orElseThrow());
  }

  @Test
  void no_share_is_negative_in_an_outage_of_a_candidate_that_often_says_nothing() {
    var simulation =
        canary(ofMinutes(10))
            .simulate(
                traffic(600)
                    .candidateEmpties(percent(60))
                    .outage(ofMinutes(1), ofMinutes(5), percent(80)));
    assertThat(simulation.toString()).doesNotContain("-");
  }

  @Test
  void a_rolling_plan_serves_as_many_users_as_it_has_new_instances() {
    var rolling =
        DeploymentStrategy.rolling(
            "chat", new Existing(), r -> r.bake(ofMinutes(6)).gates(Gates.canaryDefaults()));
    assertThat(rolling.simulate(traffic(1200)).end().phase()).isEqualTo(Phase.PROMOTED);

    var bad = rolling.simulate(traffic(1200).candidateErrors(percent(9)));
    assertThat(bad.end().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(bad.exposed().orElseThrow()).isBetween(1L, 3_000L);
  }

  /** Four instances that do what they are told. */
  private static final class Existing implements InstanceGroup {
    @Override
    public List<String> instances() {
      return List.of("1", "2", "3", "4");
    }

    @Override
    public void replace(String instance, Version version) {}

    @Override
    public boolean isReady(String instance, Version version) {
      return true;
    }
  }
}
