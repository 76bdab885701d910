package io.bellwether.health;

import io.bellwether.internal.JsonWriting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of all checks at one moment.
 *
 * @param timestamp when the checks were begun
 * @param checks in the registry's order
 */
public record HealthReport(Instant timestamp, List<CheckReport> checks) {
  /** Copies the checks. */
  public HealthReport {
    checks = List.copyOf(checks);
  }

  /** The gravest status of the checks; {@link HealthStatus#OK} without any. */
  public HealthStatus status() {
    return checks.stream().map(CheckReport::status).reduce(HealthStatus.OK, HealthStatus::worse);
  }

  /** The HTTP status of the detailed endpoint: 200 while every check is OK, else 503. */
  public int httpStatus() {
    return status() == HealthStatus.OK ? 200 : 503;
  }

  /** The checks that are not OK. */
  public List<CheckReport> troubled() {
    return checks.stream().filter(check -> check.status() != HealthStatus.OK).toList();
  }

  /**
   * The body of the detailed endpoint: {@code {"status":…,"timestamp":…,"checks":{name:
   * {"status":…,"latency_ms":…,"message":…}}}}.
   */
  public String toJson() {
    var all = new LinkedHashMap<String, Object>();
    for (var check : checks) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("status", check.status());
      fields.put("latency_ms", check.latency().toMillis());
      if (!check.message().isEmpty()) {
        fields.put("message", check.message());
      }
      all.put(check.name(), fields);
    }
    var fields = head();
    fields.put("checks", all);
    return JsonWriting.line(fields);
  }

  /** The body of the plain endpoint: the same without the checks. */
  public String toPlainJson() {
    return JsonWriting.line(head());
  }

  private Map<String, Object> head() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("status", status());
    fields.put("timestamp", timestamp);
    return fields;
  }

  /** For example {@code DOWN: database DOWN in 5s: no answer within 5s}. */
  @Override
  public String toString() {
    var troubled = troubled();
    return troubled.isEmpty()
        ? status() + ": " + checks.size() + " checks"
        : status()
            + ": "
            + troubled.stream().map(CheckReport::toString).collect(Collectors.joining(", "));
  }
}
