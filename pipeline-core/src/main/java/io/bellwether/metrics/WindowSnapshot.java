package io.bellwether.metrics;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one version did over the time just past, at one moment.
 *
 * <p>Rates are per request and NaN without requests. Immutable and thread-safe.
 *
 * @param covered the time the counts cover: less than was asked for by up to one slice, and not
 *     more than the window has existed
 * @param requests requests that ended within it, or reached the deadline within it without ending
 * @param errors failures, timeouts among them
 * @param empties answers without content
 * @param rateLimited turned away by a rate limit
 * @param tokens tokens of all those requests
 * @param p50 the latency half of the requests stay within, in milliseconds; NaN without requests
 * @param p95 the latency 95 % of the requests stay within, in milliseconds; NaN without requests
 * @param p99 the latency 99 % of the requests stay within, in milliseconds; NaN without requests
 * @param errorKinds the errors by kind, none of them zero; from the 33rd kind on a window has met
 *     they are under {@code other}
 * @param inFlight requests that have begun and not ended
 * @param overdue how many of those are past the deadline and already counted as errors
 * @param oldestInFlight how long the oldest of them has been under way at least; it may be up to
 *     one block longer
 * @param qualityCount how many scores were given
 * @param qualityMean their mean; NaN without scores
 */
public record WindowSnapshot(
    Duration covered,
    long requests,
    long errors,
    long empties,
    long rateLimited,
    long tokens,
    double p50,
    double p95,
    double p99,
    Map<String, Long> errorKinds,
    long inFlight,
    long overdue,
    Duration oldestInFlight,
    long qualityCount,
    double qualityMean) {

  /** Copies the kinds. */
  public WindowSnapshot {
    errorKinds = errorKinds instanceof KindCounts ? errorKinds : Map.copyOf(errorKinds);
  }

  /**
   * What these figures say about a metric: the way of a source that sums up figures of others.
   *
   * @param source who says so
   */
  public Reading reading(MetricQuery query, String source) {
    return new WindowReadings(source).of(query, this);
  }

  /** The useful answers. */
  public long successes() {
    return requests - errors - empties - rateLimited;
  }

  /** Errors per request. */
  public double errorRate() {
    return perRequest(errors);
  }

  /** Useful answers per request. */
  public double successRate() {
    return perRequest(successes());
  }

  /** Answers without content per request. */
  public double emptyRate() {
    return perRequest(empties);
  }

  /** Requests turned away by a rate limit, per request. */
  public double rateLimitedRate() {
    return perRequest(rateLimited);
  }

  /** Mean tokens of a request. */
  public double tokensMean() {
    return perRequest(tokens);
  }

  /**
   * For example {@code 5000 requests in 598 s: 2.0% errors (quota 80, timeout 20), 0.5% empty, p50
   * 812 ms, p95 2147 ms, p99 3226 ms, 12 in flight}.
   */
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(requests).append(" requests in ").append(covered.toSeconds()).append(" s");
    if (requests > 0) {
      text.append(": ").append(Ratio.format(errorRate())).append(" errors");
      if (errors > 0) {
        text.append(kinds());
      }
      appendRate(text, empties, " empty");
      appendRate(text, rateLimited, " rate limited");
      text.append(
          String.format(Locale.ROOT, ", p50 %.0f ms, p95 %.0f ms, p99 %.0f ms", p50, p95, p99));
    }
    text.append(", ").append(inFlight).append(" in flight");
    if (overdue > 0) {
      text.append(" (").append(overdue).append(" past the deadline)");
    }
    return text.toString();
  }

  private String kinds() {
    return errorKinds.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(kind -> kind.getKey() + " " + kind.getValue())
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private void appendRate(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(Ratio.format(perRequest(count))).append(what);
    }
  }

  private double perRequest(long count) {
    return requests == 0 ? Double.NaN : (double) count / requests;
  }
}
