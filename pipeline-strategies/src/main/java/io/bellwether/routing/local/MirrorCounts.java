package io.bellwether.routing.local;

/**
 * What became of the requests a router chose to mirror, since it was made.
 *
 * <p>Once nothing is under way, {@code chosen} is {@code made} plus {@link #dropped()}. Read while
 * requests are served, the counts may be off by those just changing sides. Immutable.
 *
 * @param chosen requests that were to be copied to the candidate
 * @param made copies the candidate was called with, whether it answered or failed
 * @param full dropped because as many were under way as may be
 * @param refused dropped because the executor refused them, or would have had the caller run them
 * @param late dropped because they had waited too long for a thread
 * @param outdated dropped because the split had changed before a thread was free
 * @param matches comparisons in which the candidate's answer would have done as well
 * @param mismatches comparisons in which it would not
 * @param underWay copies that wait or run now
 */
public record MirrorCounts(
    long chosen,
    long made,
    long full,
    long refused,
    long late,
    long outdated,
    long matches,
    long mismatches,
    int underWay) {
  static final MirrorCounts NONE = new MirrorCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Chosen requests that were not copied after all. */
  public long dropped() {
    return full + refused + late + outdated;
  }

  /**
   * For example {@code 200 chosen, 190 made, 10 dropped (full 8, refused 0, late 0, outdated 2),
   * 185 match, 3 mismatch, 0 under way}.
   */
  @Override
  public String toString() {
    return chosen
        + " chosen, "
        + made
        + " made, "
        + dropped()
        + " dropped (full "
        + full
        + ", refused "
        + refused
        + ", late "
        + late
        + ", outdated "
        + outdated
        + "), "
        + matches
        + " match, "
        + mismatches
        + " mismatch, "
        + underWay
        + " under way";
  }
}
