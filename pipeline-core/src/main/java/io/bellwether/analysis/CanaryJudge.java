package io.bellwether.analysis;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Decides whether a candidate is worse than the stable version, block by block.
 *
 * <p>A judge is a value: it holds settings and reads neither a clock nor a source. Implementations
 * are immutable and thread-safe, and so are their states.
 */
public interface CanaryJudge {
  /** The default: alarms at most in 1 % of launches of candidates that are no worse. */
  static SequentialJudge sequential() {
    return SequentialJudge.defaults();
  }

  /** The default judge with other settings. */
  static SequentialJudge sequential(UnaryOperator<SequentialJudgeBuilder> settings) {
    return SequentialJudge.create(settings);
  }

  /** What people call this judge. */
  String name();

  /**
   * The state before the first block of a launch.
   *
   * @param launch 1 for the first time a version is tried, one more for every further try; each
   *     spends its own share of false alarms
   */
  State start(int launch);

  /**
   * The state before the first block, with what is known of stable from before.
   *
   * @param launch as for {@link #start(int)}
   * @param history stable's blocks, oldest first; a judge that learns nothing from them ignores
   *     them
   */
  default State start(int launch, List<ArmCounts> history) {
    return start(launch);
  }

  /**
   * The state that was kept by {@link State#numbers()}.
   *
   * @throws IllegalArgumentException if the numbers were kept by another judge or with other
   *     settings: a test whose settings change midway guarantees nothing
   */
  State resume(List<Double> numbers);

  /** What a judge knows after some blocks. Immutable and thread-safe. */
  interface State {
    /** The state after one more block; a block that was already seen changes nothing. */
    State next(PairedBlock block);

    /** What follows from the blocks so far. */
    Judgement judgement();

    /** All of the state as plain numbers, for a journal. */
    List<Double> numbers();
  }
}
