package io.bellwether.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.InvalidConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ApprovalRuleTest {
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return (T) null;
  }

  private static List<String> problemsOf(Supplier<ApprovalRule> rule) {
    var refused = catchThrowableOfType(InvalidConfigurationException.class, rule::get);
    assertThat(refused).as("nothing was refused").isNotNull();
    return refused.problems();
  }

  @Test
  void a_rule_without_approvers_is_not_taken_for_one_that_lets_anybody_approve() {
    assertThat(problemsOf(() -> ApprovalRule.by(new String[0])))
        .containsExactly("nobody is named; name at least one, or say byAnybody()");
    assertThat(ApprovalRule.byAnybody().allows("a passer-by")).isTrue();
  }

  @Test
  void approvers_nobody_can_be_are_refused_together() {
    assertThat(problemsOf(() -> ApprovalRule.by("a", "", " ", "a", nothing())))
        .containsExactly(
            "an approver is null; give one, or leave the call out",
            "approver 'a' stands there twice",
            "an approver's name is blank",
            "an approver's name is blank");
  }

  @Test
  void every_problem_of_a_rule_comes_at_once() {
    assertThat(problemsOf(() -> new ApprovalRule(Set.of("a", "b"), 3, Duration.ZERO, nothing())))
        .containsExactly(
            "its quorum is 3, expected 1 to 2 approvers",
            "its timeout is 0ms, expected a positive duration",
            "what happens on the timeout is null; give one, or leave the call out");
    assertThat(problemsOf(() -> ApprovalRule.byAnybody().withQuorum(0)))
        .containsExactly("its quorum is 0, expected 1 to as many as you like");
  }

  @Test
  void the_approvers_are_the_only_ones_who_may() {
    var rule = ApprovalRule.by("a", "b").withQuorum(2);
    assertThat(rule.allows("a")).isTrue();
    assertThat(rule.allows("c")).isFalse();
    assertThat(rule).hasToString("2 of [a, b]");
  }
}
