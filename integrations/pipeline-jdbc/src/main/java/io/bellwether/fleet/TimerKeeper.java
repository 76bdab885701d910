package io.bellwether.fleet;

import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The leader's part of the timers: each rollout under way has one, at its next wake-up. */
final class TimerKeeper {
  /** When a rollout that waits for somebody without a limit is looked after. */
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(30);

  /** How late the engine's own timer may be before it is helped. */
  private static final Duration LATE = Duration.ofSeconds(1);

  private final FleetTimers timers;
  private final RolloutRuntime runtime;
  private final InstantSource clock;
  private final Map<String, Instant> written = new HashMap<>();

  TimerKeeper(FleetTimers timers, RolloutRuntime runtime, InstantSource clock) {
    this.timers = timers;
    this.runtime = runtime;
    this.clock = clock;
    timers.releases().forEach(release -> written.put(release, Instant.MIN));
  }

  /** Only what has changed is written; what cannot be written now is tried the next time. */
  void keep(Set<String> releases) {
    var all = new HashSet<>(written.keySet());
    all.addAll(releases);
    for (var release : all) {
      runtime
          .current(release)
          .ifPresentOrElse(rollout -> keep(release, rollout), () -> forget(release));
    }
  }

  private void keep(String release, Rollout rollout) {
    var now = clock.instant();
    var before = written.get(release);
    var next =
        rollout
            .nextWake()
            .orElse(before != null && before.isAfter(now) ? before : now.plus(NOW_AND_THEN));
    if (next.plus(LATE).isBefore(now)) {
      rollout.wake();
    }
    if (!next.equals(before) && timers.set(release, next)) {
      written.put(release, next);
    }
  }

  private void forget(String release) {
    if (written.containsKey(release) && timers.cancel(release)) {
      written.remove(release);
    }
  }

  /** It has fired in this process. */
  FleetTimers.Next due(String release) {
    var rollout = runtime.current(release);
    if (rollout.isEmpty()) {
      written.remove(release);
      return FleetTimers.Next.NEVER;
    }
    rollout.get().wake();
    written.put(release, Instant.MIN);
    return FleetTimers.Next.SOON;
  }
}
