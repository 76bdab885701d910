package io.bellwether.alerting.route;

import java.util.Map;
import java.util.TreeMap;

/** Labels from a map. */
record GivenLabels(Map<String, String> labels) implements Labels {
  GivenLabels {
    labels = Map.copyOf(labels);
  }

  @Override
  public String value(String name) {
    return labels.getOrDefault(name, "");
  }

  @Override
  public Map<String, String> sorted() {
    var sorted = new TreeMap<>(labels);
    sorted.values().removeIf(String::isEmpty);
    return sorted;
  }

  /** For example <code>{alertname="error_rate_high", env="production"}</code>. */
  @Override
  public String toString() {
    return LabelText.braces(sorted());
  }
}
