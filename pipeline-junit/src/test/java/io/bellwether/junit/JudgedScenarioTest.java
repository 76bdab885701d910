package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.Gates;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A scenario of a strategy that has a judge. */
class JudgedScenarioTest {
  private final RolloutScenario scenario =
      RolloutScenario.given(
          DeploymentStrategy.canary(
              "chat",
              c -> c.usualSteps().gates(Gates.canaryDefaults()).judge(CanaryJudge.sequential())));

  @Test
  void a_candidate_that_does_well_is_promoted_when_the_judge_agrees() {
    var outcome = scenario.whenLeftAlone();

    assertThat(outcome.state().phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void one_that_is_worse_within_every_limit_goes_back() {
    var outcome = scenario.metrics(m -> m.errors("candidate", percent(4))).whenLeftAlone();

    assertThat(outcome.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(outcome.state().cause().orElseThrow().kind()).isEqualTo(Cause.Kind.JUDGE);
    assertThat(outcome.state().step()).isZero();
  }

  @Test
  void one_that_gets_slower_within_every_limit_goes_back() {
    var outcome =
        scenario
            .metrics(m -> m.after(ofMinutes(12), l -> l.p95("candidate", Duration.ofMillis(1_900))))
            .whenLeftAlone();

    assertThat(outcome.state().explain()).contains("worse in slow");
  }
}
