package io.bellwether.prometheus;

import static java.util.stream.Collectors.joining;

import io.bellwether.metrics.MetricQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes expressions. One question has a row for each sum, told apart by the label {@link #ROW}, so
 * that all figures of a version are of one moment and cost one call.
 */
final class Promql {
  static final String ROW = "row";

  /** Rows that a question about a version can have. */
  enum Row {
    REQUESTS,
    ERRORS,
    EMPTIES,
    RATE_LIMITED,
    TOKENS,
    LATENCY,
    /** When the youngest sample was taken, in seconds since 1970. */
    SEEN
  }

  private final PrometheusMeters meters;

  Promql(PrometheusMeters meters) {
    this.meters = meters;
  }

  /** One expression for everything there is to know of a version over a window. */
  String question(MetricQuery query) {
    var rows = new ArrayList<String>();
    for (var row : Row.values()) {
      var expression = expression(row, selector(query), range(query.window()));
      if (!expression.isEmpty()) {
        rows.add("label_replace(" + expression + ", \"" + ROW + "\", \"" + row + "\", \"\", \"\")");
      }
    }
    return String.join(" or ", rows);
  }

  private String expression(Row row, Map<String, String> selector, String range) {
    var outcomes = meters.outcomes();
    return switch (row) {
      case REQUESTS -> sum(meters.requestCount(), selector, range);
      case ERRORS -> sum(outcomes.errors(), selector, range);
      case EMPTIES -> sum(outcomes.empties(), selector, range);
      case RATE_LIMITED -> sum(outcomes.rateLimited(), selector, range);
      case TOKENS -> meters.tokens().isEmpty() ? "" : sum(meters.tokenCount(), selector, range);
      case LATENCY ->
          "sum by (le) (increase(" + series(meters.latencyBucket(), selector) + range + "))";
      case SEEN -> "max(timestamp(" + series(meters.requestCount(), selector) + "))";
    };
  }

  private String sum(Set<String> values, Map<String, String> selector, String range) {
    if (values.isEmpty()) {
      return "";
    }
    var narrowed = new LinkedHashMap<>(selector);
    narrowed.put(meters.outcomes().label(), oneOf(values));
    return sum(meters.requestCount(), narrowed, range);
  }

  private static String sum(String name, Map<String, String> selector, String range) {
    return "sum(increase(" + series(name, selector) + range + "))";
  }

  private Map<String, String> selector(MetricQuery query) {
    var selector = new LinkedHashMap<String, String>();
    meters.fixed().forEach((label, value) -> selector.put(label, is(value)));
    if (!meters.releaseLabel().isEmpty()) {
      selector.put(meters.releaseLabel(), is(query.release()));
    }
    selector.put(meters.versionLabel(), is(query.version().id()));
    return selector;
  }

  /** A text of the host's own, with what it leaves open filled in. */
  static String fill(String template, MetricQuery query) {
    var window = range(query.window());
    return template
        .replace("$window", window.substring(1, window.length() - 1))
        .replace("$release", inText(query.release()))
        .replace("$version", inText(query.version().id()));
  }

  static String series(String name, Map<String, String> selector) {
    return name
        + selector.entrySet().stream()
            .map(label -> label.getKey() + label.getValue())
            .collect(joining(",", "{", "}"));
  }

  static String is(String value) {
    return "=\"" + inText(value) + "\"";
  }

  /** Matches one of these values and nothing else. */
  static String oneOf(Set<String> values) {
    return "=~\""
        + new TreeSet<>(values)
            .stream().map(Promql::literal).map(Promql::inText).collect(joining("|"))
        + "\"";
  }

  static String range(Duration window) {
    return "[" + Math.max(1, window.toMillis()) + "ms]";
  }

  private static String literal(String value) {
    return value.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }

  private static String inText(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
