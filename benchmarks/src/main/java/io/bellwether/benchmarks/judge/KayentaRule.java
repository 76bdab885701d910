package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.KayentaClassification;
import io.bellwether.analysis.KayentaJudge;
import io.bellwether.analysis.KayentaMetric.Direction;
import io.bellwether.analysis.KayentaSamples;
import java.util.Arrays;
import java.util.List;

/**
 * Kayenta's rule on per-tick series of error rate, empty rate and p95, against an equal-size clone
 * of stable: a Mann-Whitney test of each series, repeated at every look; one failed series of three
 * fails the run.
 *
 * <p>The confidence bounds are compared exactly. Kayenta finds them by a root finder that stops
 * within 1e-4; where rates have many ties, as with few errors, it so misses one finding in
 * twenty-five. {@code exactly} asks the library's own Kayenta judge, which does the same, for every
 * finding.
 *
 * @param firstPoints how many ticks the first look needs
 * @param every minutes between two looks
 * @param z the quantile of the test; Kayenta's 98 % has 2.326
 * @param exactly whether findings are confirmed by the library's judge, which knows only 98 %
 */
record KayentaRule(int firstPoints, double every, double z, boolean exactly) implements Rival {
  static final double Z98 = 2.3263478740408408;
  private static final double TOLERANCE = 0.25;
  private static final KayentaJudge EXACT =
      KayentaJudge.create(
          c ->
              c.metric("metric", m -> m.groups("metric").direction(Direction.INCREASE))
                  .scoreThresholds(95, 75));

  static KayentaRule every(double minutes, int firstPoints) {
    return new KayentaRule(firstPoints, minutes, Z98, false);
  }

  @Override
  public Ending judge(Run run) {
    var row = run.row();
    var step = Math.max(1, row.ticks(every * row.stretch()));
    var from = run.warmUpTicks();
    var last = run.ticks() - 1;
    var candidate = Series.of(run.seenCandidate());
    var clone = Series.of(run.seenClone());
    var tick = from + Math.max(firstPoints, step) - 1;
    while (tick < run.ticks()) {
      if (fails(candidate, clone, from, tick + 1)) {
        return Ending.rolledBackAt(tick);
      }
      tick = tick == last ? run.ticks() : Math.min(tick + step, last);
    }
    return Ending.PROMOTED;
  }

  private boolean fails(Series candidate, Series clone, int from, int to) {
    var nothing = 0;
    for (var metric = 0; metric < Series.METRICS; metric++) {
      var x = candidate.upTo(metric, from, to);
      var y = clone.upTo(metric, from, to);
      if (x.length == 0 || y.length == 0) {
        nothing++;
      } else if (high(x, y) && (!exactly || exactlyHigh(x, y))) {
        return true;
      }
    }
    return nothing * 2 >= Series.METRICS;
  }

  /** Whether the lower bound of the shift is above a quarter of its estimate. */
  boolean high(double[] x, double[] y) {
    if (!shifted(x, y, 0)) {
      return false;
    }
    var estimate = Math.abs(medianDifference(x, y));
    return shifted(x, y, TOLERANCE * estimate);
  }

  /** What Kayenta itself says, root finder and all. */
  static boolean exactlyHigh(double[] canary, double[] baseline) {
    var samples = KayentaSamples.of("metric").baseline(baseline).canary(canary);
    var result = EXACT.judge(List.of(samples)).metrics().get(0);
    return result.classification() == KayentaClassification.HIGH;
  }

  private boolean shifted(double[] x, double[] y, double by) {
    var m = x.length;
    var n = y.length;
    var all = new double[m + n];
    var moved = new double[m];
    for (var i = 0; i < m; i++) {
      moved[i] = Math.rint((x[i] - by) * 1e10) / 1e10;
      all[i] = moved[i];
    }
    for (var j = 0; j < n; j++) {
      all[m + j] = Math.rint(y[j] * 1e10) / 1e10;
    }
    Arrays.sort(all);
    Arrays.sort(moved);
    var ties = 0.0;
    var ranks = 0.0;
    var at = 0;
    for (var i = 0; i < all.length; ) {
      var end = i;
      while (end < all.length && all[end] == all[i]) {
        end++;
      }
      var count = end - i;
      ties += (double) count * count * count - count;
      for (; at < m && moved[at] == all[i]; at++) {
        ranks += (i + end + 1) / 2.0;
      }
      i = end;
    }
    double size = m + n;
    var deviation = Math.sqrt(m * (double) n / 12 * (size + 1 - ties / (size * (size - 1))));
    var above = ranks - m * (m + 1) / 2.0 - m * (double) n / 2;
    return deviation > 0 && (above - 0.5 * Math.signum(above)) / deviation > z;
  }

  private static double medianDifference(double[] x, double[] y) {
    var differences = new double[x.length * y.length];
    var at = 0;
    for (var a : x) {
      for (var b : y) {
        differences[at++] = a - b;
      }
    }
    Arrays.sort(differences);
    var middle = differences.length / 2;
    return differences.length % 2 == 1
        ? differences[middle]
        : (differences[middle - 1] + differences[middle]) / 2;
  }

  /** The three metrics of an arm, tick by tick; NaN without requests. */
  private record Series(double[][] values) {
    static final int METRICS = 3;

    static Series of(Arm arm) {
      var values = new double[METRICS][arm.ticks()];
      for (var tick = 0; tick < arm.ticks(); tick++) {
        double n = arm.requests[tick] == 0 ? Double.NaN : arm.requests[tick];
        values[0][tick] = 100 * arm.errors[tick] / n;
        values[1][tick] = 100 * arm.empties[tick] / n;
        values[2][tick] = Latencies.quantile(arm.latencies(tick, tick + 1), 0.95);
      }
      return new Series(values);
    }

    double[] upTo(int metric, int from, int to) {
      return Arrays.stream(values[metric], from, to).filter(v -> !Double.isNaN(v)).toArray();
    }
  }
}
