package io.bellwether.benchmarks.alerts;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.InhibitionIndex;
import io.bellwether.alerting.route.Labels;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One inhibition with one or ten thousand sources. */
@State(Scope.Benchmark)
public class InhibitedAlerts {
  private static final int TARGETS = 1_024;

  /** Alerts that fire and mute others. */
  @Param({"1", "10000"})
  public int sources;

  InhibitionIndex index;
  private Labels[] targets;
  private int at;

  /** Fills the index. */
  @Setup(Level.Trial)
  public void prepare() {
    index =
        new InhibitionIndex(
            List.of(Inhibition.of(Severity.CRITICAL, Severity.INFO, "service", "env")));
    for (var i = 0; i < sources; i++) {
      index.add(Labels.of(Alerts.of(3 * i, 10)));
    }
    targets = new Labels[TARGETS];
    for (var i = 0; i < TARGETS; i++) {
      targets[i] = Labels.of(Alerts.of(3 * i + 2, 10));
    }
  }

  Labels next() {
    at = (at + 1) % TARGETS;
    return targets[at];
  }
}
