package io.bellwether.alerting.route;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import java.util.Map;
import java.util.TreeMap;

/** Labels of an alert, looked up without a copy. */
record AlertLabels(Alert alert) implements Labels {
  @Override
  public String value(String name) {
    var value = alert.labels().get(name);
    if (value != null) {
      return value;
    }
    return switch (name) {
      case "alertname" -> alert.name();
      case "severity" -> text(alert.severity());
      default -> "";
    };
  }

  @Override
  public Map<String, String> sorted() {
    var sorted = new TreeMap<>(alert.labels());
    sorted.putIfAbsent("alertname", alert.name());
    sorted.putIfAbsent("severity", text(alert.severity()));
    sorted.values().removeIf(String::isEmpty);
    return sorted;
  }

  static String text(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case WARNING -> "warning";
      case INFO -> "info";
    };
  }

  @Override
  public String toString() {
    return LabelText.braces(sorted());
  }
}
