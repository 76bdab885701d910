package io.bellwether.rollout;

import java.time.Instant;
import java.util.Optional;

/** When a rollout wants to be looked at next. */
final class Wakes {
  private Wakes() {}

  static Optional<Instant> next(RolloutPlan plan, RolloutState state, Instant now) {
    var work = work(plan, state, now);
    var deadline = Deadlines.of(plan, state);
    if (work.isEmpty() || deadline.isEmpty()) {
      return work.or(() -> deadline);
    }
    return work.get().isAfter(deadline.get()) ? deadline : work;
  }

  private static Optional<Instant> work(RolloutPlan plan, RolloutState state, Instant now) {
    if (state.awaited().isPresent()) {
      return state.awaited().get().retryAt();
    }
    if (!state.phase().isWatched()) {
      return Optional.empty();
    }
    return Checks.nextLook(plan, state, now);
  }
}
