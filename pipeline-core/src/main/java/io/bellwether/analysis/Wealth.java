package io.bellwether.analysis;

import java.util.List;

/**
 * What a stake of 1 has become that is spread over several bets and cash.
 *
 * <p>After each block a small fixed part of it is spread anew like at the start, so that a bet that
 * was wrong for long can still win when the candidate turns bad late (Herbster and Warmuth,
 * "Tracking the Best Expert", Machine Learning 32, 1998). The spread of a block is fixed before its
 * outcomes are known; so one block multiplies the wealth by a mean of e-values, which is one again,
 * and by Ville's inequality (1939) the wealth ever reaches {@code 1 / alpha} with a probability of
 * at most {@code alpha} under the null.
 */
final class Wealth {
  /** No number of requests wins or loses as much. */
  private static final double MOST = 1e15;

  /** The start: nothing won, spread like the prior. */
  static Wealth start(double[] prior) {
    return new Wealth(0, prior.clone());
  }

  private final double log;
  private final double[] shares;

  private Wealth(double log, double[] shares) {
    this.log = log;
    this.shares = shares;
  }

  /** The logarithm of the wealth. */
  double log() {
    return log;
  }

  /**
   * The wealth after a block.
   *
   * @param logFactors what each bet multiplies by, as logarithms; cash comes last with 0
   * @param prior how the refilled part is spread; sums to 1
   * @param refill the part that is spread anew
   */
  Wealth next(double[] logFactors, double[] prior, double refill) {
    var highest = 0.0;
    for (var factor : logFactors) {
      highest = Math.max(highest, factor);
    }
    var next = new double[shares.length];
    var sum = 0.0;
    for (var i = 0; i < next.length; i++) {
      next[i] = shares[i] * StrictMath.exp(logFactors[i] - highest);
      sum += next[i];
    }
    for (var i = 0; i < next.length; i++) {
      next[i] = (1 - refill) * next[i] / sum + refill * prior[i];
    }
    return new Wealth(log + highest + StrictMath.log(sum), next);
  }

  void write(List<Double> numbers) {
    numbers.add(log);
    for (var share : shares) {
      numbers.add(share);
    }
  }

  static Wealth read(Numbers numbers, int bets) {
    var log = numbers.next(-MOST, MOST);
    var shares = new double[bets];
    var sum = 0.0;
    for (var i = 0; i < bets; i++) {
      shares[i] = numbers.next(0, 1);
      sum += shares[i];
    }
    if (Math.abs(sum - 1) > 1e-6) {
      throw new IllegalArgumentException(
          "shares of a judge's wealth add up to " + sum + ": the state was damaged in the journal");
    }
    return new Wealth(log, shares);
  }
}
