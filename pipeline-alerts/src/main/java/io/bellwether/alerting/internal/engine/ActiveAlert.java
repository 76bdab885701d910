package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.route.LabelText;
import io.bellwether.alerting.route.Labels;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert the engine knows, from its first mention until every group is done with it. */
final class ActiveAlert {
  final long fingerprint;

  /** Replaced, not changed: nearly every alert is in one group. */
  List<Group> groups = List.of();

  Alert alert;
  boolean acknowledged;
  @Nullable Instant expiresAt;
  boolean inIndex;
  private @Nullable String id;

  ActiveAlert(long fingerprint, Alert alert) {
    this.fingerprint = fingerprint;
    this.alert = alert;
  }

  Labels labels() {
    return Labels.of(alert);
  }

  boolean firing() {
    return alert.status() == Alert.Status.FIRING;
  }

  boolean event() {
    return alert.status() == Alert.Status.EVENT;
  }

  /** What stands for it in keys and records: an event's key, else its labels. */
  String id() {
    var known = id;
    if (known == null) {
      known = event() ? "event " + alert.key() : LabelText.braces(labels().sorted());
      id = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return alert.toString();
  }
}
