package io.bellwether.metrics;

import io.bellwether.Problems;
import io.bellwether.metrics.internal.DocumentJson;

/**
 * What one version did over the time just past, as the JSON document services publish:
 *
 * <pre>{@code
 * {"error_rate": 0.012, "latency_p50": 640, "latency_p95": 1730, "latency_p99": 2410,
 *  "success_rate": 0.981, "token_usage": {"used": 81200, "limit": 200000, "percentage": 40.6},
 *  "request_count": 5120}
 * }</pre>
 *
 * <p>Rates are from 0 to 1, latencies in milliseconds, and the percentage from 0 to 100. What needs
 * requests is {@code null} in the document and NaN here as long as there are none; so are the limit
 * and the percentage of tokens where no limit is stated.
 *
 * <p>A document that cannot be true is refused rather than read: a rate above 1, a negative
 * latency, a p50 above the p95, errors and successes that are more than all requests. Immutable and
 * thread-safe.
 *
 * @param errorRate errors per request
 * @param latencyP50 the latency half of the requests stay within
 * @param latencyP95 the latency 95 % of the requests stay within
 * @param latencyP99 the latency 99 % of the requests stay within
 * @param successRate useful answers per request
 * @param tokenUsage tokens and their limit
 * @param requestCount requests that ended within the window
 */
public record MetricsDocument(
    double errorRate,
    double latencyP50,
    double latencyP95,
    double latencyP99,
    double successRate,
    TokenUsage tokenUsage,
    long requestCount) {
  /** Rates are often rounded before they are published. */
  private static final double ROUNDED = 0.01;

  private static final double ROUNDED_PERCENT = 1;

  /**
   * Tokens and their limit, over the time the limit is stated for.
   *
   * @param used by all versions together
   * @param limit 0 where none is stated
   * @param percentage used of the limit, 100 where it is exceeded; NaN where there is no limit
   */
  public record TokenUsage(long used, long limit, double percentage) {
    /** The usage of a limit; none is stated with 0. */
    public static TokenUsage of(long used, long limit) {
      return new TokenUsage(
          used, limit, limit == 0 ? Double.NaN : Math.min(100, 100.0 * used / limit));
    }

    private void check(Problems problems) {
      problems
          .require(used >= 0, "token_usage.used is " + used + ", expected 0 or more")
          .require(limit >= 0, "token_usage.limit is " + limit + ", expected 0 or more")
          .require(
              limit == 0
                  ? Double.isNaN(percentage) || percentage == 0
                  : percentage >= 0 && percentage <= 100,
              "token_usage.percentage is "
                  + percentage
                  + " of a limit of "
                  + limit
                  + ", expected from 0 to 100, and none without a limit")
          .require(
              !(limit > 0 && used >= 0)
                  || !(Math.abs(percentage - of(used, limit).percentage) > ROUNDED_PERCENT),
              "token_usage says " + percentage + "% for " + used + " of " + limit + " tokens");
    }
  }

  /** Refuses, all at once, what cannot be true. */
  public MetricsDocument {
    var problems = new Problems();
    problems.require(
        requestCount >= 0, "request_count is " + requestCount + ", expected 0 or more");
    var idle = requestCount == 0;
    requireRate(problems, "error_rate", errorRate, idle);
    requireRate(problems, "success_rate", successRate, idle);
    problems.require(
        !(errorRate + successRate > 1 + ROUNDED),
        "error_rate and success_rate are more than 1 together");
    requireLatency(problems, "latency_p50", latencyP50, idle);
    requireLatency(problems, "latency_p95", latencyP95, idle);
    requireLatency(problems, "latency_p99", latencyP99, idle);
    problems.require(
        !(latencyP50 > latencyP95) && !(latencyP95 > latencyP99),
        "latencies fall from p50 to p99, expected them to rise");
    tokenUsage.check(problems);
    problems.throwIfAny("metrics document");
  }

  /**
   * Reads a document. Fields it does not know are passed over.
   *
   * @throws io.bellwether.InvalidConfigurationException if it is no such document, or one that
   *     cannot be true; lists every problem
   */
  public static MetricsDocument parse(byte[] utf8) {
    return DocumentJson.read(utf8);
  }

  /** The document of a snapshot. */
  public static MetricsDocument of(WindowSnapshot snapshot, TokenUsage tokens) {
    return new MetricsDocument(
        snapshot.errorRate(),
        snapshot.p50(),
        snapshot.p95(),
        snapshot.p99(),
        snapshot.successRate(),
        tokens,
        snapshot.requests());
  }

  /** The document as JSON, in the order of its fields. */
  public String toJson() {
    return DocumentJson.write(this);
  }

  /**
   * What the document says of a metric.
   *
   * @param source who says so, for people
   */
  public Reading reading(Metric metric, String source) {
    return switch (metric.name()) {
      case "error_rate" -> value(errorRate, source);
      case "success_rate" -> value(successRate, source);
      case "latency_p50" -> value(latencyP50, source);
      case "latency_p95" -> value(latencyP95, source);
      case "latency_p99" -> value(latencyP99, source);
      case "request_count" -> value(requestCount, source);
      case "token_usage" ->
          tokenUsage.limit() == 0
              ? Reading.noData(source, "the metrics document states no token limit")
              : value(tokenUsage.percentage() / 100, source);
      default -> Reading.noData(source, "the metrics document has no " + metric);
    };
  }

  private Reading value(double value, String source) {
    return Reading.of(value, requestCount, source);
  }

  private static void requireRate(Problems problems, String name, double rate, boolean idle) {
    problems.require(
        rate >= 0 && rate <= 1 || idle && Double.isNaN(rate),
        name + " is " + rate + ", expected from 0 to 1" + unlessIdle(idle));
  }

  private static void requireLatency(Problems problems, String name, double millis, boolean idle) {
    problems.require(
        millis >= 0 && Double.isFinite(millis) || idle && Double.isNaN(millis),
        name + " is " + millis + ", expected 0 ms or more" + unlessIdle(idle));
  }

  private static String unlessIdle(boolean idle) {
    return idle ? ", or null without requests" : "";
  }
}
