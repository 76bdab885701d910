package io.bellwether.benchmarks.alerts;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.RouteTree;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A router that knows 100,000 alerts, and as many more to come. */
@State(Scope.Benchmark)
public class RoutedAlerts {
  static final int ACTIVE = 100_000;
  private static final int FRESH = 20_000;

  /** Teams, each with a route of its own for each severity. */
  @Param({"10", "100", "1000"})
  public int routes;

  RouteTree tree;
  OneByOne oneByOne;
  AlertRouter router;
  private Alert[] known;

  /** Equal to the known, but not the same: told again, an alert is another object. */
  private Alert[] again;

  private Alert[] fresh;
  private Alert[] ends;
  private Labels[] labels;
  private int at;
  private int freshAt;

  /** Builds everything, and lets the router have the alerts. */
  @Setup(Level.Trial)
  public void prepare() {
    oneByOne = new OneByOne(0);
    var id = 1;
    for (var team = 0; team < routes; team++) {
      var plain = new OneByOne(id++, Matcher.label("team", "t" + team));
      for (var severity : Severity.values()) {
        plain.add(new OneByOne(id++, Matcher.severity(severity)));
      }
      oneByOne.add(plain);
    }
    var root = Alerts.routes(routes);
    tree = RouteTree.of(root, RouteTree.Defaults.ALERTMANAGER);
    router = Alerts.router(root);
    alerts();
    router.notifyAll(Arrays.asList(known));
  }

  private void alerts() {
    known = new Alert[ACTIVE];
    again = new Alert[ACTIVE];
    labels = new Labels[ACTIVE];
    for (var i = 0; i < ACTIVE; i++) {
      known[i] = Alerts.of(i, routes);
      again[i] = Alerts.of(i, routes);
      labels[i] = Labels.of(known[i]);
    }
    fresh = new Alert[FRESH];
    ends = new Alert[FRESH];
    for (var i = 0; i < FRESH; i++) {
      fresh[i] = Alerts.of(ACTIVE + i, routes);
      ends[i] = fresh[i].resolved(Alerts.LATER);
    }
  }

  /** Ends its thread. */
  @TearDown(Level.Trial)
  public void close() {
    router.close();
  }

  Alert next() {
    at = (at + 1) % ACTIVE;
    return again[at];
  }

  Labels nextLabels() {
    at = (at + 1) % ACTIVE;
    return labels[at];
  }

  Alert nextNew() {
    freshAt = (freshAt + 1) % FRESH;
    return fresh[freshAt];
  }

  Alert itsEnd() {
    return ends[freshAt];
  }
}
