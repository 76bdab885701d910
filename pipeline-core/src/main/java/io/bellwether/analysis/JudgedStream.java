package io.bellwether.analysis;

import io.bellwether.Ratio;
import io.bellwether.metrics.CappedMean;
import io.bellwether.metrics.OutcomeWindows;

/**
 * One kind of bad outcome whose rate a judge compares between the versions.
 *
 * <p>The methods with an argument return a changed copy. Immutable and thread-safe.
 *
 * @param name for people; short
 * @param source where in a block the counts stand
 * @param index which of the latency cuts or means; 0 otherwise
 * @param stake its part of the alarm budget relative to the other streams; positive
 * @param tolerance how much worse the candidate may be and still count as no worse
 * @param harm how much worse it must be proven not to be, before it is promoted
 */
public record JudgedStream(
    String name, Source source, int index, double stake, Ratio tolerance, Ratio harm) {

  /** Where the counts stand. */
  public enum Source {
    /** Failures. */
    ERRORS,
    /** Answers without content. */
    EMPTIES,
    /** Requests slower than a cut that was fixed before the first of them. */
    SLOW,
    /** Values between 0 and a cap, more being worse. */
    MEAN
  }

  /** Refuses what cannot be judged. */
  public JudgedStream {
    if (name.isBlank() || index < 0 || !(stake > 0) || stake == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "stream '"
              + name
              + "' at index "
              + index
              + " with stake "
              + stake
              + ": expected a name, an index from 0, a positive stake");
    }
    if (harm.compareTo(tolerance) <= 0 || harm.equals(Ratio.ONE)) {
      throw new IllegalArgumentException(
          "stream '"
              + name
              + "': harm "
              + harm
              + " must be above the tolerance "
              + tolerance
              + " and below 100%");
    }
  }

  /** Failures; harm from 2 points. */
  public static JudgedStream errors() {
    return of("errors", Source.ERRORS, 0, 2);
  }

  /** Answers without content; harm from 2 points. */
  public static JudgedStream empties() {
    return of("empties", Source.EMPTIES, 0, 2);
  }

  /**
   * Requests slower than a cut, for example the 95th percentile of stable before the rollout; harm
   * from 5 points.
   *
   * @param cut which of the blocks' latency cuts, from 0
   */
  public static JudgedStream slow(int cut) {
    return of(cut == 0 ? "slow" : "slow " + (cut + 1), Source.SLOW, cut, 5);
  }

  /**
   * The mean of a capped value such as cost, in shares of its cap; harm from 5 points.
   *
   * @param mean which of the blocks' means, from 0; the tokens come first in those of windows
   */
  public static JudgedStream mean(String name, int mean) {
    return of(name, Source.MEAN, mean, 5);
  }

  /** The mean of the tokens, in shares of the windows' token cap; harm from 5 points. */
  public static JudgedStream tokens() {
    return mean("tokens", 0);
  }

  /**
   * One of the means that outcome windows take; harm from 5 points of the way from its best bound
   * to its worst.
   *
   * @throws IllegalArgumentException if the windows take none of this name
   */
  public static JudgedStream mean(OutcomeWindows windows, String name) {
    var names = windows.means().stream().map(CappedMean::name).toList();
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "no mean '" + name + "': the windows take " + names + "; add it to their settings");
    }
    return mean(name, 1 + names.indexOf(name));
  }

  private static JudgedStream of(String name, Source source, int index, double harmPoints) {
    return new JudgedStream(name, source, index, 1, Ratio.ZERO, Ratio.percent(harmPoints));
  }

  /** With another part of the alarm budget. */
  public JudgedStream stake(double stake) {
    return new JudgedStream(name, source, index, stake, tolerance, harm);
  }

  /** Worse by no more than these points of 100 counts as no worse. */
  public JudgedStream tolerance(Ratio tolerance) {
    return new JudgedStream(name, source, index, stake, tolerance, harm);
  }

  /** Promoted only when proven not to be worse by these points of 100. */
  public JudgedStream harm(Ratio harm) {
    return new JudgedStream(name, source, index, stake, tolerance, harm);
  }

  Tally of(ArmCounts arm) {
    return switch (source) {
      case ERRORS -> new Tally(arm.requests(), arm.errors());
      case EMPTIES -> new Tally(arm.requests(), arm.empties());
      case SLOW -> ArmCounts.at(arm.slow(), index);
      case MEAN -> ArmCounts.at(arm.means(), index);
    };
  }
}
