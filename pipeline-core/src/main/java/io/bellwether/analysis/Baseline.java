package io.bellwether.analysis;

import java.util.List;

/**
 * What past blocks of the stable version say about one stream: its rate, and how much more it
 * scatters from block to block than independent outcomes would.
 *
 * @param bad bad requests so far, with the prior's
 * @param of requests so far, with the prior's
 * @param spread the sum of squared steps between consecutive blocks' rates, each divided by its
 *     mean under independence
 * @param spreads how many steps, with the prior's
 * @param lastRate the last block's rate
 * @param lastOf the last block's requests; 0 before the first
 */
record Baseline(
    double bad, double of, double spread, double spreads, double lastRate, double lastOf) {
  /** One bad request in 61, and a dispersion of 3, as if seen over five blocks. */
  static final Baseline PRIOR = new Baseline(1, 61, 15, 5, 0, 0);

  private static final double LEAST = 1e-6;
  private static final double MOST = 1L << 53;

  /** The rate to expect; inside (0, 1). */
  double rate() {
    return Math.min(1 - LEAST, Math.max(LEAST, bad / of));
  }

  /** Variance by that of independent outcomes; at least 1. */
  double dispersion() {
    return Math.max(1, spread / spreads);
  }

  Baseline learn(Tally block) {
    if (block.of() == 0) {
      return this;
    }
    var steps = lastOf > 0 ? 1 : 0;
    return new Baseline(
        bad + block.bad(),
        of + block.of(),
        spread + steps * step(block),
        spreads + steps,
        block.rate(),
        block.of());
  }

  private double step(Tally block) {
    if (lastOf == 0) {
      return 0;
    }
    var p = Math.min(1 - LEAST, Math.max(LEAST, (bad + block.bad()) / (of + block.of())));
    var difference = block.rate() - lastRate;
    return difference * difference / (p * (1 - p) * (1.0 / block.of() + 1 / lastOf));
  }

  void write(List<Double> numbers) {
    numbers.addAll(List.of(bad, of, spread, spreads, lastRate, lastOf));
  }

  static Baseline read(Numbers numbers) {
    var bad = numbers.next(0, MOST);
    return new Baseline(
        bad,
        numbers.next(Math.max(bad, LEAST), MOST),
        numbers.next(0, MOST),
        numbers.next(LEAST, MOST),
        numbers.next(0, 1 + LEAST),
        numbers.next(0, MOST));
  }
}
