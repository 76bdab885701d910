package io.bellwether.metrics.http;

import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads metrics documents of remote endpoints.
 *
 * <p>One document answers all questions about a version and window, and documents of several
 * versions are asked for at once. What an endpoint answers becomes:
 *
 * <ul>
 *   <li>200 with a document that is fresh and can be true: its values, with its request count as
 *       the sample;
 *   <li>404: no data, the endpoint knows nothing of the version;
 *   <li>anything else, an error with its reason: another status, no answer or not all of it within
 *       the deadline, more bytes than allowed, no metrics document, numbers that cannot be true
 *       ({@link io.bellwether.metrics.MetricsDocument}), an age above the limit or not stated.
 * </ul>
 *
 * <p>An error is never a pass and never a breach: the rollout waits. The age of a document is taken
 * from {@code Last-Modified} or else {@code Date}, against this process's wall clock, so both
 * clocks have to agree within the limit.
 *
 * <p>The host's {@link HttpClient} is used, with its threads, proxies and certificates; a read
 * blocks its caller up to the deadline. Thread-safe.
 */
public final class HttpMetricSource implements MetricSource {
  private final HttpClient client;
  private final HttpMetricSettings settings;

  private HttpMetricSource(HttpClient client, HttpMetricSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * A source over this client.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static HttpMetricSource create(
      HttpClient client, Consumer<HttpMetricSourceBuilder> settings) {
    var builder = new HttpMetricSourceBuilder();
    settings.accept(builder);
    return new HttpMetricSource(client, builder.build());
  }

  /** The answer to one question. */
  @Override
  public Reading read(MetricQuery query) {
    return fetch(settings.endpoint().apply(query)).await().to(query);
  }

  /** The answers to several questions, from one document per endpoint. */
  @Override
  public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    var asked = new LinkedHashMap<URI, Asked>();
    for (var query : queries) {
      asked
          .computeIfAbsent(
              settings.endpoint().apply(query), uri -> new Asked(fetch(uri), new ArrayList<>()))
          .queries
          .add(query);
    }
    var readings = new HashMap<MetricQuery, Reading>();
    for (var one : asked.values()) {
      var answer = one.fetch.await();
      one.queries.forEach(query -> readings.put(query, answer.to(query)));
    }
    return readings;
  }

  private record Asked(Fetch fetch, List<MetricQuery> queries) {}

  private Fetch fetch(URI uri) {
    return Fetch.start(client, settings, uri);
  }
}
