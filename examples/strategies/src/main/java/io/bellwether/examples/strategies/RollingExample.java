package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofMinutes;

import io.bellwether.gate.MetricGate;
import io.bellwether.junit.RolloutScenario;
import io.bellwether.release.Version;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.InstanceGroup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A rolling deployment over instances in memory whose second half fails, on virtual time. */
public final class RollingExample {
  private RollingExample() {}

  /** Instances; a service has its platform's calls here. */
  static final class MemoryGroup implements InstanceGroup {
    private final Map<String, Version> running = new TreeMap<>();

    MemoryGroup(Version stable, String... instances) {
      for (var instance : instances) {
        running.put(instance, stable);
      }
    }

    @Override
    public List<String> instances() {
      return List.copyOf(running.keySet());
    }

    @Override
    public void replace(String instance, Version version) {
      running.put(instance, version);
    }

    @Override
    public boolean isReady(String instance, Version version) {
      return version.equals(running.get(instance));
    }

    @Override
    public String toString() {
      return running.toString();
    }
  }

  /** The strategy of the guide. */
  static DeploymentStrategy rolling(InstanceGroup group) {
    // begin: rolling
    var errors = MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))));
    var rolling =
        DeploymentStrategy.rolling(
            "chat", group, r -> r.batch(2).maxUnavailable(1).bake(ofMinutes(3)).gates(errors));
    // end
    return rolling;
  }

  /** Prints the timeline, and what runs where in the end. */
  public static void main(String[] args) {
    var group = new MemoryGroup(new Version("v1"), "i1", "i2", "i3", "i4");
    var outcome =
        RolloutScenario.given(rolling(group))
            .stable("v1")
            .candidate("v2")
            .metrics(m -> m.after(ofMinutes(5), later -> later.errors("v2", percent(12))))
            .whenLeftAlone();
    System.out.println(outcome);
    System.out.println("running: " + group);
  }
}
