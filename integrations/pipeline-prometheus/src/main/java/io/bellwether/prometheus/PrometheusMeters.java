package io.bellwether.prometheus;

import io.bellwether.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Says which time series mean what. Names are Micrometer's: {@code ai.requests} is a timer that
 * Prometheus knows as {@code ai_requests_seconds_count} and {@code ai_requests_seconds_bucket}, and
 * {@code ai.tokens} a counter it knows as {@code ai_tokens_total}. Immutable and thread-safe.
 *
 * @param requests the timer of requests
 * @param tokens the counter of tokens; empty without
 * @param releaseLabel the label whose value is the release; empty if all series are of every one
 * @param versionLabel the label whose value is the version
 * @param fixed what every series has to carry besides
 * @param outcomes which values of which label mean a request went wrong, and how
 */
public record PrometheusMeters(
    String requests,
    String tokens,
    String releaseLabel,
    String versionLabel,
    Map<String, String> fixed,
    Outcomes outcomes) {

  /**
   * The label that tells what became of a request, and its values.
   *
   * @param label one label for all three, so that no request is counted twice
   * @param errors values of requests that failed; at least one
   * @param empties values of answers without content
   * @param rateLimited values of requests that were turned away by a rate limit
   */
  public record Outcomes(
      String label, Set<String> errors, Set<String> empties, Set<String> rateLimited) {
    /** Copies the values. */
    public Outcomes {
      errors = Set.copyOf(errors);
      empties = Set.copyOf(empties);
      rateLimited = Set.copyOf(rateLimited);
    }
  }

  /** Refuses, all at once, what Prometheus could not be asked for. */
  public PrometheusMeters {
    fixed = Map.copyOf(fixed);
    var problems = new Problems();
    problems
        .require(
            isMeter(requests),
            "requests '" + requests + "': expected a timer's name, such as ai.requests")
        .require(
            tokens.isEmpty() || isMeter(tokens),
            "tokens '" + tokens + "': expected a counter's name, such as ai.tokens")
        .require(isLabel(versionLabel), label("version", versionLabel))
        .require(releaseLabel.isEmpty() || isLabel(releaseLabel), label("release", releaseLabel))
        .require(isLabel(outcomes.label()), label("outcome", outcomes.label()))
        .require(
            !outcomes.errors().isEmpty(),
            "no errors: say by which label and values a failure is known");
    fixed.keySet().forEach(name -> problems.require(isLabel(name), label("fixed", name)));
    var seen = new TreeSet<String>();
    var twice = new TreeSet<String>();
    for (var values : List.of(outcomes.errors(), outcomes.empties(), outcomes.rateLimited())) {
      values.stream().filter(value -> !seen.add(value)).forEach(twice::add);
    }
    problems
        .require(twice.isEmpty(), "these values mean more than one thing: " + twice)
        .throwIfAny("Prometheus meters");
  }

  /**
   * Meters in one expression.
   *
   * @param timer the timer of requests, such as {@code ai.requests}
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static PrometheusMeters of(String timer, UnaryOperator<Builder> details) {
    return details.apply(new Builder(timer)).build();
  }

  /** Such as {@code ai_requests_seconds_count}. */
  String requestCount() {
    return suffixed(requests, "_seconds") + "_count";
  }

  /** Such as {@code ai_requests_seconds_bucket}. */
  String latencyBucket() {
    return suffixed(requests, "_seconds") + "_bucket";
  }

  /** Such as {@code ai_tokens_total}. */
  String tokenCount() {
    return suffixed(tokens, "_total");
  }

  private static String suffixed(String name, String suffix) {
    var plain = name.replace('.', '_').replace('-', '_');
    return plain.endsWith(suffix) ? plain : plain + suffix;
  }

  private static boolean isMeter(String name) {
    return name.matches("[a-zA-Z_:][a-zA-Z0-9_:.-]*");
  }

  private static boolean isLabel(String name) {
    return name.matches("[a-zA-Z_][a-zA-Z0-9_]*");
  }

  private static String label(String which, String name) {
    return which + " label '" + name + "': expected letters, digits or '_', such as version";
  }

  /** Collects what means what. Not thread-safe. */
  public static final class Builder {
    private final String requests;
    private String tokens = "";
    private String releaseLabel = "";
    private String versionLabel = "version";
    private String outcomeLabel = "outcome";
    private final Map<String, String> fixed = new LinkedHashMap<>();
    private final Set<String> errors = new TreeSet<>();
    private final Set<String> empties = new TreeSet<>();
    private final Set<String> rateLimited = new TreeSet<>();

    private Builder(String requests) {
      this.requests = requests;
    }

    /** The name of the counter that adds up tokens; no tokens unless stated. */
    public Builder tokens(String counter) {
      tokens = counter;
      return this;
    }

    /** The label whose value is the version; {@code version} unless stated. */
    public Builder versionLabel(String label) {
      versionLabel = label;
      return this;
    }

    /** The label whose value is the release; unless stated, all series are of every release. */
    public Builder releaseLabel(String label) {
      releaseLabel = label;
      return this;
    }

    /** The label that tells what became of a request; {@code outcome} unless stated. */
    public Builder outcomeLabel(String label) {
      outcomeLabel = label;
      return this;
    }

    /** Only series with this label, such as {@code namespace}. */
    public Builder only(String label, String value) {
      fixed.put(label, value);
      return this;
    }

    /** Requests with one of these values failed; required. */
    public Builder errors(String... values) {
      errors.addAll(Set.of(values));
      return this;
    }

    /** Requests with one of these values had no content. */
    public Builder empties(String... values) {
      empties.addAll(Set.of(values));
      return this;
    }

    /** Requests with one of these values were turned away by a rate limit. */
    public Builder rateLimited(String... values) {
      rateLimited.addAll(Set.of(values));
      return this;
    }

    private PrometheusMeters build() {
      return new PrometheusMeters(
          requests,
          tokens,
          releaseLabel,
          versionLabel,
          fixed,
          new Outcomes(outcomeLabel, errors, empties, rateLimited));
    }
  }
}
