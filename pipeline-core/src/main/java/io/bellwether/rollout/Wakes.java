package io.bellwether.rollout;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a rollout wants to be looked at next. */
final class Wakes {
  private Wakes() {}

  static Optional<Instant> next(RolloutPlan plan, RolloutState state) {
    return Stream.of(work(plan, state), Deadlines.of(plan, state))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private static Optional<Instant> work(RolloutPlan plan, RolloutState state) {
    if (state.awaited().isPresent()) {
      return state.awaited().get().retryAt();
    }
    if (!state.phase().isWatched()) {
      return Optional.empty();
    }
    return Checks.nextLook(plan, state);
  }
}
