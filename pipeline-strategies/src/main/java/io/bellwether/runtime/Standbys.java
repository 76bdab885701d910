package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RunInfo;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up, in its time, what a run left for a quick way back. */
final class Standbys {
  private static final Logger log = LoggerFactory.getLogger(Standbys.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Standby standby;
  private final PortCalls storing;
  private final PortCalls working;
  private final Scheduler scheduler;
  private final Duration deadline;
  private volatile boolean closed;

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

  /** Gives it up when its time has come; whoever takes the run up does so if this one is closed. */
  void retire(RolloutEffect.Retire retire) {
    retireIn(retire.after(), retire, LOOK_AGAIN);
  }

  /** Nothing is given up from now on; the next runtime on the store does. */
  void close() {
    closed = true;
  }

  private void retireIn(Duration pause, RolloutEffect.Retire retire, Duration nextPause) {
    scheduler.schedule(pause, () -> retireUnlessNeeded(retire, nextPause));
  }

  /**
   * What went back into service within its retention is needed, and what another rollout may be
   * using is looked at again when that has ended.
   */
  private void retireUnlessNeeded(RolloutEffect.Retire retire, Duration nextPause) {
    if (!closed) {
      storing.call(
          deadline,
          () -> standby.of(retire.context().run()),
          use -> follow(retire, use, nextPause),
          reason -> follow(retire, Standby.Use.UNSURE, nextPause));
    }
  }

  private void follow(RolloutEffect.Retire retire, Standby.Use use, Duration nextPause) {
    switch (use) {
      case NEEDED -> log.debug("kept: {}", retire.context());
      case UNSURE -> retireIn(LOOK_AGAIN, retire, nextPause);
      case OVER -> giveUp(retire, nextPause);
    }
  }

  private void giveUp(RolloutEffect.Retire retire, Duration nextPause) {
    working.call(
        deadline,
        () -> {
          retire.work().retire(retire.context());
          return retire.context();
        },
        done -> log.debug("retired: {}", done),
        reason -> tryAgain(retire, nextPause, reason));
  }

  private void tryAgain(RolloutEffect.Retire retire, Duration pause, String reason) {
    log.warn(
        "{} could not be retired, tried again in {}: {}",
        retire.context(),
        Durations.plain(pause),
        reason);
    var doubled = pause.multipliedBy(2);
    retireIn(pause, retire, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
  }
}
