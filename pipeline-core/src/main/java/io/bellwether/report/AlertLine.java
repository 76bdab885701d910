package io.bellwether.report;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import java.time.Instant;

/**
 * An alert about the rollout.
 *
 * @param at when what it tells of happened
 * @param name what kind of alert
 * @param severity how urgent
 * @param summary what it says
 * @param nextStep what to do; may be empty
 * @param delivered whether the notifier took it in the end
 */
public record AlertLine(
    Instant at,
    String name,
    Severity severity,
    String summary,
    String nextStep,
    boolean delivered) {
  static AlertLine of(Alert alert, boolean delivered) {
    return new AlertLine(
        alert.at(), alert.name(), alert.severity(), alert.summary(), alert.nextStep(), delivered);
  }
}
