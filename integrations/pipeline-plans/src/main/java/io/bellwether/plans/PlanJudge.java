package io.bellwether.plans;

import io.bellwether.Ratio;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.SequentialJudge;
import java.util.Optional;

/**
 * The sequential judge as it stands in a file; {@code judge: {}} is the one with the library's own
 * numbers. Immutable.
 *
 * @param alpha the share of harmless launches that may be rolled back
 * @param promoteAfter requests after which it agrees though it has no proof
 * @param minimumSample requests before which it says nothing
 */
public record PlanJudge(
    Optional<Ratio> alpha, Optional<Long> promoteAfter, Optional<Long> minimumSample) {
  /** Refuses, all at once, what no judge can be. */
  public PlanJudge {
    judge(alpha, promoteAfter, minimumSample);
  }

  CanaryJudge judge() {
    return judge(alpha, promoteAfter, minimumSample);
  }

  private static SequentialJudge judge(
      Optional<Ratio> alpha, Optional<Long> promoteAfter, Optional<Long> minimumSample) {
    return SequentialJudge.create(
        judge -> {
          alpha.ifPresent(judge::alpha);
          promoteAfter.ifPresent(judge::promoteAfter);
          minimumSample.ifPresent(judge::minimumSample);
          return judge;
        });
  }
}
