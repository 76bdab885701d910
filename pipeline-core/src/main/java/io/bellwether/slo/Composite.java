package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;

/**
 * Several services taken for one, by the three ways of OpenSLO. Members are in the same order in
 * every list. As an SLO with a budget of its own there is {@link SloBuilder#composite}.
 */
public final class Composite {
  /** What is known of a slice of time. */
  public enum Slice {
    /** It met its target. */
    GOOD,
    /** It did not. */
    BAD,
    /** Nothing happened or nobody looked. */
    NO_DATA
  }

  private Composite() {}

  /**
   * The slices of the whole: bad where any member is bad, good where none is and one is good.
   *
   * @param members for each member its slices; all have as many
   */
  public static List<Slice> slices(List<List<Slice>> members) {
    requireSameLength(members);
    var whole = new ArrayList<Slice>();
    for (var i = 0; i < members.get(0).size(); i++) {
      var together = Slice.NO_DATA;
      for (var member : members) {
        together = together(together, member.get(i));
      }
      whole.add(together);
    }
    return whole;
  }

  static Slice together(Slice one, Slice other) {
    return one == Slice.BAD || other == Slice.NO_DATA ? one : other;
  }

  /**
   * The share of good ratio slices of the whole: shortfalls add up, so 95 % and 95 % make 90 %. May
   * be below zero.
   */
  public static Fraction ofRatios(List<Fraction> members, List<Fraction> weights) {
    requireWeights(members.size(), weights);
    var shortfall = Fraction.ZERO;
    for (var i = 0; i < members.size(); i++) {
      shortfall = shortfall.plus(members.get(i).complement().times(weights.get(i)));
    }
    return shortfall.complement();
  }

  /** The burn rate of the whole by occurrences: the members' burn rates times their weights. */
  public static Fraction burnRate(List<Fraction> members, List<Fraction> weights) {
    requireWeights(members.size(), weights);
    var burn = Fraction.ZERO;
    for (var i = 0; i < members.size(); i++) {
      burn = burn.plus(members.get(i).times(weights.get(i)));
    }
    return burn;
  }

  /** The share of good slices of those that are known, for example 70 %. */
  public static Counts counts(List<Slice> slices) {
    var good = slices.stream().filter(slice -> slice == Slice.GOOD).count();
    var bad = slices.stream().filter(slice -> slice == Slice.BAD).count();
    return Counts.ofGoodAndBad(good, bad);
  }

  private static void requireSameLength(List<List<Slice>> members) {
    var problems = new Problems();
    problems.require(!members.isEmpty(), "members: none; a composite has at least one");
    for (var i = 1; i < members.size(); i++) {
      var own = members.get(i).size();
      var first = members.get(0).size();
      problems.require(
          own == first, "member " + i + " has " + own + " slices: as many as member 0, " + first);
    }
    problems.throwIfAny("composite");
  }

  private static void requireWeights(int members, List<Fraction> weights) {
    var problems = new Problems();
    problems.require(members > 0, "members: none; a composite has at least one");
    problems.require(
        weights.size() == members,
        "weights " + weights + ": one for each of " + members + " members");
    weights.stream()
        .filter(weight -> weight.signum() < 0)
        .forEach(weight -> problems.add("weight " + weight + ": not negative"));
    problems.throwIfAny("composite");
  }

  /** A plain sum of burn rates or shortfalls: every weight is 1. */
  public static List<Fraction> equalWeights(int members) {
    return java.util.Collections.nCopies(members, Fraction.of(Ratio.ONE));
  }
}
