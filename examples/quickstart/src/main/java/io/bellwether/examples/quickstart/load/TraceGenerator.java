package io.bellwether.examples.quickstart.load;

import java.util.SplittableRandom;

/**
 * Makes a trace of the shape that conversations with a language model have.
 *
 * <p>Requests arrive at random at a rate that wanders: every ten seconds its logarithm takes a step
 * of an autoregressive walk (mean 5.5 requests a second, standard deviation 0.25, half of a
 * deviation remembered), which makes the arrivals burstier than a plain Poisson process. Token
 * counts are log-normal: median 1020 and sigma 0.98 for questions, median 129 and sigma 0.86 for
 * answers, cut to what a model takes and gives. The figures are those of the conversation trace in
 * the Azure Public Dataset (2023), which this program reads with {@code --trace}.
 */
public final class TraceGenerator {
  private static final double REQUESTS_PER_SECOND = 5.5;
  private static final double BLOCK_SECONDS = 10;
  private static final double RATE_DEVIATION = 0.25;
  private static final double RATE_MEMORY = 0.5;

  private final SplittableRandom random;
  private double logRate;

  private TraceGenerator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A trace of this many requests, at least two; the same for the same seed. */
  public static Trace generate(long seed, int requests) {
    return new TraceGenerator(seed).generate(requests);
  }

  private Trace generate(int requests) {
    var trace = new Trace.Builder();
    var seconds = 0.0;
    var blockEnd = 0.0;
    for (var i = 0; i < requests; i++) {
      for (; seconds >= blockEnd; blockEnd += BLOCK_SECONDS) {
        wander();
      }
      seconds += -Math.log1p(-random.nextDouble()) / (REQUESTS_PER_SECOND * Math.exp(logRate));
      trace.add((long) (seconds * 1e9), tokens(1020, 0.98, 2, 14_000), tokens(129, 0.86, 7, 1_000));
    }
    return trace.build();
  }

  private void wander() {
    var step = RATE_DEVIATION * Math.sqrt(1 - RATE_MEMORY * RATE_MEMORY);
    logRate = RATE_MEMORY * logRate + step * random.nextGaussian();
  }

  private int tokens(double median, double sigma, int least, int most) {
    var drawn = median * Math.exp(sigma * random.nextGaussian());
    return (int) Math.max(least, Math.min(most, Math.round(drawn)));
  }
}
