package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaClassification.NODATA;
import static io.bellwether.analysis.KayentaClassification.NODATA_FAIL_METRIC;
import static io.bellwether.analysis.KayentaClassification.PASS;

/**
 * What a classifier says of one metric.
 *
 * @param classification the label
 * @param reason one sentence
 * @param ratio the canary's mean as a multiple of the baseline's
 * @param effect in the metric's own measure; NaN if none was computed
 * @param critical whether this alone fails the analysis, unless the label is Pass
 * @param shift of the canary against the baseline
 */
record KayentaFinding(
    KayentaClassification classification,
    String reason,
    double ratio,
    double effect,
    boolean critical,
    KayentaShift shift) {

  /** A finding made without a test. */
  static KayentaFinding untested(
      KayentaClassification classification, String reason, double ratio, boolean critical) {
    return new KayentaFinding(
        classification, reason, ratio, Double.NaN, critical, KayentaShift.NONE);
  }

  /**
   * What a metric is when an arm has no point.
   *
   * @param ratioWithoutData what to report as the ratio of a metric that is Nodata
   */
  static KayentaFinding withoutData(KayentaMetric metric, double ratioWithoutData) {
    return switch (metric.nanStrategy()) {
      case REPLACE ->
          untested(PASS, "an arm has no points, and missing points count as 0", 1.0, false);
      case REMOVE ->
          metric.mustHaveData() && !metric.critical()
              ? untested(NODATA_FAIL_METRIC, "an arm of it has no data, and must have", 1.0, false)
              : untested(NODATA, "an arm of it has no data", ratioWithoutData, metric.critical());
    };
  }
}
