package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMinutes;

import io.bellwether.junit.RolloutScenario;
import io.bellwether.strategy.DeploymentStrategy;
import org.junit.jupiter.api.Test;

class CanaryScenarioTest {
  private final DeploymentStrategy canary = CanaryExample.canary();

  // begin: scenario
  @Test
  void a_candidate_that_gets_worse_goes_back() {
    RolloutScenario.given(canary)
        .stable("v1")
        .candidate("v2")
        .metrics(m -> m.after(ofMinutes(20), later -> later.errors("v2", percent(9))))
        .whenLeftAlone()
        .then(
            rollout ->
                assertThat(rollout)
                    .rolledBack()
                    .atStep(25)
                    .because("error_rate")
                    .told("rollout_rolled_back"));
  }

  // end

  // begin: people
  @Test
  void an_operator_can_stop_it() {
    RolloutScenario.given(canary)
        .router(router -> router.failApplies(2))
        .when(
            rollout ->
                rollout.advance(ofMinutes(12)).abort("operator", "complaints").advanceToEnd())
        .then(rollout -> assertThat(rollout).rolledBack().because("complaints"));
  }

  // end

  // begin: simulate
  @Test
  void few_users_meet_a_bad_candidate() {
    var simulation = canary.simulate(traffic(600).candidateErrors(percent(9)));

    assertThat(simulation).rolledBack().neverExceeded(10).exposedAtMost(200);
  }

  // end
}
