package io.bellwether.alerting.route;

import java.time.Duration;
import java.util.List;

/**
 * Who is told as well when nobody has acknowledged.
 *
 * @param after how long after the first notice; positive
 * @param receivers their names
 */
public record Escalation(Duration after, List<String> receivers) {
  /** Copies the names. */
  public Escalation {
    receivers = List.copyOf(receivers);
  }
}
