package io.bellwether.strategy;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Answers with what was recorded; says nothing where nothing was. */
final class TraceModel implements SimulationModel {
  private static final String SOURCE = "trace";

  private record Series(Version version, Metric metric) {}

  private final MetricTrace trace;
  private final Map<Series, NavigableMap<Instant, MetricTrace.Row>> rows = new HashMap<>();

  TraceModel(MetricTrace trace, Version stable, Version candidate) {
    this.trace = trace;
    for (var row : trace.rows()) {
      var version = row.candidate() ? candidate : stable;
      rows.computeIfAbsent(new Series(version, row.metric()), series -> new TreeMap<>())
          .put(row.at(), row);
    }
  }

  @Override
  public Instant start() {
    return trace.start();
  }

  /** What was recorded does not depend on how this plan divides traffic. */
  @Override
  public void apply(TrafficSplit split, int step, Instant now) {}

  @Override
  public OptionalLong exposed(Version candidate, Instant now) {
    return OptionalLong.empty();
  }

  @Override
  public Reading read(MetricQuery query, Instant now) {
    var series = rows.get(new Series(query.version(), query.metric()));
    var latest = series == null ? null : series.floorEntry(now);
    if (latest == null) {
      return nothing(query + " was not recorded by " + now);
    }
    var age = Duration.between(latest.getKey(), now);
    if (age.compareTo(trace.freshness()) > 0) {
      return nothing(query + " was last recorded at " + latest.getKey());
    }
    return Reading.of(latest.getValue().value(), latest.getValue().samples(), SOURCE);
  }

  private static Reading nothing(String detail) {
    return Reading.noData(SOURCE, detail);
  }
}
