package io.bellwether.benchmarks.alerts;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Alerts and receivers for the measurements. */
final class Alerts {
  private static final Severity[] SEVERITIES = {Severity.CRITICAL, Severity.WARNING, Severity.INFO};

  /** So far ahead that no alert is overdue and no group is flushed while it is measured. */
  static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");

  private Alerts() {}

  /** An alert of six labels: a name, a severity and four more. */
  static Alert of(int nth, int teams) {
    return Alert.of(
        "alert" + nth % 50,
        SEVERITIES[nth % 3],
        LATER,
        alert ->
            alert
                .firing()
                .label("team", "t" + nth % teams)
                .label("env", "production")
                .label("service", "service" + nth % 1_000)
                .label("instance", "i" + nth));
  }

  /** Takes everything at once. */
  static Receiver receiver() {
    var delivered = CompletableFuture.completedFuture(Delivery.delivered());
    return LambdaReceiver.of("all", notification -> delivered);
  }
}
