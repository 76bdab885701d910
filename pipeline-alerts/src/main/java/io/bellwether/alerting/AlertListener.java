package io.bellwether.alerting;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import java.time.Duration;

/**
 * Hears what becomes of notifications, for meters. Called outside the router's lock, from the
 * thread that learnt it; what it throws is logged and changes nothing.
 */
public interface AlertListener {
  /** A notification is on its way to its receiver. */
  default void sending(Notification notification) {}

  /**
   * A notification was answered.
   *
   * @param delivery how it went; its failure is a meter's tag
   * @param took from the decision to the answer, waiting included
   */
  default void answered(Notification notification, Delivery delivery, Duration took) {}

  /** Nobody could be told of this within a day. */
  default void givenUp(String what) {}

  /** Hears nothing. */
  static AlertListener none() {
    return new AlertListener() {};
  }
}
