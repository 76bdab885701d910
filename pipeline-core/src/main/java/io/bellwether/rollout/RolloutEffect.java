package io.bellwether.rollout;

import io.bellwether.alert.Alert;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.routing.TrafficSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something the world has to do, as data. Doing one twice is the same as once. */
public sealed interface RolloutEffect {
  /**
   * Ask the guards and answer with {@link RolloutInput.Cleared}; a guard that fails waits.
   *
   * @param key to answer with
   */
  record Clear(EffectKey key) implements RolloutEffect {}

  /**
   * Do, try or take back a step's work, as the key's kind says, and answer with {@link
   * RolloutInput.Done}, {@link RolloutInput.NotYet} or {@link RolloutInput.Failed}.
   *
   * @param key to answer with
   * @param context for the work
   * @param work the host's
   * @param deadline how long it may take
   */
  record Work(EffectKey key, StepContext context, StepWork work, Duration deadline)
      implements RolloutEffect {}

  /**
   * Apply this split, read the router back and answer with {@link RolloutInput.Routed} or {@link
   * RolloutInput.Failed}.
   *
   * @param key to answer with
   * @param split what the router should do
   */
  record Route(EffectKey key, TrafficSplit split) implements RolloutEffect {}

  /**
   * Read these metrics and answer with {@link RolloutInput.Measured}; a query that failed is
   * answered by a reading that says so.
   *
   * <p>A question leaves no trace in the state: whether one is under way is the runner's to know,
   * and one that was lost is asked again at the next check.
   *
   * @param asOf the moment of the question, to answer with
   * @param queries without repetition
   * @param blocks what to count for the judge; empty where none compares
   */
  record Measure(Instant asOf, List<MetricQuery> queries, Optional<BlockQuery> blocks)
      implements RolloutEffect {
    /** Copies the queries. */
    public Measure {
      queries = List.copyOf(queries);
    }
  }

  /**
   * After a pause, see whether stable does well: read the router, the health and these metrics, and
   * answer with {@link RolloutInput.Confirmed} or {@link RolloutInput.Failed}.
   *
   * @param key to answer with
   * @param after the pause
   * @param plan whose gates stable has to stay below
   * @param run the rollout
   */
  record Confirm(EffectKey key, Duration after, RolloutPlan plan, RunInfo run)
      implements RolloutEffect {}

  /**
   * After a while, give up what only a quick way back needed; expects no answer.
   *
   * @param context for the work
   * @param work the host's
   * @param after the retention
   */
  record Retire(StepContext context, StepWork work, Duration after) implements RolloutEffect {}

  /**
   * Tell people; expects no answer.
   *
   * @param alert what to tell
   */
  record Announce(Alert alert) implements RolloutEffect {}
}
