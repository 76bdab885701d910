package io.bellwether.benchmarks.alerts;

import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.route.RouteNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Alerts of six labels, 100,000 of them active, over trees of 10, 100 and 1,000 routes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class AlertBenchmark {
  /** Alertmanager's way: every sibling is tried in order. */
  @Benchmark
  public int routeOneByOne(RoutedAlerts alerts) {
    return alerts.oneByOne.match(alerts.nextLabels());
  }

  /** Our way. */
  @Benchmark
  public List<RouteNode> route(RoutedAlerts alerts) {
    return alerts.tree.match(alerts.nextLabels());
  }

  /** An alert that fires already is told again, in a router that knows 100,000. */
  @Benchmark
  public void ingestKnown(RoutedAlerts alerts) {
    alerts.router.notify(alerts.next());
  }

  /** An alert that is new: fingerprint, deduplication, routing, group, inhibition. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(NewAlerts.AT_ONCE)
  @Warmup(iterations = 30)
  @Measurement(iterations = 60)
  public void ingestNew(NewAlerts alerts) {
    for (var i = 0; i < NewAlerts.AT_ONCE; i++) {
      alerts.router.notify(alerts.next());
    }
  }

  /** An alert that was over fires again, and ends again: two inputs. */
  @Benchmark
  @OperationsPerInvocation(2)
  public void ingestAgainAndResolved(RoutedAlerts alerts) {
    alerts.router.notify(alerts.nextNew());
    alerts.router.notify(alerts.itsEnd());
  }

  /** Whether an alert is muted, by one rule with this many sources. */
  @Benchmark
  public Optional<?> inhibited(InhibitedAlerts alerts) {
    return alerts.index.mutes(alerts.next());
  }

  /** Every group there is, some 10,000 of them. */
  @Benchmark
  public List<?> groups(GroupedAlerts alerts) {
    return groups(alerts.router);
  }

  private static List<?> groups(AlertRouter router) {
    return router.groups();
  }
}
