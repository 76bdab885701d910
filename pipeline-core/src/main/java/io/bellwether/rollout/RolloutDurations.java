package io.bellwether.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a rollout took, read from its journal: what the work on it took, and what it waited for
 * people, freezes, telemetry or its runner.
 *
 * @param progressing preparing, moving traffic, baking and going back
 * @param waiting held, awaiting approval, or looked after by nobody
 */
public record RolloutDurations(Duration progressing, Duration waiting) {
  /**
   * Of a rollout that has ended, from begin to end; of one under way, up to its last event.
   *
   * @param journal in order, beginning with {@link RolloutEvent.Accepted}
   * @throws IllegalArgumentException if it does not begin so
   */
  public static RolloutDurations of(List<RolloutEvent> journal) {
    var state = RolloutEvent.replay(journal.subList(0, Math.min(1, journal.size())));
    var progressing = Duration.ZERO;
    var waiting = Duration.ZERO;
    var last = journal.get(0).at();
    for (var event : journal) {
      if (!state.isTerminal()) {
        var passed = between(last, event.at());
        if (waits(state.phase()) || event instanceof RolloutEvent.TakenUp) {
          waiting = waiting.plus(passed);
        } else {
          progressing = progressing.plus(passed);
        }
        last = event.at();
      }
      state = event.applyTo(state);
    }
    return new RolloutDurations(progressing, waiting);
  }

  /** Both together. */
  public Duration total() {
    return progressing.plus(waiting);
  }

  private static boolean waits(Phase phase) {
    return phase == Phase.HELD || phase == Phase.AWAITING_APPROVAL;
  }

  /** A clock that was set back counts for nothing. */
  private static Duration between(Instant from, Instant to) {
    var passed = Duration.between(from, to);
    return passed.isNegative() ? Duration.ZERO : passed;
  }
}
