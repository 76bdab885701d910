package io.bellwether.benchmarks.peers;

import io.bellwether.benchmarks.UserKeys;
import io.getunleash.UnleashContext;
import io.getunleash.strategy.FlexibleRolloutStrategy;
import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Unleash: its gradual roll-out strategy alone, without the client around it. */
@State(Scope.Benchmark)
public class UnleashPeer {
  private final FlexibleRolloutStrategy strategy = new FlexibleRolloutStrategy();
  private final Map<String, String> parameters =
      Map.of("rollout", "10", "stickiness", "default", "groupId", "support-prompt");
  private final UnleashContext[] contexts =
      Arrays.stream(UserKeys.ALL)
          .map(key -> UnleashContext.builder().userId(key).build())
          .toArray(UnleashContext[]::new);

  /** Refuses a strategy that is not set up. */
  @Setup
  public void check() {
    Share.requireTenth("Unleash", this::decide);
  }

  /** Whether the user of this index gets the feature. */
  public boolean decide(int index) {
    return strategy.isEnabled(parameters, contexts[index]);
  }
}
