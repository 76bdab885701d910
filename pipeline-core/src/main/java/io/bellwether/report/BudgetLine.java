package io.bellwether.report;

import io.bellwether.slo.BudgetStatus;
import io.bellwether.slo.Fraction;
import io.bellwether.slo.SloResult;
import java.time.Instant;
import java.util.Optional;

/**
 * An error budget at the rollout's beginning and at the last look.
 *
 * @param slo whose budget
 * @param before at the beginning; empty without data
 * @param after at the last look; empty without data
 */
public record BudgetLine(String slo, Optional<Standing> before, Optional<Standing> after) {
  /**
   * How a budget stood.
   *
   * @param at when
   * @param remaining the share that was left; negative when overspent
   * @param status the band
   * @param words for people
   */
  public record Standing(Instant at, Fraction remaining, BudgetStatus status, String words) {
    static Optional<Standing> of(SloResult result) {
      return result
          .budget()
          .map(
              budget ->
                  new Standing(
                      result.at(),
                      budget.remainingShare(),
                      result.budgetStatus().orElse(budget.status()),
                      budget.toString()));
    }
  }
}
