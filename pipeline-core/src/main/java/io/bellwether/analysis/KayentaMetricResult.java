package io.bellwether.analysis;

/**
 * What became of one metric, with the evidence.
 *
 * @param metric the rules it was judged by
 * @param classification the label
 * @param reason one sentence
 * @param critical whether this alone makes the score 0
 * @param ratio the canary's mean as a multiple of the baseline's; NaN if either is 0, and 1 when no
 *     comparison was needed
 * @param effect the size of the difference in the metric's own measure; NaN if it was not computed
 * @param shift of the canary against the baseline in the metric's unit; {@link KayentaShift#NONE}
 *     when no test was needed
 * @param baseline the baseline's points, as far as they were compared
 * @param canary the canary's points, as far as they were compared
 */
public record KayentaMetricResult(
    KayentaMetric metric,
    KayentaClassification classification,
    String reason,
    boolean critical,
    double ratio,
    double effect,
    KayentaShift shift,
    KayentaStatistics baseline,
    KayentaStatistics canary) {

  static KayentaMetricResult of(
      KayentaMetric metric, KayentaFinding finding, double[] baseline, double[] canary) {
    return new KayentaMetricResult(
        metric,
        finding.classification(),
        finding.reason(),
        finding.critical(),
        finding.ratio(),
        finding.effect(),
        finding.shift(),
        KayentaStatistics.of(baseline),
        KayentaStatistics.of(canary));
  }

  /** Whether the metric did anything but pass. */
  public boolean notPassed() {
    return classification != KayentaClassification.PASS;
  }

  boolean failsAll() {
    return critical && notPassed();
  }

  /**
   * For example {@code latency is High (critical): canary minus baseline is 9.08 to 12.3, estimate
   * 10.2 (98% interval, tolerance 2.55), meanRatio 1.1; 60 canary and 60 baseline points}.
   */
  @Override
  public String toString() {
    return metric.name()
        + " is "
        + classification
        + (critical ? " (critical)" : "")
        + (metric.muted() ? " (muted)" : "")
        + ": "
        + reason
        + "; "
        + canary.count()
        + " canary and "
        + baseline.count()
        + " baseline points";
  }
}
