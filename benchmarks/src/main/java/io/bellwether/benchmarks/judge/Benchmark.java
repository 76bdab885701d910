package io.bellwether.benchmarks.judge;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Simulates rollouts and lets judges decide about them.
 *
 * @param number what everything random is drawn from
 * @param reps runs per row
 * @param rows comma-separated row numbers, or {@code all}
 * @param judges comma-separated names, or {@code all}
 * @param alpha the alarm budget of the judges that have one, from 0 to 1
 */
public record Benchmark(long number, int reps, String rows, String judges, double alpha) {

  /** Runs everything on all cores; the result does not depend on how many there are. */
  public Report run() {
    var rivals = new Rivals(alpha).named(judges);
    var cells = new ArrayList<Cell>();
    for (var row : Rows.named(rows)) {
      cells.addAll(run(row, rivals));
    }
    return new Report(number, reps, alpha, List.copyOf(cells));
  }

  private List<Cell> run(Row row, Map<String, Rival> rivals) {
    var simulator = new Simulator(row, number);
    var collectors = new LinkedHashMap<String, Cell.Collector>();
    rivals.forEach(
        (name, rival) -> {
          if (rival.judges(row)) {
            collectors.put(name, new Cell.Collector(reps));
          }
        });
    IntStream.range(0, reps)
        .parallel()
        .forEach(
            index -> {
              var run = simulator.run(index);
              collectors.forEach(
                  (name, collector) ->
                      collector.put(index, run, requireNonNull(rivals.get(name), name).judge(run)));
            });
    return collectors.entrySet().stream()
        .map(entry -> entry.getValue().cell(row, entry.getKey()))
        .toList();
  }
}
