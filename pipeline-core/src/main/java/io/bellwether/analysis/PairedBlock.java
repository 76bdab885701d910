package io.bellwether.analysis;

import io.bellwether.routing.Weight;

/**
 * What both versions did over the same moments at one weight: a sealed block, which never changes
 * again.
 *
 * <p>Within a block the comparison rests on the users being split by chance, so a block never spans
 * a change of weight. Immutable and thread-safe.
 *
 * @param sequence grows from block to block within a launch, from 1; a judge ignores a block it has
 *     already seen
 * @param weight the candidate's share of traffic during the block
 * @param candidate the candidate's requests
 * @param stable the stable version's requests
 */
public record PairedBlock(long sequence, Weight weight, ArmCounts candidate, ArmCounts stable) {
  /** Refuses a block without a place in the sequence. */
  public PairedBlock {
    if (sequence < 1) {
      throw new IllegalArgumentException("block " + sequence + ": sequences start at 1");
    }
  }

  /** Whether both versions had requests, so that there is something to compare. */
  public boolean hasBothArms() {
    return !candidate.isEmpty() && !stable.isEmpty();
  }
}
