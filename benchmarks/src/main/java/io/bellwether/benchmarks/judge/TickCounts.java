package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.analysis.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's ticks as the library's windows would count them: by start, with two latency cuts. The
 * first is stable's p95, from the history or else from the first two minutes, after which it
 * starts; the second is the 2000 ms of the default gates.
 */
final class TickCounts {
  private static final double SLO_MILLIS = 2000;
  private static final double CUT_MINUTES = 2;
  private static final double CUT_QUANTILE = 0.95;

  private final Run planned;
  private final boolean byEnd;
  private final int cut;
  private final int cutFrom;
  private final int slo = Latencies.firstBinFrom(SLO_MILLIS);

  private TickCounts(Run planned, boolean byEnd, int cut, int cutFrom) {
    this.planned = planned;
    this.byEnd = byEnd;
    this.cut = cut;
    this.cutFrom = cutFrom;
  }

  static TickCounts withHistory(Run run) {
    var past = run.history();
    return new TickCounts(run, false, cut(past, 0, past.ticks()), 0);
  }

  static TickCounts withoutHistory(Run run) {
    return of(run, false);
  }

  /** The wrong way: requests counted when they end, so that quick failures come first. */
  static TickCounts byEnd(Run run) {
    return of(run, true);
  }

  private static TickCounts of(Run run, boolean byEnd) {
    var warm = run.warmUpTicks();
    var from = warm + Math.max(1, run.row().ticks(CUT_MINUTES * run.row().stretch()));
    return new TickCounts(run, byEnd, cut(run.stable(), warm, from), from);
  }

  private static int cut(Arm stable, int from, int to) {
    var p95 = Latencies.quantile(stable.latencies(from, to), CUT_QUANTILE);
    return Double.isNaN(p95) ? Latencies.BINS - 1 : Latencies.firstBinFrom(p95);
  }

  /** Ticks after which all requests counted in one are known. */
  int lag() {
    return byEnd ? 0 : planned.lag();
  }

  /** What a run of these ticks shows of one. */
  ComparedCounts compared(Run run, int tick) {
    var seconds = run.row().tick();
    var cutKnown = tick >= cutFrom;
    return new ComparedCounts(
        Instant.ofEpochSecond((long) tick * seconds),
        Instant.ofEpochSecond((tick + 1L) * seconds),
        counts(byEnd ? run.seenCandidate() : run.candidate(), tick, cutKnown),
        counts(byEnd ? run.seenStable() : run.stable(), tick, cutKnown));
  }

  List<ArmCounts> history() {
    var blocks = new ArrayList<ArmCounts>(planned.history().ticks());
    for (var tick = 0; tick < planned.history().ticks(); tick++) {
      blocks.add(counts(planned.history(), tick, true));
    }
    return blocks;
  }

  private ArmCounts counts(Arm arm, int tick, boolean cutKnown) {
    var n = arm.requests[tick];
    return new ArmCounts(
        n,
        arm.errors[tick],
        arm.empties[tick],
        List.of(
            cutKnown ? new Tally(n, arm.slowerThan(cut, tick)) : Tally.NONE,
            new Tally(n, arm.slowerThan(slo, tick))),
        List.of());
  }
}
