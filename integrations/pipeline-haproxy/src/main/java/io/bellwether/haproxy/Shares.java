package io.bellwether.haproxy;

import io.bellwether.routing.Weight;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Weights of the servers of two slots that together give the candidate its share.
 *
 * <p>HAProxy's weights are whole numbers up to 256 for each server, so that not every share can be
 * had: with one server on each side nothing between 0 and 1/257 can. The finest are had with some
 * servers of a slot a unit above others; where servers of a slot can be alike at no cost they are.
 *
 * @param candidate the sum of the candidate's weights
 * @param stable the sum of the stable version's weights
 */
record Shares(int candidate, int stable) {
  /** The largest weight a server can have. */
  static final int MOST = 256;

  /** How far the share may be off, in points of a hundred. */
  static final double TOLERANCE = 0.1;

  /** How far it may be off for the sake of servers that are alike. */
  private static final double UNNOTICED = 0.01;

  /**
   * The weights nearest to this share; empty if none are near enough, or only nothing or everything
   * would be where something is meant.
   */
  static Optional<Shares> of(Weight weight, int candidates, int stables) {
    if (weight.isZero()) {
      return Optional.of(new Shares(0, stables * MOST));
    }
    if (weight.isFull()) {
      return Optional.of(new Shares(candidates * MOST, 0));
    }
    var alike = nearest(weight.share(), candidates, candidates * MOST, stables, stables * MOST);
    if (alike.error(weight) <= UNNOTICED) {
      return Optional.of(alike);
    }
    var finest = nearest(weight.share(), 1, candidates * MOST, 1, stables * MOST);
    return Optional.of(finest).filter(shares -> shares.error(weight) <= TOLERANCE);
  }

  private static Shares nearest(double share, int step, int most, int otherStep, int otherMost) {
    var best = new Shares(step, otherMost);
    for (var stable = otherMost; stable >= otherStep; stable -= otherStep) {
      var ideal = stable * share / (1 - share) / step;
      for (var steps : new double[] {Math.floor(ideal), Math.ceil(ideal)}) {
        var units = (int) Math.max(step, Math.min(most, steps * step));
        var shares = new Shares(units, stable);
        if (shares.distance(share) < best.distance(share) - 1e-12) {
          best = shares;
        }
      }
    }
    return best;
  }

  /** The candidate's share from 0 to 1. */
  double share() {
    return (double) candidate / (candidate + stable);
  }

  private double distance(double share) {
    return Math.abs(share() - share);
  }

  private double error(Weight weight) {
    return 100 * distance(weight.share());
  }

  /** The weight of each of some servers that together have this sum. */
  static int[] spread(int sum, int servers) {
    return IntStream.range(0, servers)
        .map(server -> sum / servers + (server < sum % servers ? 1 : 0))
        .toArray();
  }
}
