package io.bellwether.metrics;

import io.bellwether.internal.Texts;
import java.util.Objects;

/**
 * A metric source's answer: a value with what it rests on, or why there is none.
 *
 * <p>Few requests and no telemetry are different things. A version the source knows, without
 * requests in the window, has a value with zero samples (NaN where the metric needs requests): low
 * traffic. A version or metric the source knows nothing of has no data: telemetry is gone.
 *
 * <p>Immutable and thread-safe.
 *
 * @param status whether there is a value
 * @param value in the metric's unit; NaN where there is none, or where it needs requests and there
 *     are none
 * @param samples how many requests the value was computed from; 0 where there is none
 * @param source who says so, for people
 * @param detail why there is no value; empty where there is one
 */
public record Reading(Status status, double value, long samples, String source, String detail) {
  /** Whether a reading has a value. */
  public enum Status {
    /** There is a value, though it may rest on few samples or none. */
    VALUE,
    /** The source answered and knows nothing of this metric or version. */
    NO_DATA,
    /** The source could not answer. */
    ERROR
  }

  /** Refuses a negative count and what is null; cuts a detail that is too long to be kept. */
  public Reading {
    Objects.requireNonNull(status, "status of a reading");
    source = Texts.cut(Objects.requireNonNull(source, "source of a reading"));
    detail = Texts.cut(Objects.requireNonNull(detail, "detail of a reading; \"\" for none"));
    if (samples < 0) {
      throw new IllegalArgumentException("reading of " + source + ": " + samples + " samples");
    }
  }

  /** A value computed from this many requests. */
  public static Reading of(double value, long samples, String source) {
    return new Reading(Status.VALUE, value, samples, source, "");
  }

  /** The source has nothing. */
  public static Reading noData(String source, String detail) {
    return new Reading(Status.NO_DATA, Double.NaN, 0, source, detail);
  }

  /** The source failed. */
  public static Reading error(String source, String detail) {
    return new Reading(Status.ERROR, Double.NaN, 0, source, detail);
  }
}
