package io.bellwether.rollout;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose agreement a step needs before the rollout goes on. A value to start from with the {@code
 * withX} methods.
 *
 * @param approvers who may agree; empty means anybody
 * @param quorum how many different people have to; at least 1
 * @param timeout how long it may take; positive
 * @param onTimeout what happens then
 */
public record ApprovalRule(
    Set<String> approvers, int quorum, Duration timeout, OnTimeout onTimeout) {
  /** What happens when nobody answers. */
  public enum OnTimeout {
    /** The rollout goes back to stable. */
    ABORT,
    /** The rollout goes on as if it had been approved; recorded as such. */
    APPROVE
  }

  /** Refuses a quorum nobody could reach. */
  public ApprovalRule {
    approvers = Set.copyOf(approvers);
    Objects.requireNonNull(timeout, "timeout: give a duration");
    Objects.requireNonNull(onTimeout, "onTimeout: say what silence means");
    if (approvers.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "approvers " + new TreeSet<>(approvers) + ": one of the names is blank");
    }
    if (quorum < 1 || !approvers.isEmpty() && quorum > approvers.size()) {
      throw new IllegalArgumentException(
          "approval quorum "
              + quorum
              + ": expected 1 to "
              + (approvers.isEmpty() ? "as many as you like" : approvers.size() + " approvers"));
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(PlanRules.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "approval timeout "
              + Durations.plain(timeout)
              + ": expected a positive duration of at most "
              + Durations.plain(PlanRules.LONGEST));
    }
  }

  /** Anybody may agree, one is enough; aborts after 72 hours of silence. */
  public static ApprovalRule byAnybody() {
    return new ApprovalRule(Set.of(), 1, Duration.ofHours(72), OnTimeout.ABORT);
  }

  /**
   * One of these people has to agree; aborts after 72 hours of silence.
   *
   * @param approvers at least one; {@link #byAnybody()} is what nobody in particular means
   */
  public static ApprovalRule by(String... approvers) {
    if (approvers.length == 0) {
      throw new IllegalArgumentException(
          "approval by nobody: name at least one approver, or say byAnybody()");
    }
    return new ApprovalRule(
        Set.copyOf(List.of(approvers)), 1, Duration.ofHours(72), OnTimeout.ABORT);
  }

  /** The same rule with another quorum. */
  public ApprovalRule withQuorum(int quorum) {
    return new ApprovalRule(approvers, quorum, timeout, onTimeout);
  }

  /** The same rule with another timeout and outcome. */
  public ApprovalRule withTimeout(Duration timeout, OnTimeout outcome) {
    return new ApprovalRule(approvers, quorum, timeout, outcome);
  }

  boolean allows(String actor) {
    return approvers.isEmpty() || approvers.contains(actor);
  }

  /** For example {@code 2 of [alpha, beta, gamma]}. */
  @Override
  public String toString() {
    return quorum + " of " + (approvers.isEmpty() ? "anybody" : new TreeSet<>(approvers));
  }
}
