package io.bellwether.analysis;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.util.Arrays;
import java.util.List;

/**
 * Judges the candidate by fixed limits over its last blocks, whatever stable does. It guarantees no
 * rate of false alarms: a shared outage rolls back a healthy candidate, and a candidate that is
 * worse below the limits is promoted.
 *
 * <p>It holds while much fewer of the candidate's requests are seen than its weight lets expect.
 *
 * <p>A limit is breached by strictly more than its number. Immutable and thread-safe.
 *
 * @param blocks how many blocks back the rates are computed; at least 1
 * @param mostErrors the highest error rate
 * @param leastSuccesses the lowest share of useful answers, neither errors nor empty
 * @param mostSlow the highest share of requests slower than the first latency cut; 5 % is the limit
 *     on the 95th percentile
 * @param minimumSample requests without which a rate says nothing; at least 1
 * @param minimumSlowSample the same for the slow ones
 */
public record ThresholdJudge(
    int blocks,
    Ratio mostErrors,
    Ratio leastSuccesses,
    Ratio mostSlow,
    long minimumSample,
    long minimumSlowSample)
    implements CanaryJudge {

  /** Refuses, all at once, what could never be judged. */
  public ThresholdJudge {
    new Problems()
        .require(blocks >= 1, "blocks is " + blocks + ", expected at least 1")
        .require(
            minimumSample >= 1 && minimumSlowSample >= 1,
            "minimum samples are "
                + minimumSample
                + " and "
                + minimumSlowSample
                + ", expected at least 1")
        .throwIfAny("threshold judge");
  }

  /**
   * Errors at most 5 %, useful answers at least 95 %, the 95th percentile of the latency within the
   * cut; over 30 blocks, from 100 requests on, for latency from 600.
   */
  public static ThresholdJudge defaults() {
    return new ThresholdJudge(30, Ratio.percent(5), Ratio.percent(95), Ratio.percent(5), 100, 600);
  }

  @Override
  public String name() {
    return "threshold";
  }

  /** The state before the first block; launches make no difference to this judge. */
  @Override
  public ThresholdState start(int launch) {
    if (launch < 1) {
      throw new IllegalArgumentException("launch " + launch + ": expected 1 for the first");
    }
    return ThresholdState.start(this);
  }

  @Override
  public ThresholdState resume(List<Double> numbers) {
    return ThresholdState.read(this, new Numbers(numbers));
  }

  int fingerprint() {
    return Arrays.hashCode(
        new double[] {
          blocks,
          mostErrors.value(),
          leastSuccesses.value(),
          mostSlow.value(),
          minimumSample,
          minimumSlowSample
        });
  }
}
