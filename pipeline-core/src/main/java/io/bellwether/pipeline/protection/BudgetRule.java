package io.bellwether.pipeline.protection;

import io.bellwether.rollout.Clearance;
import java.time.Instant;
import java.util.function.Function;

/**
 * What the error budget says about a change.
 *
 * @param budget asked at every look; answers with the numbers behind it
 */
public record BudgetRule(Function<ProtectionRequest, Clearance> budget) implements ProtectionRule {
  @Override
  public String name() {
    return "error budget";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    return budget.apply(request);
  }
}
