package io.bellwether.rollout;

import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.routing.TrafficSplit;
import java.util.Map;

/** Something that happened to a rollout from outside. */
public sealed interface RolloutInput {
  /** Time has passed; may come late, early or twice. */
  record Tick() implements RolloutInput {}

  /**
   * The runner took the run up again after it had stopped; whatever was asked before is asked anew.
   */
  record Recovered() implements RolloutInput {}

  /**
   * The router was told and read back.
   *
   * @param key of the effect
   * @param actual what the router says it does
   */
  record Routed(EffectKey key, TrafficSplit actual) implements RolloutInput {}

  /**
   * The router could not be told or read.
   *
   * @param key of the effect
   * @param reason for people
   */
  record RoutingFailed(EffectKey key, String reason) implements RolloutInput {}

  /**
   * The metrics were read.
   *
   * @param key of the effect
   * @param readings one per query
   */
  record Measured(EffectKey key, Map<MetricQuery, Reading> readings) implements RolloutInput {
    /** Copies the readings. */
    public Measured {
      readings = Map.copyOf(readings);
    }
  }

  /**
   * Go back to stable, whatever the gates say.
   *
   * @param actor who wants it
   * @param reason why
   */
  record Abort(String actor, String reason) implements RolloutInput {}
}
