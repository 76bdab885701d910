package io.bellwether.examples.cli.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of numbers under a header, separated by commas and without quotes. Immutable.
 *
 * @param columns the header, in its order
 * @param rows at least one
 */
public record Csv(List<String> columns, List<Row> rows) {
  private static final int SHOWN = 40;

  /** Copies both. */
  public Csv {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a table.
   *
   * @throws Refusal at the first line that is no row of it
   */
  public static Csv read(String what, Path path) {
    var place = path.getFileName() == null ? path.toString() : path.getFileName().toString();
    var lines = Input.text(what, path, Input.RECORDING).split("\r?\n", -1);
    var columns = fields(lines[0]);
    if (columns.contains("") || new HashSet<>(columns).size() < columns.size()) {
      throw new Refusal(
          place
              + ":1: the header '"
              + cut(lines[0])
              + "' has two columns of one name, or one"
              + " without; name each");
    }
    var index =
        IntStream.range(0, columns.size()).boxed().collect(Collectors.toMap(columns::get, i -> i));
    var rows = new ArrayList<Row>();
    for (var i = 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        rows.add(new Row(place + ":" + (i + 1), index, fields(lines[i])));
      }
    }
    if (rows.isEmpty()) {
      throw new Refusal(place + ": there is a header and no row below it");
    }
    return new Csv(columns, rows);
  }

  private static List<String> fields(String line) {
    return Stream.of(line.split(",", -1)).map(String::strip).toList();
  }

  /** Whether there is such a column. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  private static String cut(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  /**
   * A line of the table.
   *
   * @param place its file and line, for messages
   * @param index where each column stands
   * @param fields one per column
   */
  public record Row(String place, Map<String, Integer> index, List<String> fields) {
    /** Refuses a line of another width. */
    public Row {
      if (fields.size() != index.size()) {
        throw new Refusal(
            place
                + ": "
                + fields.size()
                + (fields.size() == 1 ? " field" : " fields")
                + ", expected "
                + index.size()
                + " as in the header");
      }
    }

    /** What stands under a column; empty where there is nothing. */
    public Optional<String> text(String column) {
      return Optional.ofNullable(index.get(column))
          .map(fields::get)
          .filter(text -> !text.isEmpty());
    }

    /** A count. */
    public long count(String column) {
      return read(
          column,
          "a whole number from 0",
          text -> {
            var count = new BigDecimal(text).longValueExact();
            if (count < 0) {
              throw new ArithmeticException("negative");
            }
            return count;
          });
    }

    /** A number; NaN where nothing stands. */
    public double number(String column) {
      return text(column).isEmpty()
          ? Double.NaN
          : read(column, "a number, or nothing where none was measured", Double::valueOf);
    }

    /** A moment. */
    public Instant instant(String column) {
      return read(column, "a moment such as 2026-03-01T05:00:00Z", Instant::parse);
    }

    private <T> T read(String column, String expected, Function<String, T> type) {
      var text = text(column).orElse("");
      try {
        return type.apply(text);
      } catch (NumberFormatException | ArithmeticException | DateTimeParseException e) {
        throw new Refusal(place + ": " + column + " is '" + cut(text) + "', expected " + expected);
      }
    }
  }
}
