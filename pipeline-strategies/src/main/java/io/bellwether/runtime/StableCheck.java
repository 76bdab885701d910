package io.bellwether.runtime;

import io.bellwether.gate.Condition;
import io.bellwether.gate.Limit;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.Confirmation;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.TrafficRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether stable does well once all traffic is back on it: the router sends everybody there, the
 * version is healthy, and its error rate is strictly below what the gates allowed the candidate.
 */
final class StableCheck {
  private final TrafficRouter router;
  private final MetricSource metrics;
  private final VersionHealth health;

  StableCheck(TrafficRouter router, MetricSource metrics, VersionHealth health) {
    this.router = router;
    this.metrics = metrics;
    this.health = health;
  }

  Confirmation look(RolloutPlan plan, RunInfo run) {
    var actual = router.read(run.release());
    var findings = new ArrayList<String>();
    if (!health.isHealthy(run.release(), run.stable())) {
      findings.add(run.stable() + " is not healthy");
    }
    errorLimits(plan).forEach(condition -> look(run, condition, findings));
    return new Confirmation(actual, findings.isEmpty(), String.join("; ", findings));
  }

  private void look(RunInfo run, Condition condition, List<String> findings) {
    var reading =
        metrics.read(
            new MetricQuery(run.release(), run.stable(), condition.metric(), condition.window()));
    var limit = condition.limit().number();
    if (reading.status() == Reading.Status.VALUE && reading.value() >= limit) {
      findings.add(
          run.stable()
              + " has "
              + condition.metric()
              + " "
              + condition.metric().format(reading.value())
              + ", not below "
              + condition.metric().format(limit));
    }
  }

  private static Stream<Condition> errorLimits(RolloutPlan plan) {
    return plan.gates().stream()
        .flatMap(gate -> gate.conditions().stream())
        .filter(condition -> condition.metric().equals(Metric.ERROR_RATE))
        .filter(condition -> !condition.limit().relative())
        .filter(condition -> upper(condition.limit()));
  }

  private static boolean upper(Limit limit) {
    return switch (limit.bound()) {
      case AT_MOST, BELOW -> true;
      case AT_LEAST, ABOVE -> false;
    };
  }
}
