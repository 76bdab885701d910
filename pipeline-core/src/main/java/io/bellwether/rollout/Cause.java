package io.bellwether.rollout;

/**
 * Why a rollout went back, or never began.
 *
 * @param kind what kind of reason
 * @param text the evidence or the words of whoever decided
 */
public record Cause(Kind kind, String text) {
  /** What kind of reason. */
  public enum Kind {
    /** A gate failed. */
    GATE("a gate failed"),
    /** The judge found the candidate worse than stable. */
    JUDGE("worse than stable"),
    /** The candidate was not able to serve. */
    HEALTH("not healthy"),
    /** A person or a program asked for it. */
    REQUEST("requested"),
    /** A step did not get anywhere in time. */
    DEADLINE("no progress"),
    /** A step's work failed. */
    WORK("a step's work failed"),
    /** Somebody said no, or nobody answered. */
    NOT_APPROVED("not approved"),
    /** A newer version takes its place. */
    SUPERSEDED("superseded"),
    /** A hold lasted too long. */
    HOLD_LIMIT("held too long"),
    /** The engine could not decide or plan what comes next, and goes back instead. */
    ENGINE("the engine failed"),
    /** A guard said no before it had begun. */
    REFUSED("refused");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The kind in words. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** For example {@code a gate failed: error_rate 9.0% (at most 5% …) FAIL}. */
  @Override
  public String toString() {
    return kind + ": " + text;
  }
}
