package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.Gates;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A candidate that is plainly broken goes back at the first check, whoever else is unwell. */
class BrokenCandidateTest {
  @ParameterizedTest
  @CsvSource({
    "10, 300, 1",
    "10, 600, 3",
    "10, 2000, 3",
    "25, 100, 1",
    "25, 600, 2",
    "25, 2000, 3",
    "50, 100, 1",
    "50, 300, 2",
    "50, 600, 1",
    "50, 600, 3",
    "50, 2000, 3"
  })
  void a_candidate_that_fails_is_rolled_back_without_a_hold_though_stable_is_not_perfect(
      int first, int perMinute, double stableErrors) {
    var canary =
        DeploymentStrategy.canary(
            "chat",
            c ->
                c.step(first, ofMinutes(10))
                    .step(100, ofMinutes(15))
                    .gates(Gates.canaryDefaults()));
    for (var candidateErrors : new double[] {30, 100}) {
      var simulation =
          canary.simulate(
              traffic(perMinute)
                  .stableErrors(percent(stableErrors))
                  .candidateErrors(percent(candidateErrors)));
      assertThat(simulation.end().phase()).as("%s", simulation).isEqualTo(Phase.ROLLED_BACK);
      assertThat(simulation.journal())
          .as("%s", simulation)
          .noneMatch(event -> event instanceof RolloutEvent.Held);
      assertThat(simulation.length()).as("%s", simulation).isLessThan(ofMinutes(12));
    }
  }
}
