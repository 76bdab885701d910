package io.bellwether.strategy;

import static java.util.Objects.requireNonNull;

import io.bellwether.rollout.RolloutPlan;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * How one release changes its version. Immutable and thread-safe; the same strategy serves any
 * number of rollouts.
 */
public final class DeploymentStrategy {
  private final RolloutPlan plan;

  DeploymentStrategy(RolloutPlan plan) {
    this.plan = plan;
  }

  /**
   * A few users first, then more, while gates compare.
   *
   * @param release the release's name
   * @param steps adds the steps and gates
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public static DeploymentStrategy canary(String release, UnaryOperator<CanaryBuilder> steps) {
    return built(new CanaryBuilder(release), steps).build();
  }

  /** A canary to be built, for when a lambda does not fit. */
  public static CanaryBuilder canary(String release) {
    return new CanaryBuilder(release);
  }

  /**
   * A second environment, tried without users and then switched to.
   *
   * @param release the release's name
   * @param slots the two environments
   * @param parts adds smoke tests, gates and times
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public static DeploymentStrategy blueGreen(
      String release, Slots slots, UnaryOperator<BlueGreenBuilder> parts) {
    return built(new BlueGreenBuilder(release, slots), parts).build();
  }

  /**
   * Batch after batch of instances.
   *
   * @param release the release's name
   * @param group the instances
   * @param parts adds batch sizes, gates and times
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public static DeploymentStrategy rolling(
      String release, InstanceGroup group, UnaryOperator<RollingBuilder> parts) {
    return built(new RollingBuilder(release, group), parts).build();
  }

  private static <T> T built(T builder, UnaryOperator<T> parts) {
    requireNonNull(parts, "say in a lambda what the strategy consists of");
    return requireNonNull(parts.apply(builder), "the lambda has to return the builder");
  }

  /** The release's name. */
  public String release() {
    return plan.release();
  }

  /** What the engine runs. */
  public RolloutPlan plan() {
    return plan;
  }

  /**
   * What this strategy would do on this traffic; decided in milliseconds, without threads, the same
   * every time.
   */
  public Simulation simulate(Traffic traffic) {
    requireNonNull(traffic, "traffic: say what to simulate, such as Traffic.of(..)");
    return Simulation.run(plan, new TrafficModel(traffic, Instant.EPOCH));
  }

  /**
   * What this strategy would have done on what was recorded: last Tuesday, for example. Decided in
   * milliseconds, without threads, the same every time.
   *
   * <p>The gates see the recorded values whatever weight this plan gives the candidate, and what a
   * step's work does is taken for done. A judge, which compares counts of blocks, is left out.
   */
  public Simulation replay(MetricTrace trace) {
    requireNonNull(trace, "trace: say what to replay, such as MetricTrace.read(..)");
    return Simulation.run(
        plan.withoutJudge(),
        new TraceModel(trace, SimulationModel.STABLE, SimulationModel.CANDIDATE));
  }

  /** For example {@code canary of support-prompt: 10% for 10m, 25% for 10m, 100% for 15m}. */
  @Override
  public String toString() {
    return plan.strategy()
        + " of "
        + plan.release()
        + ": "
        + String.join(", ", plan.steps().stream().map(Object::toString).toList());
  }
}
