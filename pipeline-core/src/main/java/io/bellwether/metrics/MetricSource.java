package io.bellwether.metrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The port through which decisions learn what users experience.
 *
 * <p>A source that knows a version answers with {@link Reading#of} even if it had no requests in
 * the window (zero samples), and with {@link Reading#noData} only for what it knows nothing of.
 *
 * <p>Implementations are thread-safe. They may block and may throw: the engine calls them with a
 * deadline, off its own threads, and takes an exception for an {@link Reading.Status#ERROR}, never
 * for a bad release.
 */
@FunctionalInterface
public interface MetricSource {
  /** The answer to one question. */
  Reading read(MetricQuery query);

  /**
   * The answers to several questions about the same moment. Sources that pay per call override it.
   *
   * @return one reading per query
   */
  default Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    var readings = new HashMap<MetricQuery, Reading>();
    for (var query : queries) {
      readings.put(query, read(query));
    }
    return readings;
  }
}
