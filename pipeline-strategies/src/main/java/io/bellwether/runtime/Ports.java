package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.routing.TrafficRouter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out effects through the ports, and turns whatever comes of it into inputs. */
final class Ports {
  private static final Logger log = LoggerFactory.getLogger(Ports.class);

  private final TrafficRouter router;
  private final MetricSource metrics;
  private final Notifier notifier;
  private final PortCalls calls;

  Ports(TrafficRouter router, MetricSource metrics, Notifier notifier, PortCalls calls) {
    this.router = router;
    this.metrics = metrics;
    this.notifier = notifier;
    this.calls = calls;
  }

  void carryOut(RolloutEffect effect, Consumer<RolloutInput> answer) {
    if (effect instanceof RolloutEffect.Route route) {
      route(route, answer);
    } else if (effect instanceof RolloutEffect.Measure measure) {
      measure(measure, answer);
    } else if (effect instanceof RolloutEffect.Announce announce) {
      announce(announce.alert());
    }
  }

  private void route(RolloutEffect.Route route, Consumer<RolloutInput> answer) {
    calls.call(
        "router",
        () -> {
          router.apply(route.split());
          return router.read(route.split().release());
        },
        actual -> answer.accept(new RolloutInput.Routed(route.key(), actual)),
        reason -> answer.accept(new RolloutInput.RoutingFailed(route.key(), reason)));
  }

  private void measure(RolloutEffect.Measure measure, Consumer<RolloutInput> answer) {
    calls.call(
        "metric source",
        () -> metrics.readAll(measure.queries()),
        readings -> answer.accept(new RolloutInput.Measured(measure.key(), readings)),
        reason ->
            answer.accept(
                new RolloutInput.Measured(
                    measure.key(),
                    all(measure.queries(), query -> Reading.error("engine", reason)))));
  }

  private void announce(Alert alert) {
    calls.call(
        "notifier",
        () -> {
          notifier.notify(alert);
          return alert;
        },
        told -> log.debug("told: {}", told),
        reason -> log.error("nobody could be told ({}): {}", reason, alert));
  }

  private static Map<MetricQuery, Reading> all(
      List<MetricQuery> queries, Function<MetricQuery, Reading> reading) {
    var readings = new HashMap<MetricQuery, Reading>();
    queries.forEach(query -> readings.put(query, reading.apply(query)));
    return readings;
  }
}
