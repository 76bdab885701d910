package io.bellwether.benchmarks;

import io.bellwether.metrics.Outcome;
import java.util.Random;

/**
 * What a language model's answers look like: 65,536 latencies, log-normal with a median of 800 ms
 * and sigma 0.6, about 2 % errors, 200 to 2,247 tokens.
 */
public final class Answers {
  /** How many there are; a power of two. */
  public static final int COUNT = 1 << 16;

  private static final long[] NANOS = new long[COUNT];
  private static final boolean[] FAILED = new boolean[COUNT];
  private static final int[] TOKENS = new int[COUNT];

  private static final Outcome SUCCESS = Outcome.success();
  private static final Outcome ERROR = Outcome.error("quota");

  static {
    var random = new Random(7);
    for (var i = 0; i < COUNT; i++) {
      NANOS[i] = (long) (800_000_000 * Math.exp(0.6 * random.nextGaussian()));
      FAILED[i] = random.nextInt(50) == 0;
      TOKENS[i] = 200 + random.nextInt(2048);
    }
  }

  private Answers() {}

  /** How long this one took, in nanoseconds. */
  public static long nanos(int i) {
    return NANOS[i];
  }

  /** Whether this one is an error. */
  public static boolean failed(int i) {
    return FAILED[i];
  }

  /** The tokens of this one. */
  public static int tokens(int i) {
    return TOKENS[i];
  }

  /** How this one ended. */
  public static Outcome outcome(int i) {
    return FAILED[i] ? ERROR : SUCCESS;
  }
}
