package io.bellwether.plans;

import io.bellwether.config.Default;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.strategy.CanaryBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A step of a canary as it stands in a file: one of {@code weight}, {@code shadow}, {@code cohort},
 * {@code header}, {@code users}, {@code pause} or {@code approval}; a weight may have an approval
 * as well. Immutable.
 *
 * @param weight the candidate's share of users, over 0 and at most 100 percent
 * @param shadow the share of requests copied to the candidate, in percent
 * @param cohort users the router knows by this name
 * @param header a header's name and the value with which a request gets the candidate
 * @param users keys of users who get the candidate
 * @param bake how long the step is held at least; not at all where it is missing
 * @param pause whether it waits until somebody resumes
 * @param approval who has to agree before the rollout goes on
 */
public record PlanStep(
    Optional<Double> weight,
    Optional<Double> shadow,
    Optional<String> cohort,
    Map<String, String> header,
    List<String> users,
    Optional<Duration> bake,
    @Default("false") boolean pause,
    Optional<PlanApproval> approval) {
  /** Refuses a step that is none, or several. */
  public PlanStep {
    header = Map.copyOf(header);
    users = List.copyOf(users);
    var kinds =
        Stream.of(
                weight.isPresent(),
                shadow.isPresent(),
                cohort.isPresent(),
                !header.isEmpty(),
                !users.isEmpty(),
                pause)
            .filter(there -> there)
            .count();
    if (kinds > 1 || kinds == 0 && approval.isEmpty() || header.size() > 1) {
      throw new IllegalArgumentException(
          "expected one of weight, shadow, cohort, header (one), users, pause and approval");
    }
    if (kinds == 1 && approval.isPresent() && weight.isEmpty()) {
      throw new IllegalArgumentException("an approval stands alone or beside a weight");
    }
    if (bake.isPresent() && (pause || kinds == 0)) {
      throw new IllegalArgumentException("a pause and an approval have no bake; give it a weight");
    }
  }

  CanaryBuilder addTo(CanaryBuilder canary) {
    var held = bake.orElse(Duration.ZERO);
    if (weight.isPresent()) {
      return weighted(canary, weight.get());
    }
    if (shadow.isPresent()) {
      return canary.shadow(shadow.get(), held);
    }
    if (cohort.isPresent()) {
      return canary.cohort(cohort.get(), held);
    }
    for (var match : header.entrySet()) {
      return canary.header(match.getKey(), match.getValue(), held);
    }
    if (!users.isEmpty()) {
      return canary.users(held, users.toArray(String[]::new));
    }
    return pause
        ? canary.pause()
        : canary.approval(approval.map(PlanApproval::rule).orElseGet(ApprovalRule::byAnybody));
  }

  /** A bake that is not stated is none; one that is stated is time for the gates to watch. */
  private CanaryBuilder weighted(CanaryBuilder canary, double percent) {
    return approval.isEmpty() && bake.isPresent()
        ? canary.step(percent, bake.get())
        : canary.step(
            percent,
            step -> {
              bake.ifPresent(step::bake);
              approval.map(PlanApproval::rule).ifPresent(step::approval);
              return step;
            });
  }
}
