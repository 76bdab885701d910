package io.bellwether.analysis;

import java.util.List;

/** The bets a judge makes on one stream; all of it is fixed before the first block. */
final class StreamBets {
  /** The candidate is as good as stable, or worse by half the harm bound; both are no harm. */
  private static final double[] SAFE_PARTS_OF_HARM = {0, 0.5};

  private static final double HIGHEST_RATE = 1 - 1e-6;

  private final List<Lift> lifts;
  private final double tolerance;
  private final double harm;
  private final double refill;
  private final boolean tempered;
  private final double[] harmPrior;
  private final double[] safetyPrior;

  StreamBets(JudgedStream stream, SequentialSettings settings) {
    lifts = settings.lifts();
    tolerance = stream.tolerance().value();
    harm = stream.harm().value();
    refill = settings.refill();
    tempered = settings.tempered();
    harmPrior = normalised(lifts.stream().mapToDouble(Lift::prior).toArray(), settings.cash());
    safetyPrior = normalised(new double[] {1, 1}, 1);
  }

  private static double[] normalised(double[] bets, double cash) {
    var sum = cash;
    for (var bet : bets) {
      sum += bet;
    }
    var shares = new double[bets.length + 1];
    for (var i = 0; i < bets.length; i++) {
      shares[i] = bets[i] / sum;
    }
    shares[bets.length] = cash / sum;
    return shares;
  }

  double[] harmPrior() {
    return harmPrior;
  }

  double[] safetyPrior() {
    return safetyPrior;
  }

  Wealth harm(StreamState state, Tally candidate, Tally stable) {
    var base = state.stable().rate();
    var from = Math.min(HIGHEST_RATE, base + tolerance);
    var factors = new double[harmPrior.length];
    for (var i = 0; i < lifts.size(); i++) {
      var worse = Math.min(HIGHEST_RATE, lifts.get(i).above(from));
      factors[i] = factor(state, worse, tolerance, candidate, stable);
    }
    return state.harm().next(factors, harmPrior, refill);
  }

  Wealth safety(StreamState state, Tally candidate, Tally stable) {
    var base = state.stable().rate();
    var factors = new double[safetyPrior.length];
    for (var i = 0; i < SAFE_PARTS_OF_HARM.length; i++) {
      var safe = Math.min(HIGHEST_RATE, base + SAFE_PARTS_OF_HARM[i] * harm);
      factors[i] = factor(state, safe, harm, candidate, stable);
    }
    return state.safety().next(factors, safetyPrior, refill);
  }

  /**
   * Raised to the power of 1 by the dispersion, an e-value is still one (Jensen), and bursts of
   * errors that belong together no longer count as that many separate ones.
   */
  private double factor(
      StreamState state, double alternative, double gap, Tally candidate, Tally stable) {
    var bet = PairBet.of(alternative, state.stable().rate(), gap, candidate.of(), stable.of());
    var log = bet.logFactor(candidate, stable);
    return tempered ? log / state.stable().dispersion() : log;
  }
}
