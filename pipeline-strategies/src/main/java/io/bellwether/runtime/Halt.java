package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.rollout.RolloutState;
import java.util.Optional;

/** Why a run takes no input any more, though it has not ended. Thread-safe. */
final class Halt {
  private volatile Optional<String> reason = Optional.empty();
  private volatile boolean resting;

  void stop(String why) {
    reason = Optional.of(why);
  }

  /** It stops, and its release waits for somebody to take it up. */
  void rest(String why) {
    resting = true;
    stop(why);
  }

  boolean isOn() {
    return reason.isPresent();
  }

  /** Refuses what would begin beside a run that rests. */
  void refuseResting(RolloutState state) {
    if (resting) {
      refuse(state);
    }
  }

  /** Refuses what would be asked of a run that goes on elsewhere, or nowhere. */
  void refuse(RolloutState state) {
    if (!state.isTerminal()) {
      reason.ifPresent(
          why -> {
            throw new BellwetherException(state.explain() + "; " + why);
          });
    }
  }
}
