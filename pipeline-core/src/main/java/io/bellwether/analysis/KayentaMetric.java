package io.bellwether.analysis;

import io.bellwether.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How one metric is judged. Immutable and thread-safe.
 *
 * <p>The components are named as in Kayenta's {@code analysisConfigurations.canary}; what a
 * configuration leaves out has the default that {@link #builder} starts with.
 *
 * @param name of the metric, under which its samples come in; not blank
 * @param groups whose scores the metric counts in; a metric in no group counts in no score, yet its
 *     critical failure and its missing data still do
 * @param direction which differences count
 * @param nanStrategy what a missing point means
 * @param critical whether a failure of this metric alone makes the whole score 0
 * @param mustHaveData whether a metric without data fails; a critical metric without data fails the
 *     whole analysis and ignores this
 * @param muted whether the metric is reported without counting
 * @param outliers which points are left out
 * @param effectSize how large a difference has to be to count
 */
public record KayentaMetric(
    String name,
    List<String> groups,
    Direction direction,
    NanStrategy nanStrategy,
    boolean critical,
    boolean mustHaveData,
    boolean muted,
    KayentaOutliers outliers,
    KayentaEffectSize effectSize) {

  /** Which differences between canary and baseline count. */
  public enum Direction {
    /** Only a canary above the baseline. */
    INCREASE,
    /** Only a canary below the baseline. */
    DECREASE,
    /** Both; Kayenta's default. */
    EITHER
  }

  /** What a missing point (NaN) means. */
  public enum NanStrategy {
    /** Nothing was measured, the point is left out; Kayenta's default. */
    REMOVE,
    /**
     * Nothing happened, the point is 0.
     *
     * <p>An arm without any point then passes: nothing was measured and nothing is complained of.
     */
    REPLACE;

    /** These points without a NaN among them. */
    double[] apply(double[] points) {
      return switch (this) {
        case REMOVE -> Arrays.stream(points).filter(point -> !Double.isNaN(point)).toArray();
        case REPLACE -> Arrays.stream(points).map(p -> Double.isNaN(p) ? 0.0 : p).toArray();
      };
    }
  }

  /** Refuses, all at once, blank names. */
  public KayentaMetric {
    groups = List.copyOf(groups);
    new Problems()
        .require(!name.isBlank(), "the name is blank; give it the name its samples come under")
        .require(groups.stream().noneMatch(String::isBlank), "a group's name is blank: " + groups)
        .throwIfAny("Kayenta metric '" + name + "'");
  }

  /**
   * A metric described in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static KayentaMetric named(String name, UnaryOperator<Builder> rules) {
    return rules.apply(builder(name)).build();
  }

  /**
   * A metric with Kayenta's defaults: in no group, either direction, missing points removed,
   * outliers kept, mean ratio with every threshold at 1, neither critical nor required nor muted.
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** A builder that starts from this metric. */
  public Builder toBuilder() {
    var builder = new Builder(name).groups(groups).direction(direction).nanStrategy(nanStrategy);
    return builder
        .critical(critical)
        .mustHaveData(mustHaveData)
        .muted(muted)
        .outliers(outliers)
        .effectSize(effectSize);
  }

  /** These points as they are compared: missing points handled first, then outliers. */
  double[] prepare(double[] points) {
    return outliers.removeFrom(nanStrategy.apply(points));
  }

  /** Collects a metric's rules. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<String> groups = new ArrayList<>();
    private Direction direction = Direction.EITHER;
    private NanStrategy nanStrategy = NanStrategy.REMOVE;
    private boolean critical;
    private boolean mustHaveData;
    private boolean muted;
    private KayentaOutliers outliers = KayentaOutliers.keep();
    private KayentaEffectSize effectSize =
        KayentaEffectSize.of(KayentaEffectSize.Measure.MEAN_RATIO);

    private Builder(String name) {
      this.name = name;
    }

    /** Adds groups whose scores the metric counts in. */
    public Builder groups(String... names) {
      return groups(List.of(names));
    }

    /** Adds groups whose scores the metric counts in. */
    public Builder groups(List<String> names) {
      groups.addAll(names);
      return this;
    }

    /** Which differences count; either unless said otherwise. */
    public Builder direction(Direction direction) {
      this.direction = direction;
      return this;
    }

    /** What a missing point means; removed unless said otherwise. */
    public Builder nanStrategy(NanStrategy strategy) {
      nanStrategy = strategy;
      return this;
    }

    /** Whether a failure of this metric alone makes the whole score 0; it does not by default. */
    public Builder critical(boolean critical) {
      this.critical = critical;
      return this;
    }

    /** Whether the metric fails without data; it does not by default. */
    public Builder mustHaveData(boolean required) {
      mustHaveData = required;
      return this;
    }

    /** Whether the metric is reported without counting; it counts by default. */
    public Builder muted(boolean muted) {
      this.muted = muted;
      return this;
    }

    /** Which points are left out; none unless said otherwise. */
    public Builder outliers(KayentaOutliers outliers) {
      this.outliers = outliers;
      return this;
    }

    /** How large a difference has to be; any significant one counts unless said otherwise. */
    public Builder effectSize(KayentaEffectSize effectSize) {
      this.effectSize = effectSize;
      return this;
    }

    /**
     * The metric.
     *
     * @throws io.bellwether.InvalidConfigurationException with every problem at once
     */
    public KayentaMetric build() {
      return new KayentaMetric(
          name,
          groups,
          direction,
          nanStrategy,
          critical,
          mustHaveData,
          muted,
          outliers,
          effectSize);
    }
  }
}
