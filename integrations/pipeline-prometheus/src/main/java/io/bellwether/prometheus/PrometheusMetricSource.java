package io.bellwether.prometheus;

import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.time.Durations;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what users experience from a Prometheus server, with PromQL over HTTP.
 *
 * <p>All metrics of a version and window are one call, evaluated at one moment by the server's
 * clock. What it answers becomes:
 *
 * <ul>
 *   <li>no series of the version: no data, and an empty answer is never taken for zero errors;
 *   <li>series without two samples in the window: a value with zero samples, as for a version
 *       nobody used yet;
 *   <li>a youngest sample older than {@link PrometheusMetricSourceBuilder#maxAge}, or series that
 *       have ended: an error, and the rollout waits;
 *   <li>another status, no answer by the deadline, more bytes than allowed, something that is not
 *       Prometheus's JSON, or an answer that warns it may not be whole: an error with its reason.
 * </ul>
 *
 * <p>Counts are PromQL's {@code increase}: extrapolated to the window's edges, counter resets
 * handled, and blind to what a series counted before its first sample; so register a version's
 * meters before its first request. Percentiles need histogram buckets and are interpolated inside
 * one, so they are as exact as the buckets are narrow.
 *
 * <p>The host's {@link HttpClient} is used, with its threads, proxies and certificates; a read
 * blocks its caller up to the deadline. Thread-safe.
 */
public final class PrometheusMetricSource implements MetricSource {
  private final Calls calls;
  private final PrometheusSettings settings;
  private final Promql promql;

  private PrometheusMetricSource(HttpClient client, PrometheusSettings settings) {
    this.settings = settings;
    calls = new Calls(client, settings);
    promql = new Promql(settings.meters());
  }

  /**
   * A source over this client.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static PrometheusMetricSource create(
      HttpClient client, Consumer<PrometheusMetricSourceBuilder> settings) {
    var builder = new PrometheusMetricSourceBuilder();
    settings.accept(builder);
    return new PrometheusMetricSource(client, builder.build());
  }

  /** The answer to one question. */
  @Override
  public Reading read(MetricQuery query) {
    return readAll(List.of(query)).get(query);
  }

  /** The answers to several questions: one call for each version and window, side by side. */
  @Override
  public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    var subjects = new LinkedHashMap<Subject, Calls.Call>();
    var customs = new LinkedHashMap<MetricQuery, Calls.Call>();
    for (var query : queries) {
      subjects.computeIfAbsent(Subject.of(query), s -> calls.start(promql.question(query)));
      if (settings.queries().containsKey(query.metric())) {
        customs.computeIfAbsent(query, q -> calls.start(promql(q)));
      }
    }
    var answers = new HashMap<Subject, Asked>();
    subjects.forEach((subject, call) -> answers.put(subject, await(call)));
    var readings = new HashMap<MetricQuery, Reading>();
    for (var query : queries) {
      var custom = customs.get(query);
      var asked = answers.get(Subject.of(query));
      readings.computeIfAbsent(query, q -> asked.to(q, custom));
    }
    return readings;
  }

  /**
   * The expression a question is answered with, to be tried in Prometheus's own page. The rows of
   * the library's metrics are all in one.
   */
  public String promql(MetricQuery query) {
    var own = settings.queries().get(query.metric());
    return own == null ? promql.question(query) : Promql.fill(own, query);
  }

  private Asked await(Calls.Call call) {
    try {
      var tokens = !settings.meters().tokens().isEmpty();
      var figures = new Figures(call.await(), settings.source(), tokens);
      return (query, custom) -> judge(query, figures, custom);
    } catch (Answer.Refused refused) {
      var why = String.valueOf(refused.getMessage());
      return (query, custom) -> Reading.error(settings.source(), why);
    }
  }

  private Reading judge(MetricQuery query, Figures figures, Calls.@Nullable Call custom) {
    if (!figures.isKnown()) {
      return Reading.noData(
          settings.source(),
          "no series "
              + settings.meters().requestCount()
              + " with "
              + settings.meters().versionLabel()
              + "="
              + query.version());
    }
    if (figures.isOlderThan(settings.maxAge())) {
      return Reading.error(
          settings.source(),
          "the youngest sample is "
              + figures.age()
              + ", expected at most "
              + Durations.plain(settings.maxAge()));
    }
    return custom == null ? figures.of(query.metric()) : own(custom, figures.samples());
  }

  private Reading own(Calls.Call call, long samples) {
    try {
      var found = call.await().samples();
      if (found.size() > 1) {
        return Reading.error(
            settings.source(),
            "its query gave " + found.size() + " series, expected one: sum or aggregate them");
      }
      return found.isEmpty()
          ? Reading.noData(settings.source(), "its query gave nothing")
          : Reading.of(found.get(0).value(), samples, settings.source());
    } catch (Answer.Refused refused) {
      return Reading.error(settings.source(), String.valueOf(refused.getMessage()));
    }
  }

  /** What one call tells everything about. */
  private record Subject(String release, Version version, Duration window) {
    static Subject of(MetricQuery query) {
      return new Subject(query.release(), query.version(), query.window());
    }
  }

  /** What an answer says to a question, which may have a call of its own. */
  @FunctionalInterface
  private interface Asked {
    Reading to(MetricQuery query, Calls.@Nullable Call custom);
  }
}
