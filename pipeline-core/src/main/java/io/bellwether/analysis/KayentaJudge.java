package io.bellwether.analysis;

import static java.util.Objects.requireNonNull;

import io.bellwether.Problems;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Compares canary and baseline as Spinnaker's Kayenta does ({@code NetflixACAJudge-v1.0}), so that
 * an existing configuration gives the same answers here.
 *
 * <pre>{@code
 * var judge = KayentaJudge.create(c -> c
 *     .metric("errors", m -> m.groups("errors").direction(INCREASE).critical(true))
 *     .metric("latency", m -> m.groups("latency").direction(INCREASE))
 *     .groupWeight("errors", 60).groupWeight("latency", 40)
 *     .scoreThresholds(95, 75));
 *
 * judge.judge(List.of(
 *     KayentaSamples.of("errors").baseline(…).canary(…),
 *     KayentaSamples.of("latency").baseline(…).canary(…)));
 * }</pre>
 *
 * <p>For each metric missing points are removed or replaced by 0, outliers are removed if asked,
 * and the Mann-Whitney test gives a 98 % confidence interval of the shift between the arms. The
 * metric is High or Low when the whole interval lies beyond a quarter of the estimated shift, on a
 * side that counts, and the effect is large enough. A group's score is the share of its metrics
 * that passed, the score their weighted sum from 0 to 100.
 *
 * <p>Know its limits:
 *
 * <ul>
 *   <li>Every judgement is a 98 % test of every metric, corrected neither for the number of metrics
 *       nor for repeated looks. It guarantees no false-alarm rate over a rollout.
 *   <li>The search for the interval stops within 1e-4 of the metric's unit. Shifts below about 5e-5
 *       are invisible: state a metric in a unit that makes its values large (milliseconds rather
 *       than seconds, percent rather than a share of one).
 *   <li>The tolerance is a share of the estimated shift, not of the baseline. Only {@link
 *       KayentaEffectSize} keeps a small but certain difference from counting.
 *   <li>A metric in error counts in no score, see {@link KayentaResult#errors()}.
 * </ul>
 *
 * <p>It departs from Kayenta where Kayenta itself is left to chance or plainly wrong:
 *
 * <ul>
 *   <li>The noise that is laid over two constant arms is the same each time, and effects are
 *       measured without it. Two constants closer than about 1e-4 of their value, undecided there,
 *       are decided here.
 *   <li>One point against one point is always an {@link KayentaClassification#ERROR}; there it is
 *       one or not depending on rounding.
 *   <li>Points without a finite range (infinite values) are an error instead of a pass.
 *   <li>Negative zero equals zero.
 *   <li>Group scores are added in the order of the metrics instead of a hash map's, which can
 *       differ in the last bit before the score is rounded to two decimals.
 * </ul>
 *
 * <p>An error counts in no total and makes no metric critical, as in Kayenta: a run of errors alone
 * scores 100. {@link KayentaResult#errors} names them; a host that must not pass then asks for it.
 *
 * <p>Immutable and thread-safe; the same samples give the same result, on every machine.
 */
public final class KayentaJudge {
  /** Share of the estimated shift that an interval has to clear. */
  static final double TOLERANCE = 0.25;

  /** Confidence of the interval, as a share of one. */
  static final double CONFIDENCE = 0.98;

  private final KayentaConfig config;

  private KayentaJudge(KayentaConfig config) {
    this.config = config;
  }

  /** A judge by this configuration. */
  public static KayentaJudge of(KayentaConfig config) {
    return new KayentaJudge(config);
  }

  /**
   * A judge configured in place.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static KayentaJudge create(UnaryOperator<KayentaConfig.Builder> rules) {
    return of(KayentaConfig.create(rules));
  }

  /** What this judge judges by. */
  public KayentaConfig config() {
    return config;
  }

  /**
   * Judges the samples of every metric.
   *
   * @param samples for each configured metric at least one, with empty arms when there is no data;
   *     several of one metric (of several instances or tags) count as a metric each
   * @throws io.bellwether.InvalidConfigurationException if a metric has no samples, or samples have
   *     no metric
   */
  public KayentaResult judge(List<KayentaSamples> samples) {
    var metrics = new LinkedHashMap<String, KayentaMetric>();
    config.metrics().forEach(metric -> metrics.put(metric.name(), metric));
    check(metrics, samples);
    var results =
        samples.stream()
            .map(sample -> classify(requireNonNull(metrics.get(sample.metric())), sample))
            .toList();
    var score = new KayentaScorer(config.groupWeights()).score(results);
    return new KayentaResult(
        config.scoreThresholds().classify(score.value()),
        score.value(),
        score.reason(),
        config.scoreThresholds(),
        results,
        score.groups());
  }

  private KayentaMetricResult classify(KayentaMetric metric, KayentaSamples samples) {
    var baseline = metric.prepare(samples.baseline());
    var canary = metric.prepare(samples.canary());
    var finding = config.classifier().classify(metric, baseline, canary);
    return KayentaMetricResult.of(metric, finding, baseline, canary);
  }

  private static void check(Map<String, KayentaMetric> metrics, List<KayentaSamples> samples) {
    var problems = new Problems();
    var missing = new LinkedHashSet<>(metrics.keySet());
    for (var sample : samples) {
      missing.remove(sample.metric());
      problems.require(
          metrics.containsKey(sample.metric()),
          "'" + sample.metric() + "' is no metric of the configuration " + metrics.keySet());
    }
    for (var name : missing) {
      problems.add(
          "metric '"
              + name
              + "' has no samples; where its source had none, hand in KayentaSamples.of(\""
              + name
              + "\")");
    }
    problems.throwIfAny("samples for the Kayenta judge");
  }

  /** For example {@code Kayenta judge of errors, latency; pass 95, marginal 75}. */
  @Override
  public String toString() {
    return "Kayenta judge of "
        + String.join(", ", config.metrics().stream().map(KayentaMetric::name).toList())
        + "; "
        + config.scoreThresholds();
  }
}
