package io.bellwether.incident;

import io.bellwether.BellwetherException;
import io.bellwether.alert.internal.AlertJson;
import io.bellwether.internal.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Events of an incident as JSON objects, and back; the names stay when classes get others. */
final class IncidentJson {
  private IncidentJson() {}

  static Map<String, ?> write(IncidentEvent event) {
    var out = new LinkedHashMap<String, Object>();
    if (event instanceof IncidentEvent.Opened opened) {
      out.put("type", "opened");
      out.put("incident", opened.incident());
      out.put("alert", AlertJson.write(opened.alert()));
      out.put("runbook", write(opened.runbook()));
      out.put("started_at", opened.startedAt());
      out.put("detected_at", opened.detectedAt());
    } else if (event instanceof IncidentEvent.Happened happened) {
      var entry = happened.entry();
      out.put("type", "happened");
      out.put("at", entry.at());
      out.put("phase", entry.phase());
      out.put("actor", entry.actor());
      out.put("text", entry.text());
      out.put("kind", entry.kind());
    } else if (event instanceof IncidentEvent.Found found) {
      out.put("type", "found");
      out.put("deployments", found.deployments().stream().map(IncidentJson::write).toList());
      out.put("suspect", found.suspect().map(IncidentJson::write));
    } else if (event instanceof IncidentEvent.Ticketed ticketed) {
      out.put("type", "ticketed");
      out.put("ticket", ticketed.ticket());
    } else if (event instanceof IncidentEvent.Begun begun) {
      out.put("type", "begun");
      out.put("deed", begun.deed());
    } else if (event instanceof IncidentEvent.Done done) {
      out.put("type", "done");
      out.put("deed", done.deed());
    } else if (event instanceof IncidentEvent.GivenUp givenUp) {
      out.put("type", "given_up");
      out.put("deed", givenUp.deed());
    }
    return out;
  }

  /**
   * The event an object stands for.
   *
   * @throws BellwetherException if it is of a kind this library does not know
   */
  static IncidentEvent read(JsonObject in) {
    return switch (in.text("type")) {
      case "opened" ->
          new IncidentEvent.Opened(
              in.text("incident"),
              AlertJson.read(in.object("alert")),
              readRunbook(in.object("runbook")),
              in.read("started_at", Instant::parse),
              in.read("detected_at", Instant::parse));
      case "happened" ->
          new IncidentEvent.Happened(
              new TimelineEntry(
                  in.read("at", Instant::parse),
                  in.read("phase", IncidentPhase::valueOf),
                  in.text("actor"),
                  in.text("text"),
                  in.read("kind", TimelineEntry.Kind::valueOf)));
      case "found" ->
          new IncidentEvent.Found(
              in.objects("deployments").stream().map(IncidentJson::readDeployment).toList(),
              in.names().contains("suspect")
                  ? Optional.of(readDeployment(in.object("suspect")))
                  : Optional.empty());
      case "ticketed" -> new IncidentEvent.Ticketed(in.text("ticket"));
      case "begun" -> new IncidentEvent.Begun(in.text("deed"));
      case "done" -> new IncidentEvent.Done(in.text("deed"));
      case "given_up" -> new IncidentEvent.GivenUp(in.text("deed"));
      default ->
          throw new BellwetherException(
              "an incident's journal has an event '"
                  + in.text("type")
                  + "' this library does not know; use the version that wrote it");
    };
  }

  private static Map<String, ?> write(Runbook runbook) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", runbook.name());
    out.put("alerts", runbook.alerts());
    out.put("steps", runbook.steps().stream().map(IncidentJson::write).toList());
    return out;
  }

  private static Runbook readRunbook(JsonObject in) {
    var steps = in.objects("steps").stream().map(IncidentJson::readStep).toList();
    return new Runbook(in.text("name"), in.texts("alerts"), steps);
  }

  private static Map<String, ?> write(RunbookStep step) {
    return Map.of("phase", step.phase(), "title", step.title(), "detail", step.detail());
  }

  private static RunbookStep readStep(JsonObject in) {
    return new RunbookStep(
        in.read("phase", IncidentPhase::valueOf), in.text("title"), in.text("detail"));
  }

  private static Map<String, ?> write(RecentDeployment deployment) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", deployment.at());
    out.put("release", deployment.release());
    out.put("version", deployment.version());
    out.put("environment", deployment.environment());
    out.put("actor", deployment.actor());
    return out;
  }

  private static RecentDeployment readDeployment(JsonObject in) {
    return new RecentDeployment(
        in.read("at", Instant::parse),
        in.text("release"),
        in.text("version"),
        in.text("environment"),
        in.text("actor"));
  }
}
