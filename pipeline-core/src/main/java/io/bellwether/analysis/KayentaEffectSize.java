package io.bellwether.analysis;

import io.bellwether.Problems;

/**
 * How large a difference has to be to count, on top of being significant. Immutable and
 * thread-safe.
 *
 * <p>The names are those of Kayenta's {@code effectSize}. A measure that cannot be computed (the
 * mean ratio of a mean of 0) counts as large enough.
 *
 * @param measure what the four thresholds are compared with, and their unit
 * @param allowedIncrease the canary is High from this effect on (at it or above)
 * @param allowedDecrease the canary is Low from this effect on (at it or below)
 * @param criticalIncrease a critical metric that is High fails the whole analysis from this effect
 *     on (at it or above)
 * @param criticalDecrease a critical metric that is Low fails the whole analysis from this effect
 *     on (at it or below)
 */
public record KayentaEffectSize(
    Measure measure,
    double allowedIncrease,
    double allowedDecrease,
    double criticalIncrease,
    double criticalDecrease) {

  /** What the size of an effect is measured by. */
  public enum Measure {
    /**
     * The canary's mean divided by the baseline's mean: 1 means equal, 1.1 is ten percent more.
     *
     * <p>For metrics that are positive: of two negative means the ratio runs the other way round,
     * so that with the default thresholds no difference counts.
     */
    MEAN_RATIO("meanRatio", 1.0),
    /**
     * The common language effect size, from 0 to 1: the probability that a point of the canary is
     * above a point of the baseline, 0.5 meaning equal.
     */
    CLES("cles", 0.5);

    private final String word;
    private final double neutral;

    Measure(String word, double neutral) {
      this.word = word;
      this.neutral = neutral;
    }

    /** The value when nothing differs, which is every threshold's default. */
    public double neutral() {
      return neutral;
    }

    /** Kayenta's word for it. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** Refuses thresholds that are no numbers. */
  public KayentaEffectSize {
    new Problems()
        .require(Double.isFinite(allowedIncrease), number("allowedIncrease", allowedIncrease))
        .require(Double.isFinite(allowedDecrease), number("allowedDecrease", allowedDecrease))
        .require(Double.isFinite(criticalIncrease), number("criticalIncrease", criticalIncrease))
        .require(Double.isFinite(criticalDecrease), number("criticalDecrease", criticalDecrease))
        .throwIfAny("effect size");
  }

  /** Every threshold at the measure's neutral value: each significant difference counts. */
  public static KayentaEffectSize of(Measure measure) {
    var neutral = measure.neutral();
    return new KayentaEffectSize(measure, neutral, neutral, neutral, neutral);
  }

  /** The same with another allowed increase. */
  public KayentaEffectSize withAllowedIncrease(double effect) {
    return new KayentaEffectSize(
        measure, effect, allowedDecrease, criticalIncrease, criticalDecrease);
  }

  /** The same with another allowed decrease. */
  public KayentaEffectSize withAllowedDecrease(double effect) {
    return new KayentaEffectSize(
        measure, allowedIncrease, effect, criticalIncrease, criticalDecrease);
  }

  /** The same with another critical increase. */
  public KayentaEffectSize withCriticalIncrease(double effect) {
    return new KayentaEffectSize(
        measure, allowedIncrease, allowedDecrease, effect, criticalDecrease);
  }

  /** The same with another critical decrease. */
  public KayentaEffectSize withCriticalDecrease(double effect) {
    return new KayentaEffectSize(
        measure, allowedIncrease, allowedDecrease, criticalIncrease, effect);
  }

  boolean countsAsIncrease(double effect) {
    return Double.isNaN(effect) || effect >= allowedIncrease;
  }

  boolean countsAsDecrease(double effect) {
    return Double.isNaN(effect) || effect <= allowedDecrease;
  }

  boolean isCriticalIncrease(double effect) {
    return Double.isNaN(effect) || effect >= criticalIncrease;
  }

  boolean isCriticalDecrease(double effect) {
    return Double.isNaN(effect) || effect <= criticalDecrease;
  }

  private static String number(String name, double value) {
    return name + " is " + value + ", expected a finite number";
  }
}
