package io.bellwether.pipeline.protection;

import io.bellwether.pipeline.BranchPattern;
import io.bellwether.rollout.Clearance;
import java.time.Instant;
import java.util.List;

/**
 * Only these branches are deployed.
 *
 * @param patterns at least one
 */
public record AllowedBranches(List<BranchPattern> patterns) implements ProtectionRule {
  /** Refuses a rule nobody could keep. */
  public AllowedBranches {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("allowed branches: none is allowed, name at least one");
    }
  }

  @Override
  public String name() {
    return "branches";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    var branch = request.trigger().branch();
    return BranchPattern.anyMatches(patterns, branch)
        ? new Clearance(Clearance.Decision.GO, branch + " is allowed")
        : Clearance.refuse(branch + " is none of " + patterns);
  }
}
