package io.bellwether.benchmarks.alerts;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ten thousand groups of ten alerts. */
@State(Scope.Benchmark)
public class GroupedAlerts {
  AlertRouter router;

  /** Fills the groups. */
  @Setup(Level.Trial)
  public void prepare() {
    var route =
        Route.to(Alerts.receiver())
            .groupBy("group")
            .waiting(Duration.ofDays(1))
            .every(Duration.ofDays(1));
    router = AlertRouter.create(r -> r.tree(route));
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 100_000; i++) {
      var group = "g" + i % 10_000;
      alerts.add(Alerts.of(i, 10).toBuilder().label("group", group).build());
    }
    router.notifyAll(alerts);
  }

  /** Ends its thread. */
  @TearDown(Level.Trial)
  public void close() {
    router.close();
  }
}
