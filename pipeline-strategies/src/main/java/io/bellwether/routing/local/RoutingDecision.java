package io.bellwether.routing.local;

import io.bellwether.release.Version;

/**
 * Which version a user gets, and why.
 *
 * <p>Made for people and for audits; the request path uses {@code route}, which allocates nothing.
 * Immutable and thread-safe.
 *
 * @param release the release's name
 * @param version what the user gets
 * @param rule which rule decided
 * @param position the user's place among all users in percent, from 0 to less than 100; NaN without
 *     a user key
 * @param explanation one sentence that says why
 */
public record RoutingDecision(
    String release, Version version, Rule rule, double position, String explanation) {

  /** What can decide, in the order in which it is asked. */
  public enum Rule {
    /** The user key is missing or blank, white space and zero-width characters only: stable. */
    NO_KEY,
    /** There is no candidate: stable. */
    NO_CANDIDATE,
    /** The user belongs to an audience: candidate. */
    AUDIENCE,
    /** The user's place was compared with the candidate's weight. */
    WEIGHT
  }

  /** The explanation. */
  @Override
  public String toString() {
    return explanation;
  }
}
