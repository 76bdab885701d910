package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RunInfo;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up, in its time, what a run left for a quick way back. */
final class Standbys {
  private static final Logger log = LoggerFactory.getLogger(Standbys.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Standby standby;
  private final PortCalls storing;
  private final PortCalls working;
  private final Scheduler scheduler;
  private final Duration deadline;

  /** Tells whether what a run left for a quick way back is still of use. May block. */
  @FunctionalInterface
  interface Standby {
    Use of(RunInfo run);

    /** Of what use it is. */
    enum Use {
      NEEDED,
      UNSURE,
      OVER
    }
  }

  Standbys(
      Standby standby,
      PortCalls storing,
      PortCalls working,
      Scheduler scheduler,
      Duration deadline) {
    this.standby = standby;
    this.storing = storing;
    this.working = working;
    this.scheduler = scheduler;
    this.deadline = deadline;
  }

  void retire(RolloutEffect.Retire retire) {
    scheduler.schedule(retire.after(), () -> retireUnlessNeeded(retire));
  }

  /**
   * What went back into service within its retention is needed, and what another rollout may be
   * using is looked at again when that has ended.
   */
  private void retireUnlessNeeded(RolloutEffect.Retire retire) {
    storing.call(
        deadline,
        () -> standby.of(retire.context().run()),
        use -> follow(retire, use),
        reason -> follow(retire, Standby.Use.UNSURE));
  }

  private void follow(RolloutEffect.Retire retire, Standby.Use use) {
    switch (use) {
      case NEEDED -> log.debug("kept: {}", retire.context());
      case UNSURE -> scheduler.schedule(LOOK_AGAIN, () -> retireUnlessNeeded(retire));
      case OVER -> giveUp(retire);
    }
  }

  private void giveUp(RolloutEffect.Retire retire) {
    working.call(
        deadline,
        () -> {
          retire.work().retire(retire.context());
          return retire.context();
        },
        done -> log.debug("retired: {}", done),
        reason -> log.warn("{} could not be retired: {}", retire.context(), reason));
  }
}
