package io.bellwether.benchmarks.judge;

/**
 * Knows the true error rates of both arms at every moment and bets on exactly those: what nobody
 * can be much better than, on errors. Says nothing on rows without worse errors.
 */
record OracleRule(double alpha) implements Rival {
  @Override
  public boolean judges(Row row) {
    var worse = false;
    for (var tick = 0; tick < row.ticks(); tick++) {
      var t = tick * row.minutesPerTick();
      var difference = row.candidateErrors().applyAsDouble(t) - row.stableErrors().applyAsDouble(t);
      if (difference < 0) {
        return false;
      }
      worse |= difference > 1e-9;
    }
    return worse;
  }

  @Override
  public Ending judge(Run run) {
    var row = run.row();
    var log = 0.0;
    for (var tick = 0; tick + run.lag() < run.ticks(); tick++) {
      var t = tick * row.minutesPerTick();
      log +=
          factor(
              run,
              tick,
              row.candidateErrors().applyAsDouble(t),
              row.stableErrors().applyAsDouble(t));
      if (log >= -StrictMath.log(alpha)) {
        return Ending.rolledBackAt(tick + run.lag());
      }
    }
    return Ending.PROMOTED;
  }

  private static double factor(Run run, int tick, double candidate, double stable) {
    double n = run.candidate().requests[tick];
    double m = run.stable().requests[tick];
    if (n == 0 || m == 0) {
      return 0;
    }
    var k = run.candidate().errors[tick];
    var q = run.stable().errors[tick];
    var pooled = (n * candidate + m * stable) / (n + m);
    return k * StrictMath.log(candidate / pooled)
        + (n - k) * StrictMath.log((1 - candidate) / (1 - pooled))
        + q * StrictMath.log(stable / pooled)
        + (m - q) * StrictMath.log((1 - stable) / (1 - pooled));
  }
}
