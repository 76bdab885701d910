package io.bellwether.pipeline.stage;

import io.bellwether.gate.Breaches;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import io.bellwether.release.Version;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/** One version being watched. */
final class Monitoring {
  private final MonitorStage stage;
  private final Version version;
  private final CompletableFuture<StageResult> end = new CompletableFuture<>();
  private final StageContext context;
  private final long began;
  private Breaches breaches = Breaches.NONE;
  private int looks;

  Monitoring(MonitorStage stage, StageContext context) {
    this.stage = stage;
    this.context = context;
    version = context.trigger().version();
    began = stage.time().ticker().nanos();
  }

  CompletionStage<StageResult> begin() {
    context.onStop(() -> end.complete(StageResult.failure("stopped while watching")));
    next();
    return end;
  }

  private void next() {
    stage.time().scheduler().schedule(stage.every(), this::lookSoon);
  }

  private void lookSoon() {
    if (end.isDone()) {
      return;
    }
    try {
      stage.executor().execute(this::look);
    } catch (RejectedExecutionException e) {
      end.complete(StageResult.failure("the host's threads are busy or shut down"));
    }
  }

  private void look() {
    try {
      judge();
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
      throw e;
    }
  }

  private void judge() {
    var watched = Duration.ofNanos(stage.time().ticker().nanos() - began);
    var evaluation =
        stage.gate().evaluate(new Watched(), breaches, watched, stage.time().wall().instant());
    breaches = evaluation.breaches();
    looks++;
    var verdict = evaluation.verdict();
    if (verdict.failed()) {
      end.complete(StageResult.failure(verdict.toString()));
    } else if (watched.compareTo(stage.duration()) < 0) {
      next();
    } else if (verdict.passed()) {
      end.complete(StageResult.success(summary(verdict, watched)));
    } else if (watched.compareTo(stage.duration().plus(stage.patience())) < 0) {
      next();
    } else {
      end.complete(
          StageResult.failure(
              "nothing has shown within "
                  + Durations.plain(watched)
                  + " that all is well: "
                  + verdict));
    }
  }

  private String summary(Verdict verdict, Duration watched) {
    return "watched for " + Durations.plain(watched) + ", " + looks + " looks: " + verdict;
  }

  /** There is nobody to compare with: the version has all users. */
  private final class Watched implements Evidence {
    @Override
    public Reading candidate(Metric metric, Duration window) {
      try {
        return stage.source().read(new MetricQuery(stage.release(), version, metric, window));
      } catch (RuntimeException e) {
        return Reading.error("the metric source", String.valueOf(e.getMessage()));
      }
    }

    @Override
    public Optional<Reading> stable(Metric metric, Duration window) {
      return Optional.empty();
    }
  }
}
