package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;

/**
 * Levels by what remains of a budget, decided exactly. Immutable and thread-safe.
 *
 * @param <L> what a level is called
 */
public final class Scale<L> {
  /**
   * Where a level ends below.
   *
   * @param level its name
   * @param from its lower edge, a share of the budget
   * @param inclusive whether the edge itself belongs to it
   * @param <L> what a level is called
   */
  public record Level<L>(L level, Ratio from, boolean inclusive) {
    /** A level that owns its lower edge. */
    public static <L> Level<L> from(L level, Ratio edge) {
      return new Level<>(level, edge, true);
    }

    /** A level that begins above its lower edge. */
    public static <L> Level<L> above(L level, Ratio edge) {
      return new Level<>(level, edge, false);
    }

    private boolean holds(Fraction remaining) {
      var order = remaining.compareTo(Fraction.of(from));
      return inclusive ? order >= 0 : order > 0;
    }

    /** For example {@code GREEN from 75%}. */
    @Override
    public String toString() {
      return level + (inclusive ? " from " : " above ") + from;
    }
  }

  private final List<Level<L>> levels;
  private final L below;

  private Scale(List<Level<L>> levels, L below) {
    this.levels = levels;
    this.below = below;
  }

  /**
   * A scale.
   *
   * @param levels from the best down
   * @param below what holds under all of them
   * @throws io.bellwether.InvalidConfigurationException if an edge is not below the one before
   */
  public static <L> Scale<L> of(List<Level<L>> levels, L below) {
    var problems = new Problems();
    for (var i = 1; i < levels.size(); i++) {
      var upper = levels.get(i - 1);
      var lower = levels.get(i);
      problems.require(
          lower.from().compareTo(upper.from()) < 0,
          "boundary of " + lower + ": below that of " + upper);
    }
    problems.throwIfAny("budget bands");
    return new Scale<>(List.copyOf(levels), below);
  }

  /** The level of this share of the budget, which may be below zero. */
  public L levelOf(Fraction remaining) {
    return levels.stream()
        .filter(level -> level.holds(remaining))
        .map(Level::level)
        .findFirst()
        .orElse(below);
  }

  /** The levels from the best down, without what is below. */
  public List<Level<L>> levels() {
    return levels;
  }

  /** For example {@code GREEN from 75%, YELLOW from 25%, RED above 0%, else EXHAUSTED}. */
  @Override
  public String toString() {
    var texts = new ArrayList<String>();
    levels.forEach(level -> texts.add(level.toString()));
    texts.add("else " + below);
    return String.join(", ", texts);
  }
}
