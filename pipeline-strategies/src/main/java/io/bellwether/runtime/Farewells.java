package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how rollouts ended, and what a runtime found when it began, again and again until
 * somebody could be told or the runtime closes; the next one goes on then. Thread-safe.
 */
final class Farewells {
  private static final Logger log = LoggerFactory.getLogger(Farewells.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Ports ports;
  private final Scheduler scheduler;
  private final Map<String, Scheduler.Cancellable> waiting = new HashMap<>();
  private boolean closed;

  Farewells(Ports ports, Scheduler scheduler) {
    this.ports = ports;
    this.scheduler = scheduler;
  }

  /**
   * Tells people.
   *
   * @param told is run once they have been
   */
  void tell(Alert alert, Runnable told) {
    tell(alert, told, FIRST_PAUSE);
  }

  private void tell(Alert alert, Runnable told, Duration pause) {
    ports.announce(alert, told, reason -> later(alert, told, pause, reason));
  }

  private synchronized void later(Alert alert, Runnable told, Duration pause, String reason) {
    if (closed) {
      return;
    }
    log.error("nobody could be told, trying again ({}): {}", reason, alert);
    var doubled = pause.multipliedBy(2);
    var next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    waiting.put(alert.key(), scheduler.schedule(pause, () -> again(alert, told, next)));
  }

  private void again(Alert alert, Runnable told, Duration pause) {
    synchronized (this) {
      waiting.remove(alert.key());
      if (closed) {
        return;
      }
    }
    tell(alert, told, pause);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void close() {
    closed = true;
    waiting.values().forEach(Scheduler.Cancellable::cancel);
    waiting.clear();
  }
}
