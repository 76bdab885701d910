package io.bellwether.alert;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Something people should know, with what to do about it. Immutable and thread-safe.
 *
 * <p>Two alerts with the same key are the same occurrence told twice.
 */
public final class Alert {
  private final String name;
  private final Severity severity;
  private final String key;
  private final Instant at;
  private final String summary;
  private final String nextStep;
  private final Map<String, String> labels;

  private Alert(Builder builder) {
    name = builder.name;
    severity = builder.severity;
    key = builder.key;
    at = builder.at;
    summary = builder.summary;
    nextStep = builder.nextStep;
    labels = Map.copyOf(builder.labels);
  }

  /**
   * An alert built in one expression.
   *
   * @param name what kind of thing happened, such as {@code rollout_rolled_back}
   */
  public static Alert of(
      String name, Severity severity, Instant at, UnaryOperator<Builder> details) {
    return details.apply(new Builder(name, severity, at)).build();
  }

  /** What kind of thing happened. */
  public String name() {
    return name;
  }

  /** How soon somebody has to act. */
  public Severity severity() {
    return severity;
  }

  /** The identity of the occurrence. */
  public String key() {
    return key;
  }

  /** When it happened. */
  public Instant at() {
    return at;
  }

  /** What happened and on what evidence, in one or two sentences. */
  public String summary() {
    return summary;
  }

  /** What to do now; empty when there is nothing to do. */
  public String nextStep() {
    return nextStep;
  }

  /** What the alert is about, for routing and grouping. */
  public Map<String, String> labels() {
    return labels;
  }

  /** For example {@code WARNING rollout_rolled_back: … Next: …}. */
  @Override
  public String toString() {
    var text = severity + " " + name + ": " + summary;
    return nextStep.isEmpty() ? text : text + " Next: " + nextStep;
  }

  /** Collects an alert's details. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Severity severity;
    private final Instant at;
    private final Map<String, String> labels = new TreeMap<>();
    private String key;
    private String summary = "";
    private String nextStep = "";

    private Builder(String name, Severity severity, Instant at) {
      this.name = name;
      this.severity = severity;
      this.at = at;
      this.key = name + "@" + at;
    }

    /** The identity of the occurrence; name and time unless said otherwise. */
    public Builder key(String key) {
      this.key = key;
      return this;
    }

    /** What happened and on what evidence. */
    public Builder summary(String summary) {
      this.summary = summary;
      return this;
    }

    /** What to do now. */
    public Builder nextStep(String nextStep) {
      this.nextStep = nextStep;
      return this;
    }

    /** Adds what the alert is about. */
    public Builder label(String label, String value) {
      labels.put(label, value);
      return this;
    }

    private Alert build() {
      return new Alert(this);
    }
  }
}
