package io.bellwether.pipeline.audit;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.Vote;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what of a run has to be known later. Thread-safe. */
public final class AuditTrail {
  private final AuditLog log;

  private AuditTrail(AuditLog log) {
    this.log = log;
  }

  /** A trail that writes to this log. */
  public static AuditTrail to(AuditLog log) {
    return new AuditTrail(log);
  }

  /**
   * Writes an event down, once however often it is offered.
   *
   * @param state the run's state after the event or later
   * @param index the event's place in the run's journal
   */
  public void record(Pipeline pipeline, PipelineState state, PipelineEvent event, long index) {
    var entry = entry(pipeline, state, event);
    if (entry != null) {
      log.append(
          new AuditRecord(
              state.run() + "#" + index,
              event.at(),
              entry.kind,
              entry.actor,
              entry.summary,
              details(pipeline, state, event)));
    }
  }

  private record Entry(AuditKind kind, String actor, String summary) {}

  private static @Nullable Entry entry(
      Pipeline pipeline, PipelineState state, PipelineEvent event) {
    var author = state.trigger().actor();
    if (event instanceof PipelineEvent.Accepted) {
      return new Entry(AuditKind.RUN_STARTED, author, event.explain());
    } else if (event instanceof PipelineEvent.Voted voted) {
      return new Entry(kind(voted.vote().kind()), voted.vote().actor(), voted.explain());
    } else if (event instanceof PipelineEvent.Succeeded succeeded) {
      var changes = changes(pipeline, succeeded.stage());
      return new Entry(
          changes ? AuditKind.DEPLOYED : AuditKind.CHECK_PASSED, author, event.explain());
    } else if (event instanceof PipelineEvent.Failed failed) {
      var changes = changes(pipeline, failed.stage()) && state.stage(failed.stage()).attempt() > 0;
      return new Entry(
          changes ? AuditKind.DEPLOY_FAILED : AuditKind.CHECK_FAILED, author, event.explain());
    } else if (event instanceof PipelineEvent.Held) {
      return new Entry(AuditKind.REQUESTED, author, event.explain());
    } else if (event instanceof PipelineEvent.Cleared) {
      return new Entry(AuditKind.CLEARED, author, event.explain());
    } else if (event instanceof PipelineEvent.Skipped || event instanceof PipelineEvent.Stopped) {
      return new Entry(AuditKind.NOT_DONE, author, event.explain());
    } else if (event instanceof PipelineEvent.Cancelled cancelled) {
      return new Entry(AuditKind.CANCELLED, cancelled.actor(), event.explain());
    } else if (event instanceof PipelineEvent.Finished) {
      return new Entry(AuditKind.RUN_ENDED, author, event.explain());
    }
    return null;
  }

  private static AuditKind kind(Vote.Kind vote) {
    return switch (vote) {
      case APPROVE -> AuditKind.APPROVED;
      case REJECT -> AuditKind.REJECTED;
      case OVERRIDE -> AuditKind.OVERRIDDEN;
    };
  }

  private static boolean changes(Pipeline pipeline, String stage) {
    return pipeline.stage(stage).flatMap(Stage::environment).isPresent();
  }

  private static Map<String, String> details(
      Pipeline pipeline, PipelineState state, PipelineEvent event) {
    var details = new LinkedHashMap<String, String>();
    details.put("run", state.run());
    details.put("pipeline", state.pipeline());
    details.put("version", state.trigger().version().id());
    details.put("branch", state.trigger().branch());
    details.put("commit", state.trigger().commit());
    details.put("author", state.trigger().actor());
    if (event instanceof PipelineEvent.OfStage ofStage) {
      details.put("stage", ofStage.stage());
      pipeline
          .stage(ofStage.stage())
          .flatMap(Stage::environment)
          .ifPresent(place -> details.put("environment", place));
    }
    return details;
  }
}
