package io.bellwether.spring;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.runtime.RolloutListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where each release's last rollout stands, as far as this process has heard. */
final class LastStates implements RolloutListener {
  private final Map<String, RolloutState> states = new ConcurrentHashMap<>();

  @Override
  public void on(RolloutEvent event, RolloutState state) {
    states.put(state.release(), state);
  }

  Optional<RolloutState> of(String release) {
    return Optional.ofNullable(states.get(release));
  }
}
