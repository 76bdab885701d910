package io.bellwether.benchmarks.alerts;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import java.time.Duration;
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

  /** A tree with a route for each severity of each team. */
  static Route routes(int teams) {
    var root =
        Route.to(receiver())
            .groupBy("alertname", "team")
            .waiting(Duration.ofDays(1))
            .every(Duration.ofDays(1));
    for (var team = 0; team < teams; team++) {
      var route = Route.toNamed().when(Matcher.label("team", "t" + team));
      for (var severity : SEVERITIES) {
        route = route.with(Route.toNamed().when(Matcher.severity(severity)));
      }
      root = root.with(route);
    }
    return root;
  }

  /** A router over this tree with an inhibition by two labels. */
  static AlertRouter router(Route root) {
    return AlertRouter.create(
        r -> r.tree(root).inhibit(Severity.CRITICAL, Severity.INFO, "service", "env"));
  }
}
