package io.bellwether.runtime;

import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.BlockSource;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.Counted;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RunInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the metric source, what counts blocks for a judge, and whether the candidate is well. */
final class MetricCalls {
  private static final Logger log = LoggerFactory.getLogger(MetricCalls.class);

  private final MetricSource metrics;
  private final Optional<BlockSource> blocks;
  private final VersionHealth health;
  private final PortCalls calls;
  private final Duration deadline;

  MetricCalls(
      MetricSource metrics,
      Optional<BlockSource> blocks,
      VersionHealth health,
      PortCalls calls,
      Duration deadline) {
    this.metrics = metrics;
    this.blocks = blocks;
    this.health = health;
    this.calls = calls;
    this.deadline = deadline;
  }

  /**
   * Measures.
   *
   * @param inside whether the source has not come back from a call for the same rollout: it is not
   *     asked again until it has, so that a source that hangs costs a rollout one thread
   */
  void measure(
      RunInfo run,
      RolloutEffect.Measure measure,
      AtomicBoolean inside,
      Consumer<RolloutInput> answer) {
    Consumer<String> failed = reason -> answer.accept(unread(measure, reason));
    if (inside.get()) {
      failed.accept("metric source has not come back from an earlier call");
      return;
    }
    calls.call(
        deadline,
        () -> {
          inside.set(true);
          try {
            return read(run, measure);
          } finally {
            inside.set(false);
          }
        },
        answer::accept,
        failed);
  }

  private RolloutInput.Measured read(RunInfo run, RolloutEffect.Measure measure) {
    return new RolloutInput.Measured(
        measure.asOf(),
        metrics.readAll(measure.queries()),
        measure.blocks().map(this::count).orElse(Counted.NOTHING),
        healthOf(run));
  }

  private Optional<Boolean> healthOf(RunInfo run) {
    try {
      return Optional.of(health.isHealthy(run.release(), run.candidate()));
    } catch (RuntimeException e) {
      log.warn("nobody knows whether {} of '{}' is healthy", run.candidate(), run.release(), e);
      return Optional.empty();
    }
  }

  /** What cannot be counted for the judge does not keep the gates from looking. */
  private Counted count(BlockQuery query) {
    if (blocks.isEmpty()) {
      return Counted.failed("nothing counts blocks; give the runtime blocks(source)");
    }
    try {
      var source = blocks.get();
      return new Counted(
          source.since(query), query.first() ? source.history(query) : List.of(), "");
    } catch (RuntimeException e) {
      log.warn("blocks of {} could not be read", query, e);
      return Counted.failed(String.valueOf(e.getMessage()));
    }
  }

  private static RolloutInput.Measured unread(RolloutEffect.Measure measure, String reason) {
    Map<MetricQuery, Reading> readings = new HashMap<>();
    measure.queries().forEach(query -> readings.put(query, Reading.error("engine", reason)));
    return new RolloutInput.Measured(
        measure.asOf(), readings, Counted.failed(reason), Optional.empty());
  }
}
