package io.bellwether.strategy;

import java.util.List;
import java.util.stream.Stream;

/** Comma-separated fields under a header; no field of a trace needs quotes. */
final class CsvRows implements TraceRows.Format {
  private final TraceRows rows;
  private boolean underHeader;

  CsvRows(TraceRows rows) {
    this.rows = rows;
  }

  @Override
  public void line(String line) {
    var fields = Stream.of(line.split(",", -1)).map(String::strip).toList();
    if (!underHeader) {
      header(fields);
    } else if (fields.size() != TraceRows.COLUMNS.size()) {
      throw rows.bad(fields.size() + " fields: expected " + String.join(",", TraceRows.COLUMNS));
    } else {
      rows.add(fields);
    }
  }

  private void header(List<String> fields) {
    if (!fields.equals(TraceRows.COLUMNS)) {
      throw rows.bad(
          "header '"
              + String.join(",", fields)
              + "': expected "
              + String.join(",", TraceRows.COLUMNS));
    }
    underHeader = true;
  }
}
