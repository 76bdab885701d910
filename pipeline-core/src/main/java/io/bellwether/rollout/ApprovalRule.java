package io.bellwether.rollout;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose agreement a step needs before the rollout goes on. A value to start from with the {@code
 * withX} methods.
 *
 * @param approvers who may agree; empty means anybody
 * @param quorum how many different people have to; at least 1
 * @param timeout how long it may take; positive, at most {@link Durations#LONGEST}
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

  /** Refuses, all at once, approvers nobody can be and a quorum nobody could reach. */
  public ApprovalRule {
    var problems = new Problems();
    check(problems, approvers);
    var most = approvers == null || approvers.isEmpty() ? Integer.MAX_VALUE : approvers.size();
    problems.require(
        quorum >= 1 && quorum <= most,
        "its quorum is "
            + quorum
            + ", expected 1 to "
            + (most == Integer.MAX_VALUE ? "as many as you like" : most + " approvers"));
    Durations.positiveProblem("its timeout", timeout).ifPresent(problems::add);
    problems.given(onTimeout, "what happens on the timeout");
    problems.throwIfAny("approval rule");
    approvers = Set.copyOf(approvers);
  }

  /** Anybody may agree, one is enough; aborts after 72 hours of silence. */
  public static ApprovalRule byAnybody() {
    return new ApprovalRule(Set.of(), 1, Duration.ofHours(72), OnTimeout.ABORT);
  }

  /**
   * One of these people has to agree; aborts after 72 hours of silence.
   *
   * @param approvers at least one, none twice; {@link #byAnybody} says that nobody is left out
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static ApprovalRule by(String... approvers) {
    var problems = new Problems();
    var people = new LinkedHashSet<String>();
    for (var approver : problems.allGiven("an approver", approvers)) {
      problems.require(people.add(approver), "approver '" + approver + "' stands there twice");
    }
    problems.require(
        approvers == null || approvers.length > 0,
        "nobody is named; name at least one, or say byAnybody()");
    check(problems, people);
    problems.throwIfAny("approval rule");
    return new ApprovalRule(people, 1, Duration.ofHours(72), OnTimeout.ABORT);
  }

  private static void check(Problems problems, Set<String> approvers) {
    if (problems.given(approvers, "the set of approvers")) {
      for (var approver : approvers) {
        problems.require(
            !problems.given(approver, "an approver") || !approver.isBlank(),
            "an approver's name is blank");
      }
    }
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
