package io.bellwether.plans;

import io.bellwether.BellwetherException;
import io.bellwether.config.ConfigLayer;
import io.bellwether.config.ConfigLoader;
import io.bellwether.config.ConfigSchema;
import io.bellwether.config.Default;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.Timing;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.InstanceGroup;
import io.bellwether.strategy.Slots;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A rollout plan as it stands in a file.
 *
 * <pre>{@code
 * release: support-prompt
 * strategy: canary
 * steps:
 *   - {weight: 10, bake: 10m}
 *   - {weight: 50, bake: 15m, approval: {}}
 *   - {weight: 100, bake: 15m}
 * gates:
 *   - preset: canary
 *   - name: answers
 *     require: [empty_rate at most 2% above stable]
 * judge: {alpha: 1%}
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param release the release's name
 * @param strategy how its version changes
 * @param steps of a canary
 * @param gates that watch
 * @param ungated whether it is meant to widen without anything deciding
 * @param judge that compares the candidate with stable; none where it is missing
 * @param timing the times besides the bakes
 * @param blueGreen what is particular to a blue-green plan
 * @param rolling what is particular to a rolling plan
 */
public record PlanFile(
    String release,
    @Default("canary") Kind strategy,
    List<PlanStep> steps,
    List<PlanGate> gates,
    @Default("false") boolean ungated,
    Optional<PlanJudge> judge,
    Optional<PlanTiming> timing,
    Optional<PlanBlueGreen> blueGreen,
    Optional<PlanRolling> rolling) {
  /** The strategies a file can name. */
  public enum Kind {
    /** A few users first. */
    CANARY,
    /** A second environment, switched to. */
    BLUE_GREEN,
    /** Batch after batch of instances. */
    ROLLING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses parts of another strategy than its own. */
  public PlanFile {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    requirePart(strategy, Kind.CANARY, "steps", !steps.isEmpty());
    requirePart(strategy, Kind.CANARY, "judge", judge.isPresent());
    requirePart(strategy, Kind.CANARY, "ungated", ungated);
    requirePart(strategy, Kind.BLUE_GREEN, "blue_green", blueGreen.isPresent());
    requirePart(strategy, Kind.ROLLING, "rolling", rolling.isPresent());
  }

  private static void requirePart(Kind strategy, Kind owner, String part, boolean there) {
    if (there && strategy != owner) {
      throw new IllegalArgumentException(
          part + " belongs to strategy: " + owner + ", and the strategy is " + strategy);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws io.bellwether.config.ConfigException with every problem, its line and column; nothing
   *     unknown is passed over
   * @throws io.bellwether.InvalidConfigurationException if the steps and gates are no plan together
   */
  public static PlanFile read(Path file) {
    return checked(ConfigLoader.of(ConfigLayer.file(file)));
  }

  /**
   * Reads a plan from a text.
   *
   * @param name of the text, for messages
   * @throws io.bellwether.config.ConfigException as {@link #read}
   * @throws io.bellwether.InvalidConfigurationException as {@link #read}
   */
  public static PlanFile parse(String name, String yaml) {
    return checked(ConfigLoader.of(ConfigLayer.text(name, yaml)));
  }

  private static PlanFile checked(ConfigLoader loader) {
    var plan = loader.variables(Map.of()).load().bind(PlanFile.class);
    plan.imagined();
    return plan;
  }

  /** A JSON Schema of plans, for editors. */
  public static String schema() {
    return ConfigSchema.of(PlanFile.class);
  }

  /**
   * The strategy of a canary.
   *
   * @throws BellwetherException if the plan is another one's
   */
  public DeploymentStrategy canary() {
    expect(Kind.CANARY, "canary()");
    return DeploymentStrategy.canary(release, this::addTo);
  }

  /**
   * The strategy of a blue-green plan.
   *
   * @param slots the two environments
   * @throws BellwetherException if the plan is another one's
   */
  public DeploymentStrategy blueGreen(Slots slots) {
    expect(Kind.BLUE_GREEN, "blueGreen(slots)");
    return DeploymentStrategy.blueGreen(
        release,
        slots,
        built -> {
          if (!gates.isEmpty()) {
            built.gates(watching());
          }
          timing.ifPresent(
              times -> built.timing(times.over(usual().withCheckInterval(Duration.ofMinutes(1)))));
          return blueGreen.map(part -> part.addTo(built)).orElse(built);
        });
  }

  /**
   * The strategy of a rolling plan, for the instances the group has now.
   *
   * @throws BellwetherException if the plan is another one's
   */
  public DeploymentStrategy rolling(InstanceGroup group) {
    expect(Kind.ROLLING, "rolling(group)");
    return DeploymentStrategy.rolling(
        release,
        group,
        built -> {
          built.gates(watching());
          timing.ifPresent(times -> built.timing(times.over(usual())));
          return rolling.map(part -> part.addTo(built)).orElse(built);
        });
  }

  /**
   * The strategy on slots or instances that do not exist, to simulate it or to see whether it is
   * one: they say yes to everything.
   */
  public DeploymentStrategy imagined() {
    return switch (strategy) {
      case CANARY -> canary();
      case BLUE_GREEN -> blueGreen(Imagined.SLOTS);
      case ROLLING -> rolling(Imagined.GROUP);
    };
  }

  private CanaryBuilder addTo(CanaryBuilder canary) {
    steps.forEach(step -> step.addTo(canary));
    canary.gates(watching());
    judge.map(PlanJudge::judge).ifPresent(canary::judge);
    timing.ifPresent(times -> canary.timing(times.over(usual())));
    return ungated ? canary.ungated() : canary;
  }

  private MetricGate[] watching() {
    return gates.stream().map(PlanGate::gate).toArray(MetricGate[]::new);
  }

  private static Timing usual() {
    return Timing.defaults();
  }

  private void expect(Kind kind, String call) {
    if (strategy != kind) {
      throw new BellwetherException(
          "plan of '" + release + "' is " + strategy + ": " + call + " is for " + kind);
    }
  }
}
