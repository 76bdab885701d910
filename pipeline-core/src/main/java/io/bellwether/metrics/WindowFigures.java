package io.bellwether.metrics;

/**
 * The numbers of a {@link WindowSnapshot} in an object that is used again, for those who read so
 * often that a snapshot each time would be too much: {@link OutcomeWindow#read(WindowFigures)}
 * allocates nothing. Error kinds are in snapshots only.
 *
 * <p>Rates are per request and NaN without requests, as all of it before the first reading. Not
 * thread-safe.
 */
public final class WindowFigures {
  long coveredNanos;
  long requests;
  long errors;
  long empties;
  long rateLimited;
  long tokens;
  double p50 = Double.NaN;
  double p95 = Double.NaN;
  double p99 = Double.NaN;
  long inFlight;
  long overdue;
  long oldestInFlightNanos;
  long qualityCount;
  double qualityMean = Double.NaN;

  /** The time the counts cover, in nanoseconds. */
  public long coveredNanos() {
    return coveredNanos;
  }

  /** Requests that ended within it, or reached the deadline within it without ending. */
  public long requests() {
    return requests;
  }

  /** Failures, timeouts among them. */
  public long errors() {
    return errors;
  }

  /** Answers without content. */
  public long empties() {
    return empties;
  }

  /** Requests turned away by a rate limit. */
  public long rateLimited() {
    return rateLimited;
  }

  /** Tokens of all those requests. */
  public long tokens() {
    return tokens;
  }

  /** The latency half of the requests stay within, in milliseconds. */
  public double p50() {
    return p50;
  }

  /** The latency 95 % of the requests stay within, in milliseconds. */
  public double p95() {
    return p95;
  }

  /** The latency 99 % of the requests stay within, in milliseconds. */
  public double p99() {
    return p99;
  }

  /** Requests that have begun and not ended. */
  public long inFlight() {
    return inFlight;
  }

  /** How many of those are past the deadline and already counted as errors. */
  public long overdue() {
    return overdue;
  }

  /** How long the oldest of them has been under way at least, in nanoseconds. */
  public long oldestInFlightNanos() {
    return oldestInFlightNanos;
  }

  /** How many scores were given. */
  public long qualityCount() {
    return qualityCount;
  }

  /** Their mean; NaN without scores. */
  public double qualityMean() {
    return qualityMean;
  }

  /** Errors per request. */
  public double errorRate() {
    return perRequest(errors);
  }

  /** Useful answers per request. */
  public double successRate() {
    return perRequest(requests - errors - empties - rateLimited);
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

  private double perRequest(long count) {
    return requests == 0 ? Double.NaN : (double) count / requests;
  }
}
