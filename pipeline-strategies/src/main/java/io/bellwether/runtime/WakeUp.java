package io.bellwether.runtime;

import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a rollout is to be looked after next; set in its turns alone. */
final class WakeUp {
  private final Scheduler scheduler;
  private final EngineClock clock;
  private final Runnable tick;
  private Optional<Instant> at = Optional.empty();
  private Scheduler.Cancellable timer = () -> {};

  WakeUp(Scheduler scheduler, EngineClock clock, Runnable tick) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.tick = tick;
  }

  /** It has come. */
  void came() {
    at = Optional.empty();
  }

  void cancel() {
    timer.cancel();
  }

  /** One that is due already comes by itself. */
  void set(Optional<Instant> next, Instant now) {
    var underWay = next.isPresent() && at.filter(due -> !due.isAfter(now)).isPresent();
    if (!next.equals(at) && !underWay) {
      timer.cancel();
      at = Optional.empty();
      timer = next.map(this::schedule).orElse(() -> {});
      at = next;
    }
  }

  private Scheduler.Cancellable schedule(Instant due) {
    return scheduler.schedule(Duration.between(clock.now(), due), tick);
  }
}
