package io.bellwether.examples.cli.slo;

import io.bellwether.examples.cli.io.Csv;
import io.bellwether.examples.cli.io.Refusal;
import io.bellwether.slo.CountCell;
import io.bellwether.slo.CountSeries;
import io.bellwether.slo.Counts;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Good and bad events over time, as a table says.
 *
 * @param measurements the events of each SLO
 * @param end when the last of them was over
 */
public record EventsTable(Measurements measurements, Instant end) {
  private static final List<String> NEEDED = List.of("from", "to", "good", "bad");

  /**
   * Reads a table with the columns {@code from,to,good,bad}, and {@code slo} where there are
   * several.
   *
   * @throws Refusal at the first row that is none
   */
  public static EventsTable read(Path file, List<Slo> slos) {
    var table = Csv.read("the events", file);
    var missing = NEEDED.stream().filter(column -> !table.has(column)).toList();
    if (!missing.isEmpty()) {
      throw new Refusal(
          "the events "
              + file
              + " lack the columns "
              + missing
              + "; expected from,to,slo,good,bad");
    }
    if (!table.has("slo") && slos.size() > 1) {
      throw new Refusal(
          "the events " + file + " lack the column slo, and there are " + names(slos));
    }
    var cells = new LinkedHashMap<String, List<CountCell>>();
    var end = Instant.MIN;
    for (var row : table.rows()) {
      var cell = cell(row);
      cells.computeIfAbsent(slo(row, slos), name -> new ArrayList<>()).add(cell);
      end = cell.span().to().isAfter(end) ? cell.span().to() : end;
    }
    var measurements = Measurements.none();
    for (var series : cells.entrySet()) {
      measurements = measurements.with(series.getKey(), CountSeries.of(series.getValue()));
    }
    return new EventsTable(measurements, end);
  }

  private static CountCell cell(Csv.Row row) {
    var counts = Counts.ofGoodAndBad(row.count("good"), row.count("bad"));
    try {
      return CountCell.of(new Span(row.instant("from"), row.instant("to")), counts);
    } catch (IllegalArgumentException e) {
      throw new Refusal(row.place() + ": " + e.getMessage());
    }
  }

  private static String slo(Csv.Row row, List<Slo> slos) {
    var name = row.text("slo");
    if (name.isEmpty() && slos.size() == 1) {
      return slos.get(0).name();
    }
    return name.filter(names(slos)::contains)
        .orElseThrow(
            () ->
                new Refusal(
                    row.place()
                        + ": slo is '"
                        + name.orElse("")
                        + "', expected one of "
                        + names(slos)));
  }

  private static List<String> names(List<Slo> slos) {
    return slos.stream().map(Slo::name).toList();
  }
}
