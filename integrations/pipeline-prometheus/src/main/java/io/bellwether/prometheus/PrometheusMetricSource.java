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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    var call = calls.start(promql.question(query));
    var own = ownCall(query);
    return await(call).to(query, own);
  }

  /** The answers to several questions: one call for each version and window, side by side. */
  @Override
  public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    var asked = new LinkedHashMap<Subject, Question>();
    for (var query : queries) {
      asked
          .computeIfAbsent(
              Subject.of(query),
              s -> new Question(calls.start(promql.question(query)), new LinkedHashMap<>()))
          .own
          .computeIfAbsent(query, this::ownCall);
    }
    var readings = new HashMap<MetricQuery, Reading>();
    for (var question : asked.values()) {
      var answer = await(question.call);
      question.own.forEach((query, own) -> readings.put(query, answer.to(query, own)));
    }
    return readings;
  }

  private Optional<Calls.Call> ownCall(MetricQuery query) {
    return settings.queries().containsKey(query.metric())
        ? Optional.of(calls.start(promql(query)))
        : Optional.empty();
  }

  /**
   * The expression a question is answered with, to be tried in Prometheus's own page. The rows of
   * the library's metrics are all in one.
   */
  public String promql(MetricQuery query) {
    var own = settings.queries().get(query.metric());
    return own == null ? promql.question(query) : Promql.fill(own, query);
  }

  private Said await(Calls.Call call) {
    try {
      var tokens = !settings.meters().tokens().isEmpty();
      var figures = new Figures(call.await(), settings.source(), tokens);
      return (query, own) -> judge(query, figures, own);
    } catch (Answer.Refused refused) {
      var why = String.valueOf(refused.getMessage());
      return (query, own) -> Reading.error(settings.source(), why);
    }
  }

  private Reading judge(MetricQuery query, Figures figures, Optional<Calls.Call> own) {
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
    return own.isEmpty() ? figures.of(query.metric()) : ofOwn(own.get(), figures.samples());
  }

  private Reading ofOwn(Calls.Call call, long samples) {
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

  /** A call about a subject, and those for metrics with a query of the host's own. */
  private record Question(Calls.Call call, Map<MetricQuery, Optional<Calls.Call>> own) {}

  /** What an answer says to a question. */
  @FunctionalInterface
  private interface Said {
    Reading to(MetricQuery query, Optional<Calls.Call> own);
  }
}
