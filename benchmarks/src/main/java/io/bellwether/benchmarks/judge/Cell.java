package io.bellwether.benchmarks.judge;

import java.util.Arrays;

/**
 * What a judge made of a row.
 *
 * @param row what was judged
 * @param judge who judged
 * @param atRollback the candidate's requests until each rollback, sorted
 * @param exposed the same over all runs, full exposure where nobody rolled back; sorted
 * @param minutes until each rollback, sorted
 * @param held runs neither rolled back nor promoted
 */
record Cell(
    Row row, String judge, double[] atRollback, double[] exposed, double[] minutes, int held) {

  int runs() {
    return exposed.length;
  }

  int rollbacks() {
    return minutes.length;
  }

  int promoted() {
    return runs() - rollbacks() - held;
  }

  static double median(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Collects the endings of runs, which may come in any order and from several threads. */
  static final class Collector {
    private final double[] exposed;
    private final int[] ticks;
    private final boolean[] held;

    Collector(int runs) {
      exposed = new double[runs];
      ticks = new int[runs];
      held = new boolean[runs];
    }

    void put(int index, Run run, Rival.Ending ending) {
      ticks[index] = ending.tick();
      held[index] = ending.held();
      exposed[index] =
          ending
              .exposed()
              .orElseGet(
                  () ->
                      ending.rolledBack() ? run.exposed()[ending.tick() + 1] : run.fullExposure());
    }

    Cell cell(Row row, String judge) {
      var rolledBack = Arrays.stream(ticks).filter(tick -> tick >= 0).count();
      var atRollback = new double[(int) rolledBack];
      var minutes = new double[(int) rolledBack];
      var holds = 0;
      for (int run = 0, at = 0; run < ticks.length; run++) {
        holds += held[run] ? 1 : 0;
        if (ticks[run] >= 0) {
          atRollback[at] = exposed[run];
          minutes[at++] = (ticks[run] + 1) * row.minutesPerTick();
        }
      }
      var all = exposed.clone();
      Arrays.sort(all);
      Arrays.sort(atRollback);
      Arrays.sort(minutes);
      return new Cell(row, judge, atRollback, all, minutes, holds);
    }
  }
}
