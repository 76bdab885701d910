package io.bellwether.benchmarks.judge;

/**
 * Fixed limits on the candidate alone over a sliding window, as scripts and controllers do it.
 *
 * @param window minutes looked back at
 * @param every minutes between two looks
 * @param first the first look
 * @param mostErrors a look fails above this error rate
 * @param quantile which latency quantile is looked at; 0 for none
 * @param mostMillis a look fails above this latency
 * @param failures how many failed looks roll back; good ones do not make up for them
 * @param noDataFails whether a look without requests counts as failed
 * @param noDataAborts whether it rolls back at once
 * @param stretched whether times follow the row's stretch
 */
record WindowRule(
    double window,
    double every,
    double first,
    double mostErrors,
    double quantile,
    double mostMillis,
    int failures,
    boolean noDataFails,
    boolean noDataAborts,
    boolean stretched)
    implements Rival {

  /** Errors at most 5 %, p95 at most 2000 ms over 5 minutes, looked at every minute. */
  static final WindowRule THRESHOLD =
      new WindowRule(5, 1, 5, 0.05, 0.95, 2000, 1, false, false, true);

  /** Success at least 95 % over 5 minutes; fails on the fourth; an empty window aborts. */
  static final WindowRule ARGO_LIKE = new WindowRule(5, 5, 5, 0.05, 0, 0, 4, false, true, true);

  /** A minute's success at least 99 % and p99 at most 5 s; rolls back on the tenth failure. */
  static final WindowRule FLAGGER_LIKE =
      new WindowRule(1, 1, 1, 0.01, 0.99, 5000, 10, true, false, false);

  /** The same with success at least 97 %. */
  static final WindowRule FLAGGER_LIKE_97 =
      new WindowRule(1, 1, 1, 0.03, 0.99, 5000, 10, true, false, false);

  @Override
  public Ending judge(Run run) {
    var row = run.row();
    var times = stretched ? row.stretch() : 1;
    var length = Math.max(1, row.ticks(window * times));
    var step = Math.max(1, row.ticks(every * times));
    var failed = 0;
    for (var tick = Math.max(1, row.ticks(first * times)) - 1; tick < run.ticks(); tick += step) {
      var arm = run.seenCandidate();
      var from = tick + 1 - length;
      var requests = Arm.sum(arm.requests, from, tick + 1);
      var bad = requests == 0 ? noDataFails : breached(arm, from, tick + 1, requests);
      failed += bad ? 1 : 0;
      if (failed >= failures || requests == 0 && noDataAborts) {
        return Ending.rolledBackAt(tick);
      }
    }
    return Ending.PROMOTED;
  }

  private boolean breached(Arm arm, int from, int to, long requests) {
    return Arm.sum(arm.errors, from, to) > mostErrors * requests
        || quantile > 0 && Latencies.quantile(arm.latencies(from, to), quantile) > mostMillis;
  }
}
