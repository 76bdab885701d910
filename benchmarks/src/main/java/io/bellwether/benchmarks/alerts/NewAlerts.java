package io.bellwether.benchmarks.alerts;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.AlertRouter;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Alerts nobody has told a router of, which knows 100,000 others and those measured before. */
@State(Scope.Benchmark)
public class NewAlerts {
  static final int AT_ONCE = 5_000;
  private static final int MOST = 500_000;

  /** Teams, each with a route of its own for each severity. */
  @Param({"10", "100", "1000"})
  public int routes;

  AlertRouter router;
  private Alert[] fresh;
  private int at;

  /** Makes the alerts, and lets the router have those it knows. */
  @Setup(Level.Trial)
  public void prepare() {
    router = Alerts.router(Alerts.routes(routes));
    for (var i = 0; i < RoutedAlerts.ACTIVE; i++) {
      router.notify(Alerts.of(i, routes));
    }
    fresh = new Alert[MOST];
    for (var i = 0; i < MOST; i++) {
      fresh[i] = Alerts.of(RoutedAlerts.ACTIVE + i, routes);
    }
  }

  /** Fails when there are no more, rather than take one twice. */
  Alert next() {
    return fresh[at++];
  }

  /** Ends its thread. */
  @TearDown(Level.Trial)
  public void close() {
    router.close();
  }
}
