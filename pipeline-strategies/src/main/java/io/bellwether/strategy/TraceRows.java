package io.bellwether.strategy;

import io.bellwether.BellwetherException;
import io.bellwether.metrics.Metric;
import io.bellwether.strategy.MetricTrace.Row;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the rows of a trace, and refuses the first one that cannot be. Not thread-safe. */
final class TraceRows {
  static final List<String> COLUMNS = List.of("time", "version", "metric", "value", "samples");

  private static final String BYTE_ORDER_MARK = "\uFEFF"; // spreadsheets begin a file with it
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final String NUMBER = "-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?";

  private record Series(boolean candidate, Metric metric) {}

  /** Turns lines into fields. */
  @FunctionalInterface
  interface Format {
    /** Hands the fields of a line to {@link #add}, if it has any. */
    void line(String line);
  }

  private final String file;
  private final Map<String, Metric> metrics = new HashMap<>();
  private final Map<Series, Instant> latest = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private Optional<Boolean> seconds = Optional.empty();
  private long number;

  TraceRows(String file, List<Metric> own) {
    this.file = file;
    Metric.KNOWN.forEach(metric -> metrics.put(metric.name(), metric));
    own.forEach(metric -> metrics.put(metric.name(), metric));
  }

  void next(String line, Format format) {
    number++;
    var text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    if (!text.isBlank()) {
      format.line(text);
    }
  }

  /** Adds a row by its columns, in the order of {@link #COLUMNS}. */
  void add(List<String> fields) {
    var at = time(fields.get(0));
    var metric = metric(fields.get(2));
    var row =
        new Row(
            at, candidate(fields.get(1)), metric, value(metric, fields.get(3)), samples(fields));
    if (!rows.isEmpty() && at.isBefore(rows.get(rows.size() - 1).at())) {
      throw bad("time '" + fields.get(0) + "' is before the row above; sort the trace by time");
    }
    if (at.equals(latest.put(new Series(row.candidate(), metric), at))) {
      throw bad(metric + " of " + fields.get(1) + " stands there twice at '" + fields.get(0) + "'");
    }
    rows.add(row);
  }

  List<Row> done() {
    if (rows.isEmpty()) {
      throw new BellwetherException(file + " has no row; record at least one");
    }
    return List.copyOf(rows);
  }

  BellwetherException bad(String what) {
    return new BellwetherException(file + ":" + number + ": " + what);
  }

  private Instant time(String text) {
    var number = text.matches("\\d{1,12}(\\.\\d{1,9})?");
    var at = number ? ofSeconds(new BigDecimal(text)) : instant(text);
    if (number != seconds.orElse(number)) {
      throw bad(
          "time '" + text + "': the rows above have " + (number ? "ISO instants" : "seconds"));
    }
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw bad("time '" + text + "': expected one from " + EARLIEST + " to " + LATEST);
    }
    seconds = Optional.of(number);
    return at;
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw bad(
          "time '" + text + "': expected an ISO instant such as 2026-03-03T10:00:00Z, or seconds");
    }
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    var nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).intValue();
    return Instant.ofEpochSecond(seconds.longValue(), nanos);
  }

  private boolean candidate(String text) {
    if (!text.equals("stable") && !text.equals("candidate")) {
      throw bad("version '" + text + "': expected stable or candidate");
    }
    return text.equals("candidate");
  }

  private Metric metric(String name) {
    var metric = metrics.get(name);
    if (metric == null) {
      throw bad(
          "metric '"
              + name
              + "' is unknown: expected one of "
              + Metric.KNOWN
              + ", or hand your own metric to read(..)");
    }
    return metric;
  }

  private double value(Metric metric, String text) {
    var range =
        switch (metric.unit()) {
          case RATIO -> "a number from 0 to 1";
          case MILLIS, COUNT -> "a number, not negative";
          case VALUE -> "a finite number";
        };
    var value = text.matches(NUMBER) ? Double.parseDouble(text) : Double.NaN;
    var least = metric.unit() == Metric.Unit.VALUE ? -Double.MAX_VALUE : 0;
    var most = metric.unit() == Metric.Unit.RATIO ? 1 : Double.MAX_VALUE;
    if (!(value >= least && value <= most)) {
      throw bad("value '" + text + "' of " + metric + ": expected " + range);
    }
    return value;
  }

  private long samples(List<String> fields) {
    var text = fields.get(4);
    if (!text.matches("\\d{1,18}")) {
      throw bad("samples '" + text + "': expected a whole number, not negative");
    }
    return Long.parseLong(text);
  }
}
