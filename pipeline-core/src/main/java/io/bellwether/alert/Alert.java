package io.bellwether.alert;

import io.bellwether.time.Durations;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something people should know, with what to do about it. Immutable and thread-safe.
 *
 * <p>Two alerts with the same key are the same occurrence told twice. An {@link Status#EVENT}
 * happened and is over; a {@link Status#FIRING} alert lasts until a {@link Status#RESOLVED} one of
 * the same name, severity and labels follows it.
 */
public final class Alert {
  /** Whether an alert lasts. */
  public enum Status {
    /** Something that happened; there is nothing to resolve. */
    EVENT,
    /** Something that lasts. */
    FIRING,
    /** The end of something that lasted. */
    RESOLVED
  }

  private final String name;
  private final Severity severity;
  private final String key;
  private final Status status;
  private final Instant at;
  private final @Nullable Instant endedAt;
  private final @Nullable Duration expiresAfter;
  private final @Nullable Measurement measurement;
  private final @Nullable URI logs;
  private final @Nullable URI runbook;
  private final String summary;
  private final String nextStep;
  private final Map<String, String> labels;

  private Alert(Builder builder) {
    status = builder.status;
    endedAt = builder.endedAt;
    expiresAfter = builder.expiresAfter;
    measurement = builder.measurement;
    logs = builder.logs;
    runbook = builder.runbook;
    name = required(builder, "name", builder.name);
    severity = required(builder, "severity", builder.severity);
    key = required(builder, "key", builder.key);
    at = required(builder, "at", builder.at);
    summary = required(builder, "summary", builder.summary);
    nextStep = required(builder, "nextStep", builder.nextStep);
    builder.labels.forEach((label, value) -> required(builder, "label '" + label + "'", value));
    labels = Map.copyOf(builder.labels);
  }

  private static <T> T required(Builder builder, String what, @Nullable T value) {
    return Objects.requireNonNull(
        value, () -> "alert '" + builder.name + "': its " + what + " is null");
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

  /**
   * An alert to be built.
   *
   * @param name what kind of thing happened, such as {@code rollout_rolled_back}
   */
  public static Builder builder(String name, Severity severity, Instant at) {
    return new Builder(name, severity, at);
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

  /** Whether it lasts. */
  public Status status() {
    return status;
  }

  /** When it happened or began. */
  public Instant at() {
    return at;
  }

  /** When it ended, if it is resolved. */
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** After how long without being told again a firing alert counts as resolved; empty for never. */
  public Optional<Duration> expiresAfter() {
    return Optional.ofNullable(expiresAfter);
  }

  /** The value, threshold and window it rests on. */
  public Optional<Measurement> measurement() {
    return Optional.ofNullable(measurement);
  }

  /** Where to read what the system logged. */
  public Optional<URI> logs() {
    return Optional.ofNullable(logs);
  }

  /** Where it is written down what to do. */
  public Optional<URI> runbook() {
    return Optional.ofNullable(runbook);
  }

  /** The label {@code environment}; empty when nobody said. */
  public String environment() {
    return labels.getOrDefault("environment", "");
  }

  /** The label {@code version}; empty when nobody said. */
  public String version() {
    return labels.getOrDefault("version", "");
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
    return (nextStep.isEmpty() ? text : text + " Next: " + nextStep)
        + (status == Status.RESOLVED ? " (resolved)" : "");
  }

  /** A builder that starts from this alert. */
  public Builder toBuilder() {
    var copy = new Builder(name, severity, at);
    copy.key = key;
    copy.status = status;
    copy.endedAt = endedAt;
    copy.expiresAfter = expiresAfter;
    copy.measurement = measurement;
    copy.logs = logs;
    copy.runbook = runbook;
    copy.summary = summary;
    copy.nextStep = nextStep;
    copy.labels.putAll(labels);
    return copy;
  }

  /** The same alert, resolved at this moment. */
  public Alert resolved(Instant endedAt) {
    return toBuilder().resolved(endedAt).build();
  }

  /** Collects an alert's details. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Severity severity;
    private final Instant at;
    private final Map<String, String> labels = new TreeMap<>();
    private Status status = Status.EVENT;
    private @Nullable Instant endedAt;
    private @Nullable Duration expiresAfter;
    private @Nullable Measurement measurement;
    private @Nullable URI logs;
    private @Nullable URI runbook;
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

    /** Adds everything the alert is about. */
    public Builder labels(Map<String, String> labels) {
      this.labels.putAll(labels);
      return this;
    }

    /** It lasts until it is resolved. */
    public Builder firing() {
      status = Status.FIRING;
      endedAt = null;
      return this;
    }

    /** It lasted until this moment. */
    public Builder resolved(Instant endedAt) {
      status = Status.RESOLVED;
      this.endedAt = endedAt;
      return this;
    }

    /** It counts as resolved when it is not told again for this long; positive. */
    public Builder expiresAfter(Duration duration) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(
            "alert '"
                + name
                + "': expiresAfter "
                + Durations.plain(duration)
                + " must be longer than nothing");
      }
      expiresAfter = Durations.bounded(duration);
      return this;
    }

    /** What it rests on. */
    public Builder measurement(Measurement measurement) {
      this.measurement = measurement;
      return this;
    }

    /** Where to read what the system logged. */
    public Builder logs(URI logs) {
      this.logs = logs;
      return this;
    }

    /** Where it is written down what to do. */
    public Builder runbook(URI runbook) {
      this.runbook = runbook;
      return this;
    }

    /** The alert. */
    public Alert build() {
      return new Alert(this);
    }
  }
}
