package io.bellwether.benchmarks.judge;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The two-proportion z-test on everything counted so far, looked at every minute, for errors, empty
 * answers and requests slower than 1480 ms, with Pocock's constant boundary for that many looks.
 *
 * <p>The boundary is drawn by Monte Carlo on Brownian motion at the expected information, so that
 * alpha is spent once over all looks, a third by each stream.
 *
 * @param alpha of all looks and streams together
 * @param fixed a boundary to use instead; NaN for none
 * @param boundaries those already computed, by row
 */
record PocockRule(double alpha, double fixed, Map<String, Double> boundaries) implements Rival {
  private static final int PATHS = 60_000;
  private static final double SLOW_MILLIS = 1480;

  static PocockRule of(double alpha) {
    return new PocockRule(alpha, Double.NaN, new ConcurrentHashMap<>());
  }

  static PocockRule withBoundary(double z) {
    return new PocockRule(Double.NaN, z, Map.of());
  }

  @Override
  public Ending judge(Run run) {
    var row = run.row();
    var boundary = Double.isNaN(fixed) ? boundary(row) : fixed;
    var step = every(row);
    var cut = Latencies.firstBinFrom(SLOW_MILLIS);
    var ended =
        Math.min(run.ticks(), (int) Math.min(1e9, row.telemetryEnds() / row.minutesPerTick()));
    var sums = new long[2][4];
    for (var tick = 0; tick < ended; tick++) {
      add(sums[0], run.seenCandidate(), tick, cut);
      add(sums[1], run.seenStable(), tick, cut);
      if ((tick + 1) % step == 0 && worst(sums) > boundary) {
        return Ending.rolledBackAt(tick);
      }
    }
    return Ending.PROMOTED;
  }

  private static int every(Row row) {
    return Math.max(1, row.ticks(row.stretch()));
  }

  private static void add(long[] sums, Arm arm, int tick, int cut) {
    sums[0] += arm.requests[tick];
    sums[1] += arm.errors[tick];
    sums[2] += arm.empties[tick];
    sums[3] += arm.slowerThan(cut, tick);
  }

  private static double worst(long[][] sums) {
    double n = sums[0][0];
    double m = sums[1][0];
    var worst = Double.NEGATIVE_INFINITY;
    for (var stream = 1; stream < 4; stream++) {
      var p = (sums[0][stream] + sums[1][stream]) / (n + m);
      var z =
          (sums[0][stream] / n - sums[1][stream] / m) / Math.sqrt(p * (1 - p) * (1 / n + 1 / m));
      worst = Double.isNaN(z) ? worst : Math.max(worst, z);
    }
    return worst;
  }

  private double boundary(Row row) {
    var information = information(row);
    return boundaries.computeIfAbsent(
        Arrays.toString(information), same -> boundary(information, alpha / 3));
  }

  /** The information expected at each look. */
  private static double[] information(Row row) {
    var step = every(row);
    var looks = new double[row.ticks() / step];
    var n = 0.0;
    var m = 0.0;
    for (var tick = 0; tick < row.ticks(); tick++) {
      var t = tick * row.minutesPerTick();
      var requests = t < row.warmUp() ? 0 : row.perMinute().applyAsDouble(t) * row.minutesPerTick();
      n += requests * row.shareAt(tick);
      m += requests * (1 - row.shareAt(tick));
      if ((tick + 1) % step == 0 && n > 0) {
        looks[(tick + 1) / step - 1] = 1 / (1 / n + 1 / m);
      }
    }
    return Arrays.stream(looks).filter(it -> it > 0).toArray();
  }

  private static double boundary(double[] information, double alpha) {
    var draws = new Draws(1);
    var highest = new double[PATHS];
    for (var path = 0; path < PATHS; path++) {
      var sum = 0.0;
      var before = 0.0;
      highest[path] = Double.NEGATIVE_INFINITY;
      for (var now : information) {
        sum += draws.normal() * Math.sqrt(now - before);
        before = now;
        highest[path] = Math.max(highest[path], sum / Math.sqrt(now));
      }
    }
    Arrays.sort(highest);
    return highest[(int) ((1 - alpha) * PATHS)];
  }
}
