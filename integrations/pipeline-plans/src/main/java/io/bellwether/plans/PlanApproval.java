package io.bellwether.plans;

import io.bellwether.config.Default;
import io.bellwether.rollout.ApprovalRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who has to agree, as it stands in a file; {@code approval: {}} is one of anybody. Immutable.
 *
 * @param by those who may; anybody where it is missing
 * @param quorum how many different of them have to
 * @param timeout how long it may take; 72 hours where it is missing
 * @param onTimeout what happens then
 */
public record PlanApproval(
    List<String> by,
    @Default("1") int quorum,
    Optional<Duration> timeout,
    @Default("abort") ApprovalRule.OnTimeout onTimeout) {
  /** Refuses, all at once, what is no approval. */
  public PlanApproval {
    by = List.copyOf(by);
    rule(by, quorum, timeout, onTimeout);
  }

  ApprovalRule rule() {
    return rule(by, quorum, timeout, onTimeout);
  }

  private static ApprovalRule rule(
      List<String> by, int quorum, Optional<Duration> timeout, ApprovalRule.OnTimeout onTimeout) {
    var rule = by.isEmpty() ? ApprovalRule.byAnybody() : ApprovalRule.by(by.toArray(String[]::new));
    return rule.withQuorum(quorum).withTimeout(timeout.orElse(rule.timeout()), onTimeout);
  }
}
