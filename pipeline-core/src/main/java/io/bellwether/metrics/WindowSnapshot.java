package io.bellwether.metrics;

import java.time.Duration;
import java.util.Map;

/**
 * What one version did over the time just past, at one moment.
 *
 * <p>Immutable and thread-safe.
 *
 * @param covered the time the counts really cover
 * @param requests requests that ended, or hit the deadline, within it
 * @param errors failures, among them the requests past the deadline
 * @param empties answers without content
 * @param rateLimited turned away by a rate limit
 * @param tokens tokens of those requests
 * @param p50 the latency half of the requests stay within, in milliseconds; NaN without requests
 * @param p95 the latency 95 % of the requests stay within, in milliseconds; NaN without requests
 * @param p99 the latency 99 % of the requests stay within, in milliseconds; NaN without requests
 * @param errorKinds the errors by kind; kinds beyond the first 32 are under {@code other}
 * @param inFlight requests that have begun and not ended
 * @param overdue how many of those are past the deadline and already counted as errors
 * @param oldestInFlight the oldest of those has been under way at least this long
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

  /** The useful answers. */
  public long successes() {
    return requests - errors - empties - rateLimited;
  }

  /** Errors per request; NaN without requests. */
  public double errorRate() {
    return perRequest(errors);
  }

  /** Useful answers per request; NaN without requests. */
  public double successRate() {
    return perRequest(successes());
  }

  /** Answers without content per request; NaN without requests. */
  public double emptyRate() {
    return perRequest(empties);
  }

  /** Requests turned away by a rate limit, per request; NaN without requests. */
  public double rateLimitedRate() {
    return perRequest(rateLimited);
  }

  /** Mean tokens of a request; NaN without requests. */
  public double tokensMean() {
    return perRequest(tokens);
  }

  private double perRequest(long count) {
    return requests == 0 ? Double.NaN : (double) count / requests;
  }
}
