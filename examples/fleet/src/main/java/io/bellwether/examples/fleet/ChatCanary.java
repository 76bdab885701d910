package io.bellwether.examples.fleet;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofSeconds;

import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.Timing;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;

/** How a version of the chat service gets to its users: in seconds here, in minutes elsewhere. */
final class ChatCanary {
  private static final double FASTER = 100;

  private ChatCanary() {}

  static DeploymentStrategy strategy() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, ofSeconds(4))
                .step(50, ofSeconds(4))
                .step(100, ofSeconds(4))
                .gates(
                    MetricGate.named(
                        "errors",
                        g ->
                            g.require(errorRate().atMost(percent(5)).over(ofSeconds(5)))
                                .minSamples(20)))
                .timing(
                    Timing.defaults()
                        .fasterBy(FASTER)
                        .withProgressDeadline(Duration.ofMinutes(2))
                        .withAbortDeadline(Duration.ofMinutes(2))));
  }
}
