package io.bellwether.alerting;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;

/** Alerts for tests. */
final class Given {
  private Given() {}

  static Instant at(double seconds) {
    return MutableClock.START.plus(Duration.ofNanos((long) (seconds * 1e9)));
  }

  static Alert firing(String name, Severity severity, Instant at, String instance) {
    return Alert.of(
        name,
        severity,
        at,
        alert -> alert.firing().label("instance", instance).label("release", "chat"));
  }

  static Alert critical(String name, Instant at) {
    return firing(name, Severity.CRITICAL, at, name);
  }

  static Alert warning(String name, Instant at) {
    return firing(name, Severity.WARNING, at, name);
  }

  static Alert event(String key, Severity severity, Instant at) {
    return Alert.of("rollout_ended", severity, at, alert -> alert.key(key).label("instance", key));
  }
}
