package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.internal.JsonObject;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.SkipCause;
import io.bellwether.pipeline.StopCause;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.release.ChangeKind;
import io.bellwether.release.Version;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Events of a run as JSON objects, and back; the names stay when classes get others. */
final class EventJson {
  private EventJson() {}

  static Map<String, Object> write(PipelineEvent event) {
    var out = new LinkedHashMap<String, Object>();
    out.put("type", type(event));
    out.put("at", event.at());
    if (event instanceof PipelineEvent.OfStage ofStage) {
      out.put("stage", ofStage.stage());
      writeStage(ofStage, out);
    } else if (event instanceof PipelineEvent.Accepted accepted) {
      out.put("run", accepted.run());
      out.put("pipeline", accepted.pipeline());
      out.put("trigger", write(accepted.trigger()));
      out.put("stages", accepted.stages());
    } else if (event instanceof PipelineEvent.Cancelled cancelled) {
      out.put("actor", cancelled.actor());
      out.put("reason", cancelled.reason());
    } else if (event instanceof PipelineEvent.Finished finished) {
      out.put("phase", finished.phase());
    }
    return out;
  }

  private static void writeStage(PipelineEvent.OfStage event, Map<String, Object> out) {
    if (event instanceof PipelineEvent.Held held) {
      out.put("environment", held.environment());
    } else if (event instanceof PipelineEvent.Waits waits) {
      out.put("reason", waits.reason());
    } else if (event instanceof PipelineEvent.Voted voted) {
      out.put("vote", write(voted.vote()));
    } else if (event instanceof PipelineEvent.Cleared cleared) {
      out.put("reason", cleared.reason());
    } else if (event instanceof PipelineEvent.Started started) {
      out.put("attempt", started.attempt());
      out.put("resumed", started.resumed());
    } else if (event instanceof PipelineEvent.TryFailed failed) {
      out.put("reason", failed.reason());
      out.put("retry_at", failed.retryAt());
    } else if (event instanceof PipelineEvent.Stopping stopping) {
      out.put("cause", stopping.cause());
      out.put("reason", stopping.reason());
    } else if (event instanceof PipelineEvent.Succeeded succeeded) {
      out.put("message", succeeded.message());
      out.put("outputs", succeeded.outputs());
    } else if (event instanceof PipelineEvent.Failed failed) {
      out.put("reason", failed.reason());
    } else if (event instanceof PipelineEvent.Skipped skipped) {
      out.put("cause", skipped.cause());
      out.put("reason", skipped.reason());
    } else if (event instanceof PipelineEvent.Stopped stopped) {
      out.put("reason", stopped.reason());
    }
  }

  /**
   * The event an object stands for.
   *
   * @throws BellwetherException if it is of a kind this library does not know
   */
  static PipelineEvent read(JsonObject in) {
    var at = in.read("at", Instant::parse);
    return switch (in.text("type")) {
      case "accepted" ->
          new PipelineEvent.Accepted(
              at,
              in.text("run"),
              in.text("pipeline"),
              readTrigger(in.object("trigger")),
              in.texts("stages"));
      case "cancelled" -> new PipelineEvent.Cancelled(at, in.text("actor"), in.text("reason"));
      case "finished" -> new PipelineEvent.Finished(at, in.read("phase", RunPhase::valueOf));
      default -> readStage(in, at, in.text("stage"));
    };
  }

  private static PipelineEvent readStage(JsonObject in, Instant at, String stage) {
    return switch (in.text("type")) {
      case "held" -> new PipelineEvent.Held(at, stage, in.text("environment"));
      case "waits" -> new PipelineEvent.Waits(at, stage, in.text("reason"));
      case "voted" -> new PipelineEvent.Voted(at, stage, readVote(in.object("vote")));
      case "cleared" -> new PipelineEvent.Cleared(at, stage, in.text("reason"));
      case "started" ->
          new PipelineEvent.Started(
              at, stage, in.number("attempt").intValueExact(), in.flag("resumed"));
      case "try_failed" ->
          new PipelineEvent.TryFailed(
              at, stage, in.text("reason"), in.read("retry_at", Instant::parse));
      case "stopping" ->
          new PipelineEvent.Stopping(
              at, stage, in.read("cause", StopCause::valueOf), in.text("reason"));
      case "succeeded" ->
          new PipelineEvent.Succeeded(at, stage, in.text("message"), in.textMap("outputs"));
      case "failed" -> new PipelineEvent.Failed(at, stage, in.text("reason"));
      case "skipped" ->
          new PipelineEvent.Skipped(
              at, stage, in.read("cause", SkipCause::valueOf), in.text("reason"));
      case "stopped" -> new PipelineEvent.Stopped(at, stage, in.text("reason"));
      default ->
          throw new BellwetherException(
              "a run's journal has an event '"
                  + in.text("type")
                  + "' this library does not know; use the version that wrote it");
    };
  }

  /** {@code TryFailed} is {@code try_failed}. */
  private static String type(PipelineEvent event) {
    var name = event.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> write(Trigger trigger) {
    var out = new LinkedHashMap<String, Object>();
    out.put("branch", trigger.branch());
    out.put("commit", trigger.commit());
    out.put("change", trigger.change());
    out.put("version", trigger.version());
    out.put("actor", trigger.actor());
    out.put("inputs", trigger.inputs());
    return out;
  }

  private static Trigger readTrigger(JsonObject in) {
    return new Trigger(
        in.text("branch"),
        in.text("commit"),
        in.read("change", ChangeKind::valueOf),
        in.read("version", Version::version),
        in.text("actor"),
        in.textMap("inputs"));
  }

  private static Map<String, Object> write(Vote vote) {
    var out = new LinkedHashMap<String, Object>();
    out.put("actor", vote.actor());
    out.put("kind", vote.kind());
    out.put("reason", vote.reason());
    out.put("at", vote.at());
    return out;
  }

  private static Vote readVote(JsonObject in) {
    return new Vote(
        in.text("actor"),
        in.read("kind", Vote.Kind::valueOf),
        in.text("reason"),
        in.read("at", Instant::parse));
  }
}
