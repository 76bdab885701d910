package io.bellwether.analysis;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Judges a candidate by betting against it, block by block, with a limit on false alarms that holds
 * however often it is looked at.
 *
 * <p><b>What it guarantees.</b> A launch whose candidate is, within every block and in every
 * stream, no worse than stable (by more than the tolerance) is rolled back with a probability of at
 * most {@code alpha}, if outcomes are independent given the users' random split, if each request is
 * counted once, and if nothing else can roll back. Rates may drift, both versions may suffer an
 * outage together, the weight may change between blocks. For each stream an e-process multiplies
 * the {@link PairBet}s of all blocks; the mean of the streams' e-processes, weighted by their
 * stakes, is one again under any dependence between them, and the candidate is rolled back when it
 * reaches {@code 1 / alpha}.
 *
 * <p><b>What breaks it.</b> Clustered errors (retries of one failure count as many), versions that
 * differ for another reason (one bad node, a cold start that was not announced as warm-up), users
 * whose many requests go to one version. The {@linkplain Builder#tempered tempering} and a
 * tolerance help against the first two and guarantee nothing.
 *
 * <p><b>Promotion</b> is a claim of its own: mirrored bets against "worse by at least the harm
 * bound"; the least of the streams has to reach {@code 1 / beta}. So a candidate that is that much
 * worse in some stream, throughout, is promoted with a probability of at most {@code beta}.
 *
 * <p>Immutable and thread-safe. Deterministic on every machine.
 */
public final class SequentialJudge implements CanaryJudge {
  private final Builder settings;
  private final List<StreamBets> bets;
  private final double[] stakes;
  private final List<Baseline> baselines;
  private final int fingerprint;

  private SequentialJudge(Builder settings) {
    this.settings = settings;
    bets =
        settings.streams.stream()
            .map(
                stream ->
                    new StreamBets(
                        stream, settings.lifts, settings.cash, settings.refill, settings.tempered))
            .toList();
    var total = settings.streams.stream().mapToDouble(JudgedStream::stake).sum();
    stakes = settings.streams.stream().mapToDouble(it -> it.stake() / total).toArray();
    baselines = settings.streams.stream().map(this::learned).toList();
    fingerprint = (settings.toString() + baselines).hashCode();
  }

  private Baseline learned(JudgedStream stream) {
    var baseline = Baseline.PRIOR;
    for (var block : settings.history) {
      baseline = baseline.learn(stream.of(block));
    }
    return baseline;
  }

  /** Alpha 1 %, beta 5 %, no tolerance; errors, empties and one latency cut. */
  public static SequentialJudge defaults() {
    return builder().build();
  }

  /** A judge in one expression. */
  public static SequentialJudge create(UnaryOperator<Builder> settings) {
    return settings.apply(builder()).build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from this judge's settings. */
  public Builder toBuilder() {
    return settings.copy();
  }

  @Override
  public String name() {
    return settings.name;
  }

  /** The share of launches of harmless candidates that may be rolled back. */
  public Ratio alpha() {
    return settings.alpha;
  }

  /** The share of launches of harmful candidates that may be promoted. */
  public Ratio beta() {
    return settings.beta;
  }

  /** What is compared. */
  public List<JudgedStream> streams() {
    return settings.streams;
  }

  @Override
  public SequentialState start(int launch) {
    if (launch < 1) {
      throw new IllegalArgumentException("launch " + launch + ": expected 1 for the first");
    }
    var streams = new ArrayList<StreamState>();
    for (var i = 0; i < bets.size(); i++) {
      streams.add(StreamState.start(bets.get(i), baselines.get(i)));
    }
    return SequentialState.start(this, launch, streams);
  }

  @Override
  public SequentialState resume(List<Double> numbers) {
    return SequentialState.read(this, new Numbers(numbers));
  }

  List<StreamBets> bets() {
    return bets;
  }

  double stake(int stream) {
    return stakes[stream];
  }

  long fewest() {
    return settings.minimumSample;
  }

  double freshness() {
    return settings.freshness.value();
  }

  OptionalLong promoteAfter() {
    return settings.promoteAfter;
  }

  int fingerprint() {
    return fingerprint;
  }

  /** For example {@code sequential: alpha 1%, beta 5%, errors, empties, slow}. */
  @Override
  public String toString() {
    return settings.name
        + ": alpha "
        + settings.alpha
        + ", beta "
        + settings.beta
        + ", "
        + String.join(", ", settings.streams.stream().map(JudgedStream::name).toList());
  }

  /** Collects a judge's settings. Not thread-safe. */
  public static final class Builder {
    private String name = "sequential";
    private Ratio alpha = Ratio.percent(1);
    private Ratio beta = Ratio.percent(5);
    private List<JudgedStream> streams =
        List.of(JudgedStream.errors(), JudgedStream.empties(), JudgedStream.slow(0));
    private List<Lift> lifts =
        List.of(
            Lift.points(0.005, 1),
            Lift.points(0.01, 2),
            Lift.points(0.02, 3),
            Lift.points(0.04, 3),
            Lift.points(0.08, 2),
            Lift.points(0.16, 1),
            Lift.points(0.32, 1));
    private double cash = 1;
    private double refill = 0.004;
    private boolean tempered;
    private List<ArmCounts> history = List.of();
    private long minimumSample = 100;
    private Ratio freshness = Ratio.percent(80);
    private OptionalLong promoteAfter = OptionalLong.empty();

    private Builder() {}

    private Builder copy() {
      var copy = new Builder();
      copy.name = name;
      copy.alpha = alpha;
      copy.beta = beta;
      copy.streams = streams;
      copy.lifts = lifts;
      copy.cash = cash;
      copy.refill = refill;
      copy.tempered = tempered;
      copy.history = history;
      copy.minimumSample = minimumSample;
      copy.freshness = freshness;
      copy.promoteAfter = promoteAfter;
      return copy;
    }

    /** What people call this judge. */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** The share of launches of harmless candidates that may be rolled back; 1 % by default. */
    public Builder alpha(Ratio alpha) {
      this.alpha = alpha;
      return this;
    }

    /** The share of launches of harmful candidates that may be promoted; 5 % by default. */
    public Builder beta(Ratio beta) {
      this.beta = beta;
      return this;
    }

    /** What is compared, in place of errors, empties and the first latency cut. */
    public Builder streams(JudgedStream... streams) {
      this.streams = List.of(streams);
      return this;
    }

    /**
     * What is bet on, in place of the default lifts.
     *
     * @param cash the part of the stake that is not bet, relative to the lifts' priors
     */
    public Builder lifts(double cash, Lift... lifts) {
      this.cash = cash;
      this.lifts = List.of(lifts);
      return this;
    }

    /** The part of the wealth that is spread anew after each block; 0.004 by default. */
    public Builder refill(double share) {
      refill = share;
      return this;
    }

    /**
     * Bets less where stable's outcomes come in clusters, as past blocks show. Fewer false alarms
     * by retries and batches, later true ones.
     */
    public Builder tempered() {
      tempered = true;
      return this;
    }

    /**
     * Blocks of the stable version from before this launch, oldest first. They give the rate to
     * expect and the dispersion from the first block on.
     */
    public Builder history(List<ArmCounts> blocks) {
      history = List.copyOf(blocks);
      return this;
    }

    /** Requests of either version without which nothing but an alarm is said; 100 by default. */
    public Builder minimumSample(long requests) {
      minimumSample = requests;
      return this;
    }

    /**
     * The share of the requests to be expected from the other version's that has to be seen within
     * a step; 80 % by default, 0 % switches it off.
     */
    public Builder freshness(Ratio share) {
      freshness = share;
      return this;
    }

    /**
     * Promotes when the candidate has had this many compared requests without an alarm, in place of
     * a proof. The verdict says so.
     */
    public Builder promoteAfter(long requests) {
      promoteAfter = OptionalLong.of(requests);
      return this;
    }

    /**
     * The judge.
     *
     * @throws io.bellwether.InvalidConfigurationException with every problem at once
     */
    public SequentialJudge build() {
      var problems = new Problems();
      problems.require(!name.isBlank(), "the name is blank");
      for (var ratio : List.of(alpha, beta)) {
        problems.require(
            !ratio.equals(Ratio.ZERO) && !ratio.equals(Ratio.ONE),
            "alpha " + alpha + " and beta " + beta + " must be above 0% and below 100%");
      }
      problems.require(!streams.isEmpty(), "no stream; add one, such as JudgedStream.errors()");
      problems.require(
          streams.stream().map(JudgedStream::name).distinct().count() == streams.size(),
          "two streams of one name: " + streams.stream().map(JudgedStream::name).toList());
      problems.require(!lifts.isEmpty(), "no lift to bet on; add one, such as Lift.times(2, 1)");
      problems.require(cash >= 0, "cash is " + cash + ", expected at least 0");
      problems.require(
          refill >= 0 && refill < 1, "refill is " + refill + ", expected from 0 to below 1");
      problems.require(
          minimumSample >= 1, "minimumSample is " + minimumSample + ", expected at least 1");
      problems.require(
          promoteAfter.isEmpty() || promoteAfter.getAsLong() >= 1,
          "promoteAfter is " + promoteAfter + ", expected at least 1");
      problems.throwIfAny("judge '" + name + "'");
      return new SequentialJudge(copy());
    }

    /** Everything a test's validity rests on; a journalled state is resumed only with the same. */
    @Override
    public String toString() {
      return List.of(alpha, beta, streams, lifts, cash, refill, tempered).toString();
    }
  }
}
