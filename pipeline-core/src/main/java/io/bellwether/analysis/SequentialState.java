package io.bellwether.analysis;

import io.bellwether.analysis.Judgement.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the {@link SequentialJudge} knows after some blocks: a few dozen numbers per stream.
 *
 * <p>An alarm is for good: what the streams say stays as it was at its moment.
 *
 * <p>Immutable and thread-safe. Equal blocks in equal order give the same state on every machine,
 * so replicas that share their counts agree, and a journal that keeps {@link #numbers()} keeps the
 * wealth.
 */
public final class SequentialState implements CanaryJudge.State {
  private static final int FORMAT = 1;

  private final SequentialJudge judge;
  private final int launch;
  private final List<StreamState> streams;
  private final Coverage coverage;

  private SequentialState(
      SequentialJudge judge, int launch, List<StreamState> streams, Coverage coverage) {
    this.judge = judge;
    this.launch = launch;
    this.streams = streams;
    this.coverage = coverage;
  }

  static SequentialState start(SequentialJudge judge, int launch, List<StreamState> streams) {
    return new SequentialState(judge, launch, List.copyOf(streams), Coverage.NONE);
  }

  @Override
  public SequentialState next(PairedBlock block) {
    if (block.sequence() <= coverage.sequence()) {
      return this;
    }
    var seen = coverage.plus(block);
    if (!block.hasBothArms() || alarmed()) {
      return new SequentialState(judge, launch, streams, seen);
    }
    var after = new ArrayList<StreamState>(streams.size());
    for (var i = 0; i < streams.size(); i++) {
      var stream = judge.streams().get(i);
      after.add(
          streams
              .get(i)
              .next(judge.bets(i), stream.of(block.candidate()), stream.of(block.stable())));
    }
    return new SequentialState(judge, launch, List.copyOf(after), seen);
  }

  /** The logarithm of the mean of the streams' e-values, weighted by their stakes. */
  double logEValue() {
    var highest = Double.NEGATIVE_INFINITY;
    for (var stream : streams) {
      highest = Math.max(highest, stream.harm().log());
    }
    var sum = 0.0;
    for (var i = 0; i < streams.size(); i++) {
      sum += judge.stake(i) * StrictMath.exp(streams.get(i).harm().log() - highest);
    }
    return highest + StrictMath.log(sum);
  }

  StreamState stream(int index) {
    return streams.get(index);
  }

  /** Whether the candidate was found worse; from then on no bet is made, so it stays so. */
  private boolean alarmed() {
    return logEValue() >= alarmAt();
  }

  private double alarmAt() {
    return -StrictMath.log(judge.alpha().value());
  }

  @Override
  public Judgement judgement() {
    var reason = reason();
    var evidence = new ArrayList<StreamEvidence>(streams.size());
    for (var i = 0; i < streams.size(); i++) {
      evidence.add(streams.get(i).evidence(judge.streams().get(i).name()));
    }
    return new Judgement(
        judge.name(),
        reason,
        evidence,
        reason == JudgeReason.WORSE ? culprits() : List.of(),
        coverage.candidates(),
        Optional.of(new Alarm(StrictMath.exp(logEValue()), judge.alpha(), launch)),
        detail(reason));
  }

  /** The judgement's reason alone, without the words and intervals. */
  public JudgeReason reason() {
    if (alarmed()) {
      return JudgeReason.WORSE;
    }
    if (coverage.isStale(judge.settings().freshness().value())) {
      return JudgeReason.STALE_TELEMETRY;
    }
    if (coverage.fewestCompared() < judge.settings().minimumSample()) {
      return JudgeReason.TOO_FEW_REQUESTS;
    }
    if (judge.settings().promoteAfter().isPresent()) {
      return coverage.candidatesCompared() >= judge.settings().promoteAfter().getAsLong()
          ? JudgeReason.SAMPLE_SEEN
          : JudgeReason.UNDECIDED;
    }
    return least() >= provenAt() ? JudgeReason.PROVEN_SAFE : JudgeReason.UNDECIDED;
  }

  private double least() {
    return streams.stream().mapToDouble(stream -> stream.safety().log()).min().orElseThrow();
  }

  private double provenAt() {
    return -StrictMath.log(judge.beta().value());
  }

  /** The streams that would have raised the alarm alone; else the one closest to it. */
  private List<String> culprits() {
    var alone = new ArrayList<String>();
    var closest = 0;
    for (var i = 0; i < streams.size(); i++) {
      if (staked(i) >= alarmAt()) {
        alone.add(judge.streams().get(i).name());
      }
      closest = staked(i) > staked(closest) ? i : closest;
    }
    return alone.isEmpty() ? List.of(judge.streams().get(closest).name()) : alone;
  }

  private double staked(int stream) {
    return streams.get(stream).harm().log() + StrictMath.log(judge.stake(stream));
  }

  private String detail(JudgeReason reason) {
    return switch (reason) {
      case WORSE -> "";
      case STALE_TELEMETRY -> coverage.staleness();
      case TOO_FEW_REQUESTS ->
          coverage.fewestCompared()
              + " of at least "
              + judge.settings().minimumSample()
              + " requests of each version";
      case PROVEN_SAFE ->
          "not worse by the harm bound, wrong in at most " + judge.beta() + " of harmful launches";
      case SAMPLE_SEEN ->
          coverage.candidatesCompared() + " requests without alarm, which proves nothing";
      case UNDECIDED -> undecided();
    };
  }

  private String undecided() {
    if (judge.settings().promoteAfter().isPresent()) {
      return coverage.candidatesCompared()
          + " of "
          + judge.settings().promoteAfter().getAsLong()
          + " requests wanted for promotion";
    }
    var open = new ArrayList<String>();
    for (var i = 0; i < streams.size(); i++) {
      if (streams.get(i).safety().log() < provenAt()) {
        var stream = judge.streams().get(i);
        open.add(stream.name() + " not yet proven within " + stream.harm() + " of stable");
      }
    }
    return String.join(", ", open);
  }

  @Override
  public List<Double> numbers() {
    var numbers = new ArrayList<Double>();
    numbers.add((double) FORMAT);
    numbers.add((double) judge.settings().fingerprint());
    numbers.add((double) launch);
    coverage.write(numbers);
    streams.forEach(stream -> stream.write(numbers));
    return List.copyOf(numbers);
  }

  static SequentialState read(SequentialJudge judge, Numbers numbers) {
    var format = numbers.next();
    var fingerprint = numbers.next();
    if (format != FORMAT || fingerprint != judge.settings().fingerprint()) {
      throw new IllegalArgumentException(
          "the judge's state was kept with other settings than "
              + judge
              + " has now; start the launch anew, which spends alpha again");
    }
    var launch = (int) numbers.next(1, Integer.MAX_VALUE);
    var coverage = Coverage.read(numbers);
    var streams = new ArrayList<StreamState>();
    for (var i = 0; i < judge.streams().size(); i++) {
      streams.add(StreamState.read(numbers, judge.bets(i)));
    }
    numbers.end();
    return new SequentialState(judge, launch, List.copyOf(streams), coverage);
  }

  /** The judgement's sentence. */
  @Override
  public String toString() {
    return judgement().toString();
  }
}
