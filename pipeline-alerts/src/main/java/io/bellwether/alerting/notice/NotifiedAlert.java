package io.bellwether.alerting.notice;

import io.bellwether.alert.Alert;

/**
 * An alert as a notification tells of it.
 *
 * @param alert the alert; its status says whether it fires, is resolved or is an event
 * @param late whether it began and ended while the receiver could not be reached
 */
public record NotifiedAlert(Alert alert, boolean late) {
  /** Whether it lasts. */
  public boolean firing() {
    return alert.status() == Alert.Status.FIRING;
  }

  /** Whether it is over. */
  public boolean resolved() {
    return alert.status() == Alert.Status.RESOLVED;
  }
}
