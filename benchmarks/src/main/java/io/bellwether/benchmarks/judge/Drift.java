package io.bellwether.benchmarks.judge;

import java.util.Arrays;

/**
 * A slow random factor around 1 with a memory of some minutes, tick after tick; 1 without
 * deviation.
 */
final class Drift {
  private static final double MEMORY_MINUTES = 3;

  private final double deviation;
  private final double keep;
  private final double[] planned;
  private final Draws later;
  private double z;

  /**
   * A drift.
   *
   * @param deviation the standard deviation of its logarithm
   * @param minutesPerTick how long a tick is
   * @param ticks how many are drawn at once
   * @param draws what they are drawn from
   * @param later what any further ones are drawn from
   */
  Drift(double deviation, double minutesPerTick, int ticks, Draws draws, Draws later) {
    this.deviation = deviation;
    this.later = later;
    keep = StrictMath.exp(-minutesPerTick / MEMORY_MINUTES);
    planned = new double[ticks];
    Arrays.setAll(planned, tick -> factor(draws));
  }

  /** The factor of a tick; they are asked for in order. */
  double at(int tick) {
    return tick < planned.length ? planned[tick] : factor(later);
  }

  private double factor(Draws draws) {
    if (deviation == 0) {
      return 1;
    }
    z = keep * z + Math.sqrt(1 - keep * keep) * draws.normal();
    return StrictMath.exp(deviation * z);
  }
}
