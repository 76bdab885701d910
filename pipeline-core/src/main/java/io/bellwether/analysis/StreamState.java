package io.bellwether.analysis;

import java.util.List;

/**
 * What the judge knows about one stream.
 *
 * @param stable what past blocks say about stable
 * @param harm the wealth won by betting that the candidate is worse by more than the tolerance
 * @param safety the wealth won by betting that it is not worse by the harm bound
 * @param candidates the candidate's requests in the compared blocks
 * @param stables the stable version's
 */
record StreamState(Baseline stable, Wealth harm, Wealth safety, Tally candidates, Tally stables) {
  static StreamState start(StreamBets bets, Baseline stable) {
    return new StreamState(
        stable,
        Wealth.start(bets.harmPrior()),
        Wealth.start(bets.safetyPrior()),
        Tally.NONE,
        Tally.NONE);
  }

  /** The state after a block in which this stream was looked at in both arms, or this one. */
  StreamState next(StreamBets bets, Tally candidate, Tally baseline) {
    if (candidate.of() == 0 || baseline.of() == 0) {
      return this;
    }
    return new StreamState(
        stable.learn(baseline),
        bets.harm(this, candidate, baseline),
        bets.safety(this, candidate, baseline),
        candidates.plus(candidate),
        stables.plus(baseline));
  }

  StreamEvidence evidence(String name) {
    return new StreamEvidence(
        name,
        StrictMath.exp(harm.log()),
        StrictMath.exp(safety.log()),
        RateInterval.of(candidates),
        RateInterval.of(stables));
  }

  void write(List<Double> numbers) {
    stable.write(numbers);
    harm.write(numbers);
    safety.write(numbers);
    for (var tally : List.of(candidates, stables)) {
      numbers.add((double) tally.of());
      numbers.add(tally.bad());
    }
  }

  static StreamState read(Numbers numbers, StreamBets bets) {
    return new StreamState(
        Baseline.read(numbers),
        Wealth.read(numbers, bets.harmPrior().length),
        Wealth.read(numbers, bets.safetyPrior().length),
        new Tally(numbers.nextLong(), numbers.next()),
        new Tally(numbers.nextLong(), numbers.next()));
  }
}
