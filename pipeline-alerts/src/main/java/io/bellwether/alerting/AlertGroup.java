package io.bellwether.alerting;

import io.bellwether.alert.Alert;
import java.util.List;
import java.util.Map;

/**
 * Alerts that are told together.
 *
 * @param key the group's identity
 * @param receivers the names of those who are told
 * @param labels what its alerts have in common by grouping
 * @param alerts what is in it
 */
public record AlertGroup(
    String key, List<String> receivers, Map<String, String> labels, List<Alert> alerts) {
  /** Copies everything. */
  public AlertGroup {
    receivers = List.copyOf(receivers);
    labels = Map.copyOf(labels);
    alerts = List.copyOf(alerts);
  }
}
