package io.bellwether.analysis;

import io.bellwether.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a {@link KayentaJudge} judges by: the parts of a Kayenta canary configuration that decide.
 * Immutable and thread-safe.
 *
 * @param metrics at least one, no two of the same name
 * @param groupWeights percent of the score by group, 0 or more. Groups without a weight share what
 *     is left of 100 equally; less than nothing is left when the weights exceed 100, and then they
 *     lower the score. When every group has a weight and the weights do not add up to 100, neither
 *     does the best score
 * @param scoreThresholds which scores pass
 * @param classifier how the arms are compared
 */
public record KayentaConfig(
    List<KayentaMetric> metrics,
    Map<String, Double> groupWeights,
    KayentaScoreThresholds scoreThresholds,
    KayentaClassifier classifier) {

  /** Refuses, all at once, what could not be judged by. */
  public KayentaConfig {
    metrics = List.copyOf(metrics);
    groupWeights = Collections.unmodifiableMap(new LinkedHashMap<>(groupWeights));
    var problems = new Problems();
    problems.require(
        !metrics.isEmpty(), "it has no metric; add one, such as metric(\"errors\", m -> m)");
    checkNames(problems, metrics);
    groupWeights.forEach(
        (group, weight) ->
            problems.require(
                Double.isFinite(weight) && weight >= 0,
                "the weight of group '" + group + "' is " + weight + ", expected 0 or more"));
    problems.throwIfAny("Kayenta configuration");
  }

  /**
   * A configuration in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static KayentaConfig create(UnaryOperator<Builder> rules) {
    return rules.apply(builder()).build();
  }

  /** A configuration to be built. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this configuration. */
  public Builder toBuilder() {
    var builder = new Builder().scoreThresholds(scoreThresholds).classifier(classifier);
    metrics.forEach(builder::metric);
    groupWeights.forEach(builder::groupWeight);
    return builder;
  }

  private static void checkNames(Problems problems, List<KayentaMetric> metrics) {
    var seen = new LinkedHashSet<String>();
    for (var metric : metrics) {
      problems.require(
          seen.add(metric.name()), "there are two metrics '" + metric.name() + "'; rename one");
    }
  }

  /** Collects a configuration. Not thread-safe. */
  public static final class Builder {
    private final List<KayentaMetric> metrics = new ArrayList<>();
    private final Map<String, Double> groupWeights = new LinkedHashMap<>();
    private KayentaScoreThresholds scoreThresholds = KayentaScoreThresholds.defaults();
    private KayentaClassifier classifier = KayentaClassifier.MANN_WHITNEY;

    private Builder() {}

    /** Adds a metric. */
    public Builder metric(KayentaMetric metric) {
      metrics.add(metric);
      return this;
    }

    /** Adds a metric described in place. */
    public Builder metric(String name, UnaryOperator<KayentaMetric.Builder> rules) {
      return metric(KayentaMetric.named(name, rules));
    }

    /** Gives a group its percentage of the score, from 0 to 100. */
    public Builder groupWeight(String group, double percent) {
      groupWeights.put(group, percent);
      return this;
    }

    /** Which scores pass, both from 0 to 100; 95 and 75 unless said otherwise. */
    public Builder scoreThresholds(double pass, double marginal) {
      return scoreThresholds(new KayentaScoreThresholds(pass, marginal));
    }

    /** Which scores pass. */
    public Builder scoreThresholds(KayentaScoreThresholds thresholds) {
      scoreThresholds = thresholds;
      return this;
    }

    /** How the arms are compared; by the rank test unless said otherwise. */
    public Builder classifier(KayentaClassifier classifier) {
      this.classifier = classifier;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws io.bellwether.InvalidConfigurationException with every problem at once
     */
    public KayentaConfig build() {
      return new KayentaConfig(metrics, groupWeights, scoreThresholds, classifier);
    }
  }
}
