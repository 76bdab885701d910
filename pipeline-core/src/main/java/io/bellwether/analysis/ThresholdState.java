package io.bellwether.analysis;

import io.bellwether.Ratio;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the {@link ThresholdJudge} remembers: the last blocks. Immutable and thread-safe. */
public final class ThresholdState implements CanaryJudge.State {
  private static final int FORMAT = 3;

  /** The share of the expected requests that has to be seen, as by the sequential judge. */
  private static final double FRESHNESS = 0.8;

  private final ThresholdJudge judge;
  private final Coverage coverage;
  private final List<ArmCounts> candidates;
  private final List<ArmCounts> stables;
  private final boolean breached;

  private ThresholdState(
      ThresholdJudge judge,
      Coverage coverage,
      List<ArmCounts> candidates,
      List<ArmCounts> stables,
      boolean breached) {
    this.judge = judge;
    this.coverage = coverage;
    this.candidates = List.copyOf(candidates);
    this.stables = List.copyOf(stables);
    this.breached = breached;
  }

  static ThresholdState start(ThresholdJudge judge) {
    return new ThresholdState(judge, Coverage.NONE, List.of(), List.of(), false);
  }

  @Override
  public ThresholdState next(PairedBlock block) {
    if (block.sequence() <= coverage.sequence()) {
      return this;
    }
    var seen = coverage.plus(block);
    if (breached) {
      return new ThresholdState(judge, seen, candidates, stables, true);
    }
    var next =
        new ThresholdState(
            judge, seen, last(candidates, block.candidate()), last(stables, block.stable()), false);
    return next.breaches().isEmpty()
        ? next
        : new ThresholdState(judge, seen, next.candidates, next.stables, true);
  }

  private List<ArmCounts> last(List<ArmCounts> before, ArmCounts block) {
    var all = new ArrayList<>(before);
    all.add(block);
    return all.subList(Math.max(0, all.size() - judge.blocks()), all.size());
  }

  private static ArmCounts sum(List<ArmCounts> blocks) {
    return blocks.stream().reduce(ArmCounts.NONE, ArmCounts::plus);
  }

  private List<String> breaches() {
    var sum = sum(candidates);
    var found = new ArrayList<String>();
    if (sum.requests() >= judge.minimumSample()) {
      var useful = sum.requests() - sum.errors() - sum.empties();
      if (isMore(sum.errors(), judge.mostErrors(), sum.requests())) {
        found.add("errors");
      }
      if (isLess(useful, judge.leastSuccesses(), sum.requests())) {
        found.add("successes");
      }
    }
    var slow = ArmCounts.at(sum.slow(), 0);
    if (slow.of() >= judge.minimumSlowSample() && isMore(slow.bad(), judge.mostSlow(), slow.of())) {
      found.add("slow");
    }
    return found;
  }

  /** In decimal, so that 29 of 100 are exactly 29 %. */
  private static boolean isMore(double count, Ratio share, long of) {
    return BigDecimal.valueOf(count).compareTo(part(share, of)) > 0;
  }

  private static boolean isLess(double count, Ratio share, long of) {
    return BigDecimal.valueOf(count).compareTo(part(share, of)) < 0;
  }

  private static BigDecimal part(Ratio share, long of) {
    return BigDecimal.valueOf(share.value()).multiply(BigDecimal.valueOf(of));
  }

  @Override
  public Judgement judgement() {
    var candidate = sum(candidates);
    var reason = reason(candidate);
    return new Judgement(
        judge.name(),
        reason,
        List.of(
            evidence(JudgedStream.errors()),
            evidence(JudgedStream.empties()),
            evidence(JudgedStream.slow(0))),
        breaches(),
        coverage.candidates(),
        Optional.empty(),
        detail(reason, candidate));
  }

  private JudgeReason reason(ArmCounts candidate) {
    if (breached) {
      return JudgeReason.WORSE;
    }
    if (coverage.lacksCandidates(FRESHNESS)) {
      return JudgeReason.STALE_TELEMETRY;
    }
    return candidate.requests() < judge.minimumSample()
        ? JudgeReason.TOO_FEW_REQUESTS
        : JudgeReason.SAMPLE_SEEN;
  }

  private StreamEvidence evidence(JudgedStream stream) {
    return new StreamEvidence(
        stream.name(),
        Double.NaN,
        Double.NaN,
        RateInterval.of(stream.of(sum(candidates))),
        RateInterval.of(stream.of(sum(stables))));
  }

  private String detail(JudgeReason reason, ArmCounts candidate) {
    if (reason == JudgeReason.STALE_TELEMETRY) {
      return coverage.staleness();
    }
    return reason == JudgeReason.TOO_FEW_REQUESTS
        ? candidate.requests() + " of at least " + judge.minimumSample() + " requests"
        : "limits: errors "
            + judge.mostErrors()
            + ", successes "
            + judge.leastSuccesses()
            + ", slow "
            + Ratio.format(judge.mostSlow().value());
  }

  @Override
  public List<Double> numbers() {
    var numbers = new ArrayList<Double>();
    numbers.add((double) FORMAT);
    numbers.add((double) judge.fingerprint());
    coverage.write(numbers);
    numbers.add(breached ? 1.0 : 0.0);
    numbers.add((double) candidates.size());
    candidates.forEach(block -> write(block, numbers));
    stables.forEach(block -> write(block, numbers));
    return List.copyOf(numbers);
  }

  private static void write(ArmCounts block, List<Double> numbers) {
    var slow = ArmCounts.at(block.slow(), 0);
    numbers.addAll(
        List.of(
            (double) block.requests(),
            (double) block.errors(),
            (double) block.empties(),
            (double) slow.of(),
            slow.bad()));
  }

  static ThresholdState read(ThresholdJudge judge, Numbers numbers) {
    if (numbers.next() != FORMAT || numbers.next() != judge.fingerprint()) {
      throw new IllegalArgumentException(
          "the judge's state was kept with other limits than " + judge + "; start the launch anew");
    }
    var coverage = Coverage.read(numbers);
    var breached = numbers.next() == 1;
    var size = (int) numbers.nextLong();
    var candidates = blocks(numbers, size);
    var stables = blocks(numbers, size);
    numbers.end();
    return new ThresholdState(judge, coverage, candidates, stables, breached);
  }

  private static List<ArmCounts> blocks(Numbers numbers, int size) {
    var blocks = new ArrayList<ArmCounts>();
    for (var i = 0; i < size; i++) {
      blocks.add(
          new ArmCounts(
              numbers.nextLong(),
              numbers.nextLong(),
              numbers.nextLong(),
              List.of(new Tally(numbers.nextLong(), numbers.next())),
              List.of()));
    }
    return blocks;
  }

  /** The judgement's sentence. */
  @Override
  public String toString() {
    return judgement().toString();
  }
}
