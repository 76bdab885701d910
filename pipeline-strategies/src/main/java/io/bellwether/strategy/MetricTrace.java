package io.bellwether.strategy;

import io.bellwether.BellwetherException;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricSource;
import io.bellwether.release.Version;
import io.bellwether.time.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What metric sources said once, to ask what a plan would have done. Immutable and thread-safe.
 *
 * <p>A row is an answer of a metric source: the value of a metric of one version at a time, over
 * the source's own window, with the requests it rests on. It holds until the next row of the same
 * version and metric, but no longer than {@linkplain #freshFor a stated time}: 5 minutes unless
 * said otherwise. After that there is no data, as when telemetry is gone.
 *
 * <p>CSV has the header {@code time,version,metric,value,samples} and no quotes; JSON lines have an
 * object with these five members on each line. The time is an ISO instant or a number of seconds
 * (all rows alike, never going back, from the year 1 to 9999), the version {@code stable} or {@code
 * candidate}, the value in the metric's unit: rates from 0 to 1, latencies in milliseconds.
 */
public final class MetricTrace {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final List<Row> rows;
  private final Instant start;
  private final Duration freshness;

  /**
   * An answer of a metric source.
   *
   * @param at when it answered
   * @param candidate whether of the candidate; of the stable version otherwise
   * @param metric what was asked
   * @param value in the metric's unit
   * @param samples how many requests the value rests on
   */
  public record Row(Instant at, boolean candidate, Metric metric, double value, long samples) {}

  private MetricTrace(List<Row> rows, Instant start, Duration freshness) {
    this.rows = rows;
    this.start = start;
    this.freshness = freshness;
  }

  /**
   * Reads a trace.
   *
   * @param file ends in {@code .csv}, {@code .jsonl} or {@code .ndjson}; UTF-8, with or without a
   *     byte-order mark
   * @param own metrics that appear in it besides those the library knows
   * @throws BellwetherException if the file cannot be read; at the first bad row, with its line
   */
  public static MetricTrace read(Path file, Metric... own) {
    var name = Optional.ofNullable(file.getFileName()).orElse(file).toString();
    var format = format(file, name);
    try (var lines = Files.lines(file)) {
      return parse(lines, new TraceRows(name, List.of(own)), format);
    } catch (NoSuchFileException e) {
      throw new BellwetherException(
          "the trace " + file + " cannot be read: there is no such file", e);
    } catch (IOException | UncheckedIOException e) {
      throw new BellwetherException(
          "the trace " + file + " cannot be read: " + e.getMessage() + "; give a UTF-8 file", e);
    }
  }

  private static Function<TraceRows, TraceRows.Format> format(Path file, String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return CsvRows::new;
    }
    if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
      return JsonRows::new;
    }
    throw new BellwetherException(
        "the trace " + file + " is of no known format: expected .csv, .jsonl or .ndjson");
  }

  private static MetricTrace parse(
      Stream<String> lines, TraceRows rows, Function<TraceRows, TraceRows.Format> format) {
    var reader = format.apply(rows);
    lines.forEachOrdered(line -> rows.next(line, reader));
    var read = rows.done();
    return new MetricTrace(read, read.get(0).at(), FRESH);
  }

  /** The same trace, with values that hold no longer than this. */
  public MetricTrace freshFor(Duration freshness) {
    if (freshness.isNegative() || freshness.isZero()) {
      throw new IllegalArgumentException(
          "freshness " + Durations.plain(freshness) + ": expected a positive duration");
    }
    return new MetricTrace(rows, start, freshness);
  }

  /** The same trace, with the rollout beginning then instead of at the first row. */
  public MetricTrace startingAt(Instant start) {
    if (start.isBefore(rows.get(0).at()) || start.isAfter(end())) {
      throw new IllegalArgumentException(
          "the trace is from " + rows.get(0).at() + " to " + end() + "; it cannot start " + start);
    }
    return new MetricTrace(rows, start, freshness);
  }

  /**
   * A metric source that answers as it was recorded, from this moment of the clock on: for a
   * runtime, mostly on virtual time. Thread-safe if the clock is.
   *
   * @param stable whose rows those of the stable version are
   * @param candidate whose rows those of the candidate are
   * @param clock says how much of the trace is over
   */
  public MetricSource source(Version stable, Version candidate, InstantSource clock) {
    var model = new TraceModel(this, stable, candidate);
    var origin = clock.instant();
    return query -> model.read(query, start.plus(Duration.between(origin, clock.instant())));
  }

  /** Every row, in order; at least one. */
  public List<Row> rows() {
    return rows;
  }

  /** When the rollout begins. */
  public Instant start() {
    return start;
  }

  /** When the last row was recorded. */
  public Instant end() {
    return rows.get(rows.size() - 1).at();
  }

  /** How long a value holds when no other follows. */
  public Duration freshness() {
    return freshness;
  }

  /** How much there is, and of when. */
  @Override
  public String toString() {
    return rows.size() + " rows from " + rows.get(0).at() + " to " + end();
  }
}
