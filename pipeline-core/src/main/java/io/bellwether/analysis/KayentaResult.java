package io.bellwether.analysis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A {@link KayentaJudge}'s answer. Immutable and thread-safe.
 *
 * @param verdict what the score means
 * @param score from 0 to 100, two decimals; outside of it only with group weights that do not add
 *     up to 100
 * @param reason why the score is what it is, in one sentence
 * @param scoreThresholds what the score was compared with
 * @param metrics every metric, muted ones included, in the order of the samples
 * @param groups the score of each group, in the order they first appear; muted metrics do not count
 */
public record KayentaResult(
    Verdict verdict,
    double score,
    String reason,
    KayentaScoreThresholds scoreThresholds,
    List<KayentaMetricResult> metrics,
    List<GroupScore> groups) {

  /** What a score means. Prints as Kayenta's label. */
  public enum Verdict {
    /** Go on. */
    PASS("Pass"),
    /** Better not without a person's look. */
    MARGINAL("Marginal"),
    /** Stop. */
    FAIL("Fail");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    /** Kayenta's label, for example {@code Marginal}. */
    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * The score of one group.
   *
   * @param name the group's name
   * @param score 100 times the share of its metrics that passed, from 0 to 100; metrics without
   *     data or in error are left out
   * @param noData whether nothing was left to score: {@code score} is then 0, yet counts as 100
   * @param weight the group's percentage of the whole score
   */
  public record GroupScore(String name, double score, boolean noData, double weight) {
    double contribution() {
      return (noData ? 100.0 : score) * (weight / 100);
    }
  }

  /** Copies the lists. */
  public KayentaResult {
    metrics = List.copyOf(metrics);
    groups = List.copyOf(groups);
  }

  /** Whether the verdict is {@link Verdict#PASS}. */
  public boolean passed() {
    return verdict == Verdict.PASS;
  }

  /** The metrics that count and did not pass. */
  public List<KayentaMetricResult> notPassed() {
    return metrics.stream()
        .filter(result -> result.notPassed() && !result.metric().muted())
        .toList();
  }

  /**
   * The metrics that could not be judged.
   *
   * <p>They count in no score, so look here before trusting a pass.
   */
  public List<KayentaMetricResult> errors() {
    return metrics.stream()
        .filter(result -> result.classification() == KayentaClassification.ERROR)
        .toList();
  }

  /**
   * For example {@code Fail: score 50 (pass 95, marginal 75), 1 of 2 metrics passed; latency is
   * High: …}.
   */
  @Override
  public String toString() {
    return verdict
        + ": score "
        + KayentaNumbers.plain(score)
        + " ("
        + scoreThresholds
        + "), "
        + reason
        + notPassed().stream().map(result -> "; " + result).collect(Collectors.joining());
  }
}
