package io.bellwether.analysis;

import io.bellwether.Problems;

/**
 * Which scores pass. Immutable and thread-safe.
 *
 * <p>The judge and a run of several judgements do not read the marginal threshold alike: a score of
 * exactly {@code marginal} is {@link KayentaResult.Verdict#MARGINAL} to the judge and ends a run.
 *
 * @param pass a score at it or above passes; from 0 to 100, or {@link #NONE}
 * @param marginal a score at it or above, yet below {@code pass}, is marginal; from 0 to 100 and at
 *     most {@code pass}, or {@link #NONE}
 */
public record KayentaScoreThresholds(double pass, double marginal) {
  /** No threshold: every score is beyond it. */
  public static final double NONE = Double.NEGATIVE_INFINITY;

  private static final KayentaScoreThresholds DEFAULTS = new KayentaScoreThresholds(95, 75);

  /** Refuses, all at once, thresholds that are no scores or the wrong way round. */
  public KayentaScoreThresholds {
    var problems = new Problems();
    check(problems, "pass", pass);
    check(problems, "marginal", marginal);
    problems
        .require(
            pass == NONE || !(marginal > pass),
            "marginal " + marginal + " is above pass " + pass + "; swap them")
        .throwIfAny("score thresholds");
  }

  /** Pass at 95, marginal at 75: what Spinnaker's canary guide starts with. */
  public static KayentaScoreThresholds defaults() {
    return DEFAULTS;
  }

  /** The judge's word on a score from 0 to 100. */
  public KayentaResult.Verdict classify(double score) {
    if (score >= pass) {
      return KayentaResult.Verdict.PASS;
    }
    return score >= marginal ? KayentaResult.Verdict.MARGINAL : KayentaResult.Verdict.FAIL;
  }

  /** Whether a run of several judgements fails at once when one of them has this score. */
  public boolean stopsRun(double score) {
    return score <= marginal;
  }

  /** Whether a run whose last judgement has this score has succeeded. */
  public boolean passesRun(double lastScore) {
    return !stopsRun(lastScore) && lastScore >= pass;
  }

  private static void check(Problems problems, String name, double threshold) {
    problems.require(
        threshold == NONE || (threshold >= 0 && threshold <= 100),
        name + " is " + threshold + ", expected a score from 0 to 100");
  }

  /** For example {@code pass 95, marginal 75}. */
  @Override
  public String toString() {
    return "pass " + number(pass) + ", marginal " + number(marginal);
  }

  private static String number(double threshold) {
    return threshold == NONE ? "none" : KayentaNumbers.plain(threshold);
  }
}
