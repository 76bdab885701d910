package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMinutes;

import io.bellwether.gate.Gates;
import io.bellwether.strategy.DeploymentStrategy;

/** A canary, and what it would do with a candidate that fails at a quarter of the traffic. */
public final class CanaryExample {
  private CanaryExample() {}

  /** The strategy of the guide. */
  static DeploymentStrategy canary() {
    // begin: canary
    var canary =
        DeploymentStrategy.canary(
            "support-prompt",
            c ->
                c.step(10, ofMinutes(10))
                    .step(25, ofMinutes(10))
                    .step(50, ofMinutes(15))
                    .step(100, ofMinutes(15))
                    .gates(Gates.canaryDefaults(), Gates.emptyAnswers()));
    // end
    return canary;
  }

  /** Prints the decisions. */
  public static void main(String[] args) {
    System.out.println(
        canary()
            .simulate(
                traffic(600).stableErrors(percent(1)).candidateErrors(percent(2), percent(9))));
  }
}
