package io.bellwether.alert.internal;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Measurement;
import io.bellwether.alert.Severity;
import io.bellwether.internal.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An alert as a JSON object, and back, so that no type of Jackson shows. */
public final class AlertJson {
  private AlertJson() {}

  /** The alert's fields. */
  public static Map<String, ?> write(Alert alert) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", alert.name());
    out.put("severity", alert.severity());
    out.put("at", alert.at());
    out.put("key", alert.key());
    out.put("status", alert.status());
    out.put("ended_at", alert.endedAt());
    out.put("expires_after", alert.expiresAfter());
    out.put("measurement", alert.measurement().map(AlertJson::write));
    out.put("logs", alert.logs());
    out.put("runbook", alert.runbook());
    out.put("summary", alert.summary());
    out.put("next_step", alert.nextStep());
    out.put("labels", alert.labels());
    return out;
  }

  /**
   * The alert an object stands for.
   *
   * @throws io.bellwether.BellwetherException if it is none
   */
  public static Alert read(JsonObject in) {
    var severity = in.read("severity", Severity::valueOf);
    return Alert.of(
        in.text("name"), severity, in.read("at", Instant::parse), alert -> details(in, alert));
  }

  private static Alert.Builder details(JsonObject in, Alert.Builder alert) {
    switch (in.read("status", Alert.Status::valueOf)) {
      case EVENT -> {}
      case FIRING -> alert.firing();
      case RESOLVED -> alert.resolved(in.read("ended_at", Instant::parse));
    }
    if (in.names().contains("expires_after")) {
      alert.expiresAfter(in.read("expires_after", Duration::parse));
    }
    if (in.names().contains("measurement")) {
      alert.measurement(readMeasurement(in.object("measurement")));
    }
    in.textIfAny("logs").map(URI::create).ifPresent(alert::logs);
    in.textIfAny("runbook").map(URI::create).ifPresent(alert::runbook);
    return alert
        .key(in.text("key"))
        .summary(in.text("summary"))
        .nextStep(in.text("next_step"))
        .labels(in.textMap("labels"));
  }

  private static Map<String, ?> write(Measurement measurement) {
    return Map.of(
        "metric", measurement.metric(),
        "value", measurement.value(),
        "threshold", measurement.threshold(),
        "window", measurement.window());
  }

  private static Measurement readMeasurement(JsonObject in) {
    return new Measurement(
        in.text("metric"),
        in.text("value"),
        in.text("threshold"),
        in.read("window", Duration::parse));
  }
}
