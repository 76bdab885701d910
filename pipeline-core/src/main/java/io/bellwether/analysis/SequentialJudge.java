package io.bellwether.analysis;

import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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
 * <p><b>What it asks of its blocks.</b> Requests count in the block they started in, and a block is
 * given only once all of them have ended or have passed a deadline both versions share, which is an
 * error; no block spans a change of weight; a latency cut was fixed before the first request it
 * counts; blocks of a warm-up are not given at all. {@link BlockPairing} and the outcome windows
 * see to the first three.
 *
 * <p><b>What breaks it.</b> Clustered errors (retries of one failure count as many), versions that
 * differ for another reason (one bad node, a cold start that was not announced as warm-up), users
 * whose many requests go to one version. The {@linkplain SequentialJudgeBuilder#tempered tempering}
 * and a tolerance help against the first two and guarantee nothing.
 *
 * <p><b>Promotion</b> is a claim of its own: mirrored bets against "worse by at least the harm
 * bound"; the least of the streams has to reach {@code 1 / beta}. So a candidate that is that much
 * worse in some stream, throughout, is promoted with a probability of at most {@code beta}.
 *
 * <p>Immutable and thread-safe. Deterministic on every machine.
 */
public final class SequentialJudge implements CanaryJudge {
  private static final SequentialJudge DEFAULTS =
      new SequentialJudge(
          new SequentialSettings(
              "sequential",
              Ratio.percent(1),
              Ratio.percent(5),
              List.of(
                  JudgedStream.errors().stake(5),
                  JudgedStream.empties().stake(4),
                  JudgedStream.slow(0).stake(3)),
              List.of(Lift.times(1.4, 1), Lift.times(2, 2), Lift.times(5, 3), Lift.times(12, 2)),
              0.5,
              0.004,
              false,
              List.of(),
              100,
              Ratio.percent(80),
              OptionalLong.empty()));

  private final SequentialSettings settings;
  private final List<StreamBets> bets;
  private final double[] stakes;

  SequentialJudge(SequentialSettings settings) {
    this.settings = settings;
    bets = settings.streams().stream().map(stream -> new StreamBets(stream, settings)).toList();
    var total = settings.streams().stream().mapToDouble(JudgedStream::stake).sum();
    stakes = settings.streams().stream().mapToDouble(it -> it.stake() / total).toArray();
  }

  private static Baseline learned(JudgedStream stream, List<ArmCounts> history) {
    var baseline = Baseline.PRIOR;
    for (var block : history) {
      baseline = baseline.learn(stream.of(block));
    }
    return baseline;
  }

  /** Alpha 1 %, beta 5 %, no tolerance; errors, empties and one latency cut. */
  public static SequentialJudge defaults() {
    return DEFAULTS;
  }

  /** A judge in one expression. */
  public static SequentialJudge create(UnaryOperator<SequentialJudgeBuilder> settings) {
    return settings.apply(builder()).build();
  }

  /** Starts from the defaults. */
  public static SequentialJudgeBuilder builder() {
    return DEFAULTS.toBuilder();
  }

  /** Starts from this judge's settings. */
  public SequentialJudgeBuilder toBuilder() {
    return new SequentialJudgeBuilder(settings);
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** The share of launches of harmless candidates that may be rolled back. */
  public Ratio alpha() {
    return settings.alpha();
  }

  /** The share of launches of harmful candidates that may be promoted. */
  public Ratio beta() {
    return settings.beta();
  }

  /** What is compared. */
  public List<JudgedStream> streams() {
    return settings.streams();
  }

  @Override
  public SequentialState start(int launch) {
    return start(launch, List.of());
  }

  /** Those blocks come after the ones of {@link SequentialJudgeBuilder#history}. */
  @Override
  public SequentialState start(int launch, List<ArmCounts> history) {
    if (launch < 1) {
      throw new IllegalArgumentException("launch " + launch + ": expected 1 for the first");
    }
    var before = new ArrayList<>(settings.history());
    before.addAll(history);
    var streams =
        IntStream.range(0, bets.size())
            .mapToObj(
                i -> StreamState.start(bets.get(i), learned(settings.streams().get(i), before)))
            .toList();
    return SequentialState.start(this, launch, streams);
  }

  @Override
  public SequentialState resume(List<Double> numbers) {
    return SequentialState.read(this, new Numbers(numbers));
  }

  SequentialSettings settings() {
    return settings;
  }

  StreamBets bets(int stream) {
    return bets.get(stream);
  }

  double stake(int stream) {
    return stakes[stream];
  }

  /** For example {@code sequential: alpha 1%, beta 5%, errors, empties, slow}. */
  @Override
  public String toString() {
    return settings.name()
        + ": alpha "
        + settings.alpha()
        + ", beta "
        + settings.beta()
        + ", "
        + String.join(", ", settings.streams().stream().map(JudgedStream::name).toList());
  }
}
