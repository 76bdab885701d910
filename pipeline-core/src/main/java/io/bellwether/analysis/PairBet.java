package io.bellwether.analysis;

/**
 * A bet on both versions' rates within one block, against the closest rates that the null
 * hypothesis allows.
 *
 * <p>The alternative says that the candidate's rate is {@code candidate} and stable's is {@code
 * stable}; it is chosen before the block's outcomes are known. The null says that the candidate's
 * mean rate within the block is on the other side of stable's plus a {@code gap}. The rates {@code
 * (nullCandidate, nullStable)} are the alternative's projection on the null in the sense of the
 * Kullback-Leibler divergence weighted by the numbers of requests. The likelihood ratio of the two
 * is then an e-value: its mean is at most 1 under every null, for independent outcomes whose rates
 * may all differ (Turner, Ly, Grünwald, "Generic E-Variables for Exact Sequential k-Sample Tests
 * that allow for Optional Stopping", arXiv:2106.02693; with a gap Turner and Grünwald,
 * arXiv:2203.09785).
 *
 * <p>Why: with alternative a and projection z, an arm's factor of one request with rate p has the
 * mean {@code 1 + (p - z)(a - z) / (z (1 - z))}. The logarithm of the product over all requests is
 * at most the sum of what these means exceed 1 by, and that sum is not positive for any p in the
 * null, because z is where the divergence from a is least on a convex set. Values between 0 and 1
 * instead of yes and no only lower the mean, by the convexity of the exponential function.
 */
record PairBet(double candidate, double stable, double nullCandidate, double nullStable) {
  private static final int MOST_STEPS = 200;

  /**
   * The bet for a block with these numbers of requests.
   *
   * @param candidate the alternative's rate of the candidate, inside (0, 1)
   * @param stable the alternative's rate of stable, inside (0, 1)
   * @param gap the null's border: the candidate's rate minus stable's, inside (-1, 1)
   */
  static PairBet of(double candidate, double stable, double gap, long candidates, long stables) {
    var x =
        gap == 0
            ? pooled(candidate, stable, candidates, stables)
            : border(candidate, stable, gap, candidates, stables);
    return new PairBet(candidate, stable, x + gap, x);
  }

  /** The logarithm of the e-value of these outcomes. */
  double logFactor(Tally candidates, Tally stables) {
    return candidates.bad() * StrictMath.log(candidate / nullCandidate)
        + candidates.good() * StrictMath.log((1 - candidate) / (1 - nullCandidate))
        + stables.bad() * StrictMath.log(stable / nullStable)
        + stables.good() * StrictMath.log((1 - stable) / (1 - nullStable));
  }

  private static double pooled(double candidate, double stable, long candidates, long stables) {
    return (candidates * candidate + stables * stable) / (candidates + stables);
  }

  /**
   * Stable's rate at the point of the border closest to the alternative: the root of the
   * divergence's slope along the border, which falls all the way. Newton's steps, halving where one
   * would leave the bracket.
   */
  private static double border(
      double candidate, double stable, double gap, long candidates, long stables) {
    var low = Math.max(Math.min(stable, candidate - gap), Math.max(0, -gap));
    var high = Math.min(Math.max(stable, candidate - gap), Math.min(1, 1 - gap));
    var x = (low + high) / 2;
    for (var step = 0; step < MOST_STEPS && low < x && x < high; step++) {
      var y = x + gap;
      var p = y * (1 - y);
      var q = x * (1 - x);
      var slope = candidates * (candidate - y) / p + stables * (stable - x) / q;
      if (slope > 0) {
        low = x;
      } else {
        high = x;
      }
      var fall =
          candidates * (1 + (candidate - y) * (1 - 2 * y) / p) / p
              + stables * (1 + (stable - x) * (1 - 2 * x) / q) / q;
      var next = x + slope / fall;
      if (next == x) {
        break;
      }
      x = low < next && next < high ? next : (low + high) / 2;
    }
    return x;
  }
}
