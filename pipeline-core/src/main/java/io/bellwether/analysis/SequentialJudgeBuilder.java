package io.bellwether.analysis;

import io.bellwether.Ratio;
import java.util.List;
import java.util.OptionalLong;

/** Collects the settings of a {@link SequentialJudge}. Not thread-safe. */
public final class SequentialJudgeBuilder {
  private String name;
  private Ratio alpha;
  private Ratio beta;
  private List<JudgedStream> streams;
  private List<Lift> lifts;
  private double cash;
  private double refill;
  private boolean tempered;
  private List<ArmCounts> history;
  private long minimumSample;
  private Ratio freshness;
  private OptionalLong promoteAfter;

  SequentialJudgeBuilder(SequentialSettings from) {
    name = from.name();
    alpha = from.alpha();
    beta = from.beta();
    streams = from.streams();
    lifts = from.lifts();
    cash = from.cash();
    refill = from.refill();
    tempered = from.tempered();
    history = from.history();
    minimumSample = from.minimumSample();
    freshness = from.freshness();
    promoteAfter = from.promoteAfter();
  }

  /** What people call this judge. */
  public SequentialJudgeBuilder name(String name) {
    this.name = name;
    return this;
  }

  /** The share of launches of harmless candidates that may be rolled back; 1 % by default. */
  public SequentialJudgeBuilder alpha(Ratio alpha) {
    this.alpha = alpha;
    return this;
  }

  /** The share of launches of harmful candidates that may be promoted; 5 % by default. */
  public SequentialJudgeBuilder beta(Ratio beta) {
    this.beta = beta;
    return this;
  }

  /**
   * What is compared, in place of errors, empties and the first latency cut with 5, 4 and 3 parts
   * of the alarm budget.
   */
  public SequentialJudgeBuilder streams(JudgedStream... streams) {
    this.streams = List.of(streams);
    return this;
  }

  /**
   * What is bet on, in place of 1.4, 2, 5 and 12 times stable's odds.
   *
   * @param cash the part of the stake that is not bet, relative to the lifts' priors
   */
  public SequentialJudgeBuilder lifts(double cash, Lift... lifts) {
    this.cash = cash;
    this.lifts = List.of(lifts);
    return this;
  }

  /** The part of the wealth that is spread anew after each block; 0.004 by default. */
  public SequentialJudgeBuilder refill(double share) {
    refill = share;
    return this;
  }

  /**
   * Bets less where stable's outcomes come in clusters, as its past blocks show: fewer false alarms
   * by retries and batches, later true ones.
   */
  public SequentialJudgeBuilder tempered() {
    tempered = true;
    return this;
  }

  /**
   * Blocks of the stable version from before this launch, oldest first. They give the rate to
   * expect and the dispersion from the first block on.
   */
  public SequentialJudgeBuilder history(List<ArmCounts> blocks) {
    history = blocks;
    return this;
  }

  /** Requests of either version without which nothing but an alarm is said; 100 by default. */
  public SequentialJudgeBuilder minimumSample(long requests) {
    minimumSample = requests;
    return this;
  }

  /**
   * The share that has to be seen, within a step, of the requests to be expected of one version by
   * the other's and the weight; 80 % by default. 0 % switches it off, for traffic that is not split
   * by the weight.
   */
  public SequentialJudgeBuilder freshness(Ratio share) {
    freshness = share;
    return this;
  }

  /**
   * Promotes when the candidate has had this many compared requests without an alarm, in place of a
   * proof. The judgement says so.
   */
  public SequentialJudgeBuilder promoteAfter(long requests) {
    promoteAfter = OptionalLong.of(requests);
    return this;
  }

  /**
   * The judge.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public SequentialJudge build() {
    return new SequentialJudge(
        new SequentialSettings(
            name,
            alpha,
            beta,
            streams,
            lifts,
            cash,
            refill,
            tempered,
            history,
            minimumSample,
            freshness,
            promoteAfter));
  }
}
