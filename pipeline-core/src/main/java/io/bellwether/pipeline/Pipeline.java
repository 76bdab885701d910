package io.bellwether.pipeline;

import io.bellwether.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A graph of stages without cycles. Immutable and thread-safe; the same pipeline serves any number
 * of runs.
 */
public final class Pipeline {
  private final String name;
  private final boolean failFast;
  private final Map<String, Stage> stages;

  private Pipeline(String name, boolean failFast, List<Stage> inOrder) {
    this.name = name;
    this.failFast = failFast;
    stages = new LinkedHashMap<>();
    inOrder.forEach(stage -> stages.put(stage.name(), stage));
  }

  /**
   * A pipeline built in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once: names used
   *     twice, stages nobody knows, circles with the way around
   */
  public static Pipeline named(String name, UnaryOperator<Builder> stages) {
    return stages.apply(new Builder(name)).build();
  }

  /** A pipeline to be built. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** What the pipeline is called. */
  public String name() {
    return name;
  }

  /** Whether the first failure stops what runs and skips what waits. */
  public boolean failFast() {
    return failFast;
  }

  /** The stages, each after what it needs. */
  public List<Stage> stages() {
    return List.copyOf(stages.values());
  }

  /** The stage of this name. */
  public Optional<Stage> stage(String name) {
    return Optional.ofNullable(stages.get(name));
  }

  Stage known(String name) {
    return stage(name).orElseThrow(() -> new IllegalArgumentException("no stage '" + name + "'"));
  }

  /** For example {@code pipeline chat: validate, unit-tests, deploy}. */
  @Override
  public String toString() {
    return "pipeline " + name + ": " + String.join(", ", stages.keySet());
  }

  /** Collects stages. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Stage.Builder> stages = new ArrayList<>();
    private boolean failFast = true;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a stage; the order says nothing about what runs first. */
    public Builder stage(String name, UnaryOperator<Stage.Builder> what) {
      stages.add(what.apply(new Stage.Builder(name)));
      return this;
    }

    /** Lets what does not depend on a failed stage go on. */
    public Builder goOnAfterFailure() {
      failFast = false;
      return this;
    }

    /**
     * The pipeline.
     *
     * @throws io.bellwether.InvalidConfigurationException with every problem at once
     */
    public Pipeline build() {
      var problems = new Problems();
      problems.require(!name.isBlank(), "its name is blank");
      problems.require(!stages.isEmpty(), "it has no stage; add stage(\"test\", s -> s.run(…))");
      var built = stages.stream().map(stage -> stage.build(problems)).toList();
      var inOrder = StageGraph.inOrder(built, problems);
      problems.throwIfAny("pipeline '" + name + "'");
      return new Pipeline(name, failFast, inOrder);
    }
  }
}
