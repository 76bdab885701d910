package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's listeners; one that fails keeps no other from hearing. Thread-safe. */
final class Hearers {
  private static final Logger log = LoggerFactory.getLogger(Hearers.class);

  private final List<RolloutListener> listeners = new CopyOnWriteArrayList<>();

  void add(RolloutListener listener) {
    listeners.add(listener);
  }

  void tell(RolloutEvent event, RolloutState state) {
    log.debug("{}: {}", state.id(), event);
    for (var listener : listeners) {
      try {
        listener.on(event, state);
      } catch (RuntimeException | Error e) {
        log.warn("a listener of {} failed on {}", state.id(), event, e);
      }
    }
  }
}
