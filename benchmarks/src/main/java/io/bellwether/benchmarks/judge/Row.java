package io.bellwether.benchmarks.judge;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * One row of the benchmark: what a rollout goes through. Times are minutes since its start.
 *
 * @param id its number
 * @param title what happens
 * @param truth whether the candidate deserves to be rolled back
 * @param perMinute requests a minute of all arms together
 * @param tick seconds between two looks at the counts
 * @param stretch how many times longer than usual the stages last
 * @param candidateErrors errors per request
 * @param stableErrors errors per request
 * @param candidateEmpties empty answers per request
 * @param candidateLatency the distribution over the latency bins
 * @param stableLatency likewise
 * @param telemetryEnds from when on nothing is seen of the candidate
 * @param sharedDrift the standard deviation of a slow log drift that all arms share
 * @param armDrift the same for each arm apart
 * @param burst how many errors come together on average; 0 if they are independent
 * @param warmUp minutes the judges are told to ignore
 * @param successDelay seconds until a success is seen; errors are seen at once
 */
record Row(
    String id,
    String title,
    Truth truth,
    DoubleUnaryOperator perMinute,
    int tick,
    int stretch,
    DoubleUnaryOperator candidateErrors,
    DoubleUnaryOperator stableErrors,
    DoubleUnaryOperator candidateEmpties,
    DoubleFunction<double[]> candidateLatency,
    double[] stableLatency,
    double telemetryEnds,
    double sharedDrift,
    double armDrift,
    double burst,
    double warmUp,
    int successDelay) {

  static final double ERRORS = 0.01;
  static final double EMPTIES = 0.005;

  /** Whether the candidate deserves to be rolled back. */
  enum Truth {
    GOOD,
    BAD,
    TOLERATED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A stage of the rollout. */
  record Stage(double from, double to, double share) {}

  List<Stage> stages() {
    return List.of(
        new Stage(0, 10 * stretch, 0.10),
        new Stage(10 * stretch, 20 * stretch, 0.25),
        new Stage(20 * stretch, 35 * stretch, 0.50));
  }

  double minutesPerTick() {
    return tick / 60.0;
  }

  int ticks() {
    return ticks(35.0 * stretch);
  }

  int ticks(double minutes) {
    return (int) Math.round(minutes * 60 / tick);
  }

  double shareAt(int tickIndex) {
    for (var stage : stages()) {
      if (tickIndex < ticks(stage.to())) {
        return stage.share();
      }
    }
    throw new IllegalArgumentException("tick " + tickIndex + " is after the end of row " + id);
  }
}
