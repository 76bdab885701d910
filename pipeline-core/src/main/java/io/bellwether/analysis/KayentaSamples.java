package io.bellwether.analysis;

import java.util.Arrays;

/**
 * The points of one metric in both arms: one number per time step, NaN where nothing was measured.
 *
 * <p>{@code KayentaSamples.of("latency").baseline(210, 190).canary(230, 205)}. The arms are
 * compared as sets: neither times nor order count, and the arms may differ in length. Kayenta's
 * guide asks for at least 50 points in each, and for a baseline of the canary's age, size and
 * traffic rather than the rest of production.
 *
 * <p>Immutable and thread-safe.
 */
public final class KayentaSamples {
  private static final double[] NO_POINTS = {};

  private final String metric;
  private final double[] baseline;
  private final double[] canary;

  private KayentaSamples(String metric, double[] baseline, double[] canary) {
    this.metric = metric;
    this.baseline = baseline;
    this.canary = canary;
  }

  /** Samples of a metric, both arms empty. */
  public static KayentaSamples of(String metric) {
    return new KayentaSamples(metric, NO_POINTS, NO_POINTS);
  }

  /** The same with these points of the baseline, Kayenta's {@code control}; copied. */
  public KayentaSamples baseline(double... points) {
    return new KayentaSamples(metric, points.clone(), canary);
  }

  /** The same with these points of the canary, Kayenta's {@code experiment}; copied. */
  public KayentaSamples canary(double... points) {
    return new KayentaSamples(metric, baseline, points.clone());
  }

  /** The metric's name. */
  public String metric() {
    return metric;
  }

  /** A copy of the baseline's points. */
  public double[] baseline() {
    return baseline.clone();
  }

  /** A copy of the canary's points. */
  public double[] canary() {
    return canary.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KayentaSamples that
        && metric.equals(that.metric)
        && Arrays.equals(baseline, that.baseline)
        && Arrays.equals(canary, that.canary);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * metric.hashCode() + Arrays.hashCode(baseline)) + Arrays.hashCode(canary);
  }

  /** For example {@code latency: 60 baseline and 58 canary points}. */
  @Override
  public String toString() {
    return metric + ": " + baseline.length + " baseline and " + canary.length + " canary points";
  }
}
