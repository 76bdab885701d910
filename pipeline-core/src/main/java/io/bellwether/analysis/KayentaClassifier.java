package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaClassification.HIGH;
import static io.bellwether.analysis.KayentaClassification.LOW;
import static io.bellwether.analysis.KayentaClassification.PASS;

import io.bellwether.analysis.KayentaMetric.Direction;

/** How the two arms of a metric are compared. */
public enum KayentaClassifier {
  /** The rank test with its 98 % interval: what Kayenta judges by. */
  MANN_WHITNEY {
    @Override
    KayentaFinding classify(KayentaMetric metric, double[] baseline, double[] canary) {
      return JUDGE.classify(metric, baseline, canary);
    }
  },
  /**
   * Any difference between the two means counts, however small.
   *
   * <p>Kayenta keeps it to measure other classifiers against. Not for production: of two equal
   * versions one nearly always has the greater mean. It uses no effect size.
   */
  MEAN_INEQUALITY {
    @Override
    KayentaFinding classify(KayentaMetric metric, double[] baseline, double[] canary) {
      return baseline.length == 0 || canary.length == 0
          ? KayentaFinding.withoutData(metric, 0.0)
          : compareMeans(
              metric, KayentaStatistics.of(baseline).mean(), KayentaStatistics.of(canary).mean());
    }
  };

  private static final MannWhitneyClassifier JUDGE =
      new MannWhitneyClassifier(KayentaJudge.TOLERANCE, KayentaJudge.CONFIDENCE);

  /**
   * Classifies a metric.
   *
   * @param baseline prepared points, none NaN
   * @param canary prepared points, none NaN
   */
  abstract KayentaFinding classify(KayentaMetric metric, double[] baseline, double[] canary);

  private static KayentaFinding compareMeans(KayentaMetric metric, double baseline, double canary) {
    var means =
        "the canary's mean is "
            + KayentaNumbers.plain(canary)
            + ", the baseline's "
            + KayentaNumbers.plain(baseline);
    if (metric.direction() != Direction.DECREASE && canary > baseline) {
      return KayentaFinding.untested(HIGH, means, canary / baseline, metric.critical());
    }
    if (metric.direction() != Direction.INCREASE && canary < baseline) {
      return KayentaFinding.untested(LOW, means, canary / baseline, metric.critical());
    }
    return KayentaFinding.untested(PASS, means, 1.0, false);
  }
}
