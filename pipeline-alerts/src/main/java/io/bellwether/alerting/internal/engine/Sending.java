package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.notice.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A notification on its way.
 *
 * @param id by which it is answered
 * @param notification what is told
 * @param pieces what each target will know when it arrives; more than one in a storm
 */
public record Sending(long id, Notification notification, List<Piece> pieces) {
  /**
   * What a target will know.
   *
   * @param target whose
   * @param firing what fires
   * @param resolved what is over, or began and ended unnoticed
   * @param events what happened
   */
  record Piece(
      Target target, Set<ActiveAlert> firing, Set<ActiveAlert> resolved, Set<ActiveAlert> events) {}

  boolean concerns(Target target, ActiveAlert alert) {
    for (var piece : pieces) {
      if (piece.target() == target
          && (piece.firing().contains(alert) || piece.resolved().contains(alert))) {
        return true;
      }
    }
    return false;
  }

  Instant at() {
    return notification.at();
  }
}
