package io.bellwether.analysis;

import java.util.List;

/**
 * Decides whether a candidate is worse than the stable version, block by block.
 *
 * <p>A judge is a value: it holds settings and reads neither a clock nor a source. Implementations
 * are immutable and thread-safe, and so are their states.
 */
public interface CanaryJudge {
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
