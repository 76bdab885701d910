package io.bellwether.junit;

import io.bellwether.rollout.RolloutState;
import io.bellwether.runtime.Rollout;
import io.bellwether.strategy.Simulation;

/**
 * Where assertions begin; goes well with a static import, also beside AssertJ's own.
 *
 * <p>For example {@code assertThat(rollout).rolledBack().atStep(25).because("error_rate")}.
 */
public final class RolloutAssertions {
  private RolloutAssertions() {}

  /** Looks at a rollout in a runtime. */
  public static RolloutAssert assertThat(Rollout actual) {
    return new RolloutAssert(actual);
  }

  /** Looks at where a rollout stands. */
  public static RolloutStateAssert assertThat(RolloutState actual) {
    return new RolloutStateAssert(actual);
  }

  /** Looks at a simulation or a replay. */
  public static SimulationAssert assertThat(Simulation actual) {
    return new SimulationAssert(actual);
  }

  /** Looks at the rollout that was started last in a deployment test, and at what it told. */
  public static DeploymentAssert assertThat(Deployment actual) {
    return new DeploymentAssert(actual);
  }

  /** Looks at what came of a scenario. */
  public static RolloutOutcomeAssert assertThat(RolloutOutcome actual) {
    return new RolloutOutcomeAssert(actual);
  }
}
