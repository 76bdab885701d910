package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.RateInterval;
import io.bellwether.analysis.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came out of a benchmark.
 *
 * @param number the random number everything was drawn from
 * @param reps runs per row
 * @param alpha the alarm budget of the judges that have one
 * @param cells row by row, judge by judge
 */
public record Report(long number, int reps, double alpha, List<Cell> cells) {
  private static final int RESAMPLES = 1000;

  /** The results as a JSON document. */
  public String json() {
    return cells.stream()
        .map(Report::json)
        .collect(
            Collectors.joining(
                ",\n ",
                "{\"rng\":"
                    + number
                    + ",\"reps\":"
                    + reps
                    + ",\"alpha\":"
                    + alpha
                    + ",\"cells\":[\n ",
                "\n]}\n"));
  }

  private static String json(Cell cell) {
    return String.format(
        Locale.ROOT,
        "{\"row\":\"%s\",\"judge\":\"%s\",\"truth\":\"%s\",\"runs\":%d,\"rollbacks\":%d,"
            + "\"promoted\":%d,\"held\":%d,\"median_exposed\":%s,\"median_exposed_all\":%s,"
            + "\"median_minutes\":%s}",
        cell.row().id(),
        cell.judge(),
        cell.row().truth(),
        cell.runs(),
        cell.rollbacks(),
        cell.promoted(),
        cell.held(),
        number(Cell.median(cell.atRollback())),
        number(Cell.median(cell.exposed())),
        number(Cell.median(cell.minutes())));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "null" : plain(value);
  }

  private static String plain(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  /** The results for people: a Markdown table with one line per cell. */
  public String text() {
    var head =
        "| row | truth | judge | rolled back | 95 % by Wilson | promoted | held "
            + "| exposed at rollback | 95 % by bootstrap | exposed, all runs | minutes |\n"
            + "| --- | --- | --- | ---: | --- | ---: | ---: | ---: | --- | ---: | ---: |\n";
    return cells.stream().map(Report::line).collect(Collectors.joining("\n", head, "\n"));
  }

  private static String line(Cell cell) {
    var rate = RateInterval.of(new Tally(cell.runs(), cell.rollbacks()));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f %% | %.2f–%.2f %% | %.1f %% | %.1f %% | %s | %s | %s | %s |",
        cell.row().id(),
        cell.row().truth(),
        cell.judge(),
        100 * rate.rate(),
        100 * rate.low(),
        100 * rate.high(),
        100.0 * cell.promoted() / cell.runs(),
        100.0 * cell.held() / cell.runs(),
        orDash(Cell.median(cell.atRollback())),
        interval(cell.atRollback()),
        orDash(Cell.median(cell.exposed())),
        orDash(Cell.median(cell.minutes())));
  }

  private static String orDash(double value) {
    return Double.isNaN(value) ? "–" : plain(value);
  }

  /** The 95 % bootstrap interval of a median. */
  private static String interval(double[] sorted) {
    if (sorted.length < 2) {
      return "–";
    }
    var draws = new Draws(sorted.length);
    var medians = new double[RESAMPLES];
    var sample = new double[sorted.length];
    for (var i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(sample, any -> sorted[draws.below(sorted.length)]);
      Arrays.sort(sample);
      medians[i] = Cell.median(sample);
    }
    Arrays.sort(medians);
    return plain(Math.rint(medians[RESAMPLES / 40]))
        + "–"
        + plain(Math.rint(medians[RESAMPLES - 1 - RESAMPLES / 40]));
  }
}
