package io.bellwether.examples.strategies;

import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.MetricTrace;
import java.nio.file.Path;
import java.time.Duration;

/** What the canary of the guide would have done with recorded metrics. */
public final class ReplayExample {
  private ReplayExample() {}

  /**
   * Prints the decisions.
   *
   * @param args the trace, a CSV or JSON lines file
   */
  public static void main(String[] args) {
    var canary = CanaryExample.canary();
    replay(canary, Path.of(args[0]));
  }

  private static void replay(DeploymentStrategy canary, Path recorded) {
    // begin: replay
    var lastTuesday = MetricTrace.read(recorded).freshFor(Duration.ofMinutes(2));
    System.out.println(canary.replay(lastTuesday));
    // end
  }
}
