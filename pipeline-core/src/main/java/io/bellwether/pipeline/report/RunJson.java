package io.bellwether.pipeline.report;

import io.bellwether.internal.JsonWriting;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.StageState;
import io.bellwether.pipeline.Vote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A run as one JSON object. */
final class RunJson {
  private RunJson() {}

  static String of(PipelineState state) {
    var out = new LinkedHashMap<String, Object>();
    out.put("run", state.run());
    out.put("pipeline", state.pipeline());
    out.put("phase", state.phase());
    out.put("version", state.trigger().version());
    out.put("branch", state.trigger().branch());
    out.put("commit", state.trigger().commit());
    out.put("change", state.trigger().change());
    out.put("actor", state.trigger().actor());
    out.put("started_at", state.startedAt());
    out.put("ended_at", state.endedAt());
    out.put("took_ms", state.took().map(Duration::toMillis));
    out.put("cancelled", state.cancelled());
    out.put("failed_stage", state.failing());
    var stages = new ArrayList<Map<String, Object>>();
    state.stages().forEach((name, stage) -> stages.add(stage(name, stage)));
    out.put("stages", stages);
    return JsonWriting.line(out);
  }

  private static Map<String, Object> stage(String name, StageState stage) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", name);
    out.put("status", stage.status());
    out.put("message", stage.message());
    out.put("attempts", stage.attempt());
    out.put("began_at", stage.beganAt());
    out.put("took_ms", stage.took().map(Duration::toMillis));
    out.put("held_ms", stage.held().map(Duration::toMillis));
    out.put("skipped_because", stage.skip());
    out.put("outputs", new TreeMap<>(stage.outputs()));
    out.put("votes", stage.votes().stream().map(Vote::toString).toList());
    return out;
  }
}
