package io.bellwether.pipeline.stage;

import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricSource;
import io.bellwether.pipeline.StageAction;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Watches a release's new version for a while; the first failed gate fails the stage. Immutable and
 * thread-safe.
 *
 * <p>When the time is over and the gate cannot say that all is well (no data, too few requests, a
 * source that fails, a breach that has not lasted yet), the stage goes on watching, for half an
 * hour at most, and then fails: nobody has seen the version do well.
 *
 * @param release the release's name
 * @param source what users experience
 * @param gate what has to hold
 * @param duration how long to watch
 * @param every how often to look
 * @param patience how much longer to wait for evidence
 * @param time when to look
 * @param executor reads the source, which may block
 */
public record MonitorStage(
    String release,
    MetricSource source,
    MetricGate gate,
    Duration duration,
    Duration every,
    Duration patience,
    TimeSource time,
    Executor executor)
    implements StageAction {
  /** Refuses times that mean nothing. */
  public MonitorStage {
    if (every.isNegative() || every.isZero() || duration.isNegative() || patience.isNegative()) {
      throw new IllegalArgumentException(
          "monitor stage: duration " + duration + ", every " + every + ", patience " + patience);
    }
  }

  /** Ten minutes with the usual gates of a canary, every 30 seconds. */
  public static MonitorStage of(
      String release, MetricSource source, TimeSource time, Executor executor) {
    return new MonitorStage(
        release,
        source,
        Gates.canaryDefaults(),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(30),
        time,
        executor);
  }

  /** The same stage with another gate. */
  public MonitorStage gate(MetricGate gate) {
    return new MonitorStage(release, source, gate, duration, every, patience, time, executor);
  }

  /** The same stage for another time. */
  public MonitorStage lasting(Duration duration, Duration every) {
    return new MonitorStage(release, source, gate, duration, every, patience, time, executor);
  }

  /** The same stage with another patience for evidence. */
  public MonitorStage patience(Duration patience) {
    return new MonitorStage(release, source, gate, duration, every, patience, time, executor);
  }

  @Override
  public CompletionStage<StageResult> begin(StageContext context) {
    return new Monitoring(this, context).begin();
  }
}
