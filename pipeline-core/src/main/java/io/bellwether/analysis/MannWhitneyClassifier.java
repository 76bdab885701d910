package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaClassification.ERROR;
import static io.bellwether.analysis.KayentaClassification.HIGH;
import static io.bellwether.analysis.KayentaClassification.LOW;
import static io.bellwether.analysis.KayentaClassification.PASS;

import io.bellwether.analysis.KayentaMetric.Direction;
import java.util.Arrays;
import java.util.Random;

/**
 * Kayenta's classifier: a canary is High or Low when the confidence interval of its shift lies
 * beyond a share of the estimated shift, and the effect is large enough.
 *
 * @param tolerance share of the estimated shift that the interval has to clear; 0 or more
 * @param confidence of the interval; above 0 and below 1
 */
record MannWhitneyClassifier(double tolerance, double confidence) {
  private static final double NOISE = 1e-5;

  /** Any number does; a fixed one makes the noise the same on every machine. */
  private static final long NOISE_NUMBER = 20_260_101;

  /**
   * Classifies a metric.
   *
   * @param baseline prepared points, none NaN
   * @param canary prepared points, none NaN
   */
  KayentaFinding classify(KayentaMetric metric, double[] baseline, double[] canary) {
    if (baseline.length == 0 || canary.length == 0) {
      return KayentaFinding.withoutData(metric, 1.0);
    }
    if (identical(baseline, canary)) {
      return KayentaFinding.untested(PASS, "canary and baseline are identical", 1.0, false);
    }
    if (constant(baseline) && constant(canary) && baseline[0] == canary[0]) {
      return KayentaFinding.untested(PASS, "every point has the same value", 1.0, false);
    }
    return compare(metric, baseline, canary);
  }

  private KayentaFinding compare(KayentaMetric metric, double[] baseline, double[] canary) {
    var ratio =
        KayentaStatistics.meanRatio(KayentaStatistics.of(canary), KayentaStatistics.of(baseline));
    var shift = shift(baseline, canary);
    if (!shift.isKnown()) {
      return KayentaFinding.untested(
          ERROR,
          "the test is not possible: one point against one, or no finite range",
          ratio,
          false);
    }
    var effect =
        switch (metric.effectSize().measure()) {
          case MEAN_RATIO -> ratio;
          case CLES -> MannWhitney.of(canary, baseline).commonLanguageEffect();
        };
    var classification = label(metric, shift, effect);
    return new KayentaFinding(
        classification,
        reason(metric, shift, effect),
        ratio,
        effect,
        metric.critical() && isCritical(classification, metric.effectSize(), effect),
        shift);
  }

  private KayentaClassification label(KayentaMetric metric, KayentaShift shift, double effect) {
    var bound = tolerance * Math.abs(shift.estimate());
    if (metric.direction() != Direction.DECREASE
        && shift.low() > bound
        && metric.effectSize().countsAsIncrease(effect)) {
      return HIGH;
    }
    return metric.direction() != Direction.INCREASE
            && shift.high() < -bound
            && metric.effectSize().countsAsDecrease(effect)
        ? LOW
        : PASS;
  }

  private static boolean isCritical(
      KayentaClassification classification, KayentaEffectSize sizes, double effect) {
    return (classification == HIGH && sizes.isCriticalIncrease(effect))
        || (classification == LOW && sizes.isCriticalDecrease(effect));
  }

  private String reason(KayentaMetric metric, KayentaShift shift, double effect) {
    return "canary minus baseline is "
        + shift
        + " ("
        + KayentaNumbers.plain(confidence * 100)
        + "% interval, tolerance "
        + KayentaNumbers.plain(tolerance * Math.abs(shift.estimate()))
        + "), "
        + metric.effectSize().measure()
        + " "
        + KayentaNumbers.plain(effect);
  }

  /**
   * Two constant arms tie however they are shifted, so a hundred-thousandth of noise is laid over
   * both; effects are measured without it.
   */
  private KayentaShift shift(double[] baseline, double[] canary) {
    if (!constant(baseline) || !constant(canary)) {
      return MannWhitney.of(canary, baseline).shift(confidence);
    }
    var noise = new Random(NOISE_NUMBER);
    var noisyCanary = withNoise(canary, noise);
    return MannWhitney.of(noisyCanary, withNoise(baseline, noise)).shift(confidence);
  }

  private static double[] withNoise(double[] points, Random noise) {
    return Arrays.stream(points)
        .map(point -> point + noise.nextGaussian() * (point * NOISE))
        .toArray();
  }

  private static boolean constant(double[] points) {
    return Arrays.stream(points).allMatch(point -> point == points[0]);
  }

  private static boolean identical(double[] baseline, double[] canary) {
    return Arrays.equals(ordered(baseline), ordered(canary));
  }

  /** Adding 0 makes a negative zero a plain one. */
  private static double[] ordered(double[] points) {
    return Arrays.stream(points).map(point -> point + 0.0).sorted().toArray();
  }
}
