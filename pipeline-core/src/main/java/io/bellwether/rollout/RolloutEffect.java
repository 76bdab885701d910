package io.bellwether.rollout;

import io.bellwether.alert.Alert;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.routing.TrafficSplit;
import java.util.List;

/** Something the world has to do, as data. Doing one twice is the same as once. */
public sealed interface RolloutEffect {
  /**
   * Apply this split, read the router back and answer with {@link RolloutInput.Routed} or {@link
   * RolloutInput.RoutingFailed}.
   *
   * @param key to answer with
   * @param split what the router should do
   */
  record Route(EffectKey key, TrafficSplit split) implements RolloutEffect {}

  /**
   * Read these metrics and answer with {@link RolloutInput.Measured}; a query that failed is
   * answered by a reading that says so.
   *
   * @param key to answer with
   * @param queries without repetition
   */
  record Measure(EffectKey key, List<MetricQuery> queries) implements RolloutEffect {
    /** Copies the queries. */
    public Measure {
      queries = List.copyOf(queries);
    }
  }

  /**
   * Tell people; expects no answer.
   *
   * @param alert what to tell
   */
  record Announce(Alert alert) implements RolloutEffect {}
}
