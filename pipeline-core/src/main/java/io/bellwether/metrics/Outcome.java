package io.bellwether.metrics;

import java.util.Objects;

/**
 * How one request ended, in the host's judgement.
 *
 * <p>Outcomes are constants: a host keeps its own {@code Outcome.error("quota")} in a static field,
 * so that recording allocates nothing. Immutable and thread-safe.
 */
public final class Outcome {
  /** What an outcome counts as. */
  public enum Kind {
    /** A useful answer. */
    SUCCESS,
    /** An answer without content, though the call itself succeeded: AI systems fail silently. */
    EMPTY,
    /** Turned away by a rate limit (HTTP 429): neither a success nor an error of the version. */
    RATE_LIMITED,
    /** A failure. */
    ERROR
  }

  private static final Outcome SUCCESS = new Outcome(Kind.SUCCESS, "success");
  private static final Outcome EMPTY = new Outcome(Kind.EMPTY, "empty");
  private static final Outcome RATE_LIMITED = new Outcome(Kind.RATE_LIMITED, "rate_limited");
  private static final Outcome ERROR = new Outcome(Kind.ERROR, "error");
  private static final Outcome TIMEOUT = new Outcome(Kind.ERROR, "timeout");

  private final Kind kind;
  private final String label;

  private Outcome(Kind kind, String label) {
    this.kind = kind;
    this.label = label;
  }

  /** A useful answer. */
  public static Outcome success() {
    return SUCCESS;
  }

  /** An answer without content. */
  public static Outcome empty() {
    return EMPTY;
  }

  /** Turned away by a rate limit. */
  public static Outcome rateLimited() {
    return RATE_LIMITED;
  }

  /** A failure of no particular kind. */
  public static Outcome error() {
    return ERROR;
  }

  /** A failure because no answer came in time; an error of kind {@code timeout}. */
  public static Outcome timeout() {
    return TIMEOUT;
  }

  /**
   * A failure with its kind, counted apart. Keep the result in a constant.
   *
   * @param kind a short stable word such as {@code quota} or {@code http_500}, never a message
   * @throws IllegalArgumentException if the kind is blank or longer than 60 characters
   */
  public static Outcome error(String kind) {
    if (kind.isBlank() || kind.length() > 60) {
      throw new IllegalArgumentException(
          "error kind of "
              + kind.length()
              + " characters: expected a short stable word such as \"quota\"");
    }
    return new Outcome(Kind.ERROR, kind);
  }

  /** What this outcome counts as. */
  public Kind kind() {
    return kind;
  }

  /** The error's kind, or the name of the outcome where it is no error. */
  public String label() {
    return label;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Outcome outcome && kind == outcome.kind && label.equals(outcome.label);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, label);
  }

  /** For example {@code success} or {@code error quota}. */
  @Override
  public String toString() {
    return kind == Kind.ERROR && !label.equals("error") ? "error " + label : label;
  }
}
