package io.bellwether.slo;

import java.util.List;
import java.util.Optional;

/**
 * Whether a change may be deployed, with the numbers. Immutable and thread-safe.
 *
 * @param allowed the answer
 * @param status the band it was given in; empty without data
 * @param reason why
 * @param notices what to know although it is allowed
 * @param duties what the band asks of everybody
 * @param override the override without which it would have been refused
 */
public record PolicyDecision(
    boolean allowed,
    Optional<BudgetStatus> status,
    String reason,
    List<String> notices,
    List<String> duties,
    Optional<BudgetOverride> override) {
  /** Copies the lists. */
  public PolicyDecision {
    notices = List.copyOf(notices);
    duties = List.copyOf(duties);
  }

  PolicyDecision because(String evidence) {
    return new PolicyDecision(allowed, status, reason + "; " + evidence, notices, duties, override);
  }

  PolicyDecision noticing(String notice) {
    var more = new java.util.ArrayList<>(notices);
    more.add(notice);
    return new PolicyDecision(allowed, status, reason, more, duties, override);
  }

  PolicyDecision overriddenBy(BudgetOverride granted) {
    return new PolicyDecision(
        true, status, reason + "; passes by " + granted, notices, duties, Optional.of(granted));
  }

  /** Whatever the budget, and though nobody could say how it stands. */
  static PolicyDecision wayBack(Change change) {
    return new PolicyDecision(
        true,
        Optional.empty(),
        change + ": the way back is free",
        List.of(),
        List.of(),
        Optional.empty());
  }

  /**
   * For example {@code refused: FEATURE chat v7 while EXHAUSTED; chat -16.8 min of 43.2 min left}.
   */
  @Override
  public String toString() {
    return (allowed ? "allowed: " : "refused: ")
        + reason
        + (notices.isEmpty() ? "" : " (" + String.join("; ", notices) + ")");
  }
}
