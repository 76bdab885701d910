package io.bellwether.alerting.route;

import io.bellwether.alert.Alert;
import java.util.Map;

/**
 * The labels alerts are routed by. A label that is missing and one that is empty are the same.
 *
 * <p>An alert's name counts as its label {@code alertname} and its severity, in lower case, as its
 * label {@code severity}, unless it has labels of these names.
 */
public interface Labels {
  /** The value of this label; empty when there is none. */
  String value(String name);

  /** Every label that has a value, sorted by name. */
  Map<String, String> sorted();

  /** These labels. */
  static Labels of(Map<String, String> labels) {
    return new GivenLabels(labels);
  }

  /** The labels of an alert. */
  static Labels of(Alert alert) {
    return new AlertLabels(alert);
  }
}
