package io.bellwether.examples.quickstart.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * When requests came, and how long each was in tokens. Immutable and thread-safe.
 *
 * <p>At least two requests, in the order of their arrival, over a span longer than nothing.
 */
public final class Trace {
  private final long[] arrivals;
  private final int[] contextTokens;
  private final int[] generatedTokens;
  private final int size;

  private Trace(Builder builder) {
    this.size = builder.size;
    this.arrivals = Arrays.copyOf(builder.arrivals, size);
    this.contextTokens = Arrays.copyOf(builder.contextTokens, size);
    this.generatedTokens = Arrays.copyOf(builder.generatedTokens, size);
  }

  /** How many requests there are. */
  public int size() {
    return size;
  }

  /** When a request came, in nanoseconds after the first one. */
  public long arrivalNanos(int index) {
    return arrivals[index] - arrivals[0];
  }

  /** How many tokens a request had. */
  public int contextTokens(int index) {
    return contextTokens[index];
  }

  /** How many tokens its answer had. */
  public int generatedTokens(int index) {
    return generatedTokens[index];
  }

  /** From the first request to the last. */
  public Duration span() {
    return Duration.ofNanos(arrivalNanos(size - 1));
  }

  /** For example {@code 19,365 requests in 58.4 min, median 1020 tokens asked, 129 answered}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d requests in %.1f min, median %d tokens asked, %d answered",
        size,
        span().toMillis() / 60_000.0,
        median(contextTokens),
        median(generatedTokens));
  }

  private static int median(int[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  /** Gathers requests in the order of their arrival. Not thread-safe. */
  static final class Builder {
    private long[] arrivals = new long[1024];
    private int[] contextTokens = new int[1024];
    private int[] generatedTokens = new int[1024];
    private int size;

    void add(long arrivalNanos, int context, int generated) {
      if (size == arrivals.length) {
        arrivals = Arrays.copyOf(arrivals, size * 2);
        contextTokens = Arrays.copyOf(contextTokens, size * 2);
        generatedTokens = Arrays.copyOf(generatedTokens, size * 2);
      }
      arrivals[size] = arrivalNanos;
      contextTokens[size] = context;
      generatedTokens[size] = generated;
      size++;
    }

    boolean usable() {
      return size >= 2 && arrivals[size - 1] > arrivals[0];
    }

    long lastArrival() {
      return size == 0 ? Long.MIN_VALUE : arrivals[size - 1];
    }

    Trace build() {
      if (!usable()) {
        throw new IllegalStateException("a trace needs two requests at different times");
      }
      return new Trace(this);
    }
  }
}
