package io.bellwether.alerting.notice;

import io.bellwether.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one receiver is told at once. Immutable.
 *
 * @param receiver the receiver's name
 * @param groupKey the group's identity, the same from its first notice to its last
 * @param sequence grows with everything that is told under the group key, also over restarts; a
 *     retry of the same news keeps its number
 * @param reason why now
 * @param groupLabels the labels all of its alerts have in common by grouping
 * @param alerts all that is told of, gravest first
 * @param groups how many groups they are from; 1 but in a storm
 * @param at when it was decided
 */
public record Notification(
    String receiver,
    String groupKey,
    long sequence,
    Reason reason,
    Map<String, String> groupLabels,
    List<NotifiedAlert> alerts,
    int groups,
    Instant at) {
  /** Copies the labels and the alerts. */
  public Notification {
    groupLabels = Map.copyOf(groupLabels);
    alerts = List.copyOf(alerts);
  }

  /** Whether anything it tells of lasts. */
  public boolean firing() {
    return alerts.stream().anyMatch(NotifiedAlert::firing);
  }

  /** Whether everything it tells of is over. */
  public boolean resolved() {
    return !alerts.isEmpty() && alerts.stream().allMatch(NotifiedAlert::resolved);
  }

  /** The severity of the gravest alert. */
  public Severity severity() {
    return alerts.stream()
        .map(told -> told.alert().severity())
        .max(Severity::compareTo)
        .orElse(Severity.INFO);
  }

  /** The labels all of its alerts have in common. */
  public Map<String, String> commonLabels() {
    var common = new TreeMap<String, String>();
    if (!alerts.isEmpty()) {
      common.putAll(alerts.get(0).alert().labels());
      alerts.forEach(told -> common.entrySet().retainAll(told.alert().labels().entrySet()));
    }
    return common;
  }

  /** The same for every attempt of this notification, and for no other. */
  public String idempotencyKey() {
    return Keys.hash(groupKey) + "-" + sequence;
  }

  /** For example {@code slack: first, 2 alerts of {alertname="…"}}. */
  @Override
  public String toString() {
    return receiver + ": " + reason.id() + ", " + alerts.size() + " alerts of " + groupKey;
  }
}
