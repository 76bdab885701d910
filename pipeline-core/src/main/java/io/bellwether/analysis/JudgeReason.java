package io.bellwether.analysis;

/**
 * Why a judge decided as it did.
 *
 * <p>Undecided is a HOLD of its own: there is fresh evidence, enough of it to be asked, and it says
 * neither. A plan may widen to its next step on it, since nothing speaks against the candidate, but
 * not promote.
 */
public enum JudgeReason {
  /** The candidate is worse than stable. */
  WORSE(JudgeDecision.ROLLBACK),
  /** Proven: the candidate is not worse by the harm bound, in any stream. */
  PROVEN_SAFE(JudgeDecision.PROMOTE),
  /** The stated minimum sample was seen and nothing spoke against the candidate; no proof. */
  SAMPLE_SEEN(JudgeDecision.PROMOTE),
  /** The evidence speaks neither for nor against. */
  UNDECIDED(JudgeDecision.HOLD),
  /** Too few requests to be asked. */
  TOO_FEW_REQUESTS(JudgeDecision.HOLD),
  /** Too much of what should have been seen was not. */
  STALE_TELEMETRY(JudgeDecision.HOLD);

  private final JudgeDecision decision;

  JudgeReason(JudgeDecision decision) {
    this.decision = decision;
  }

  /** What follows from it. */
  public JudgeDecision decision() {
    return decision;
  }

  /** Whether a plan may go to its next, wider step. */
  public boolean allowsWidening() {
    return decision == JudgeDecision.PROMOTE || this == UNDECIDED;
  }
}
