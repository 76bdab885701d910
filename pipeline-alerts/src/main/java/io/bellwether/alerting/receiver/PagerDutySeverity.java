package io.bellwether.alerting.receiver;

/** Severities in PagerDuty's words. */
final class PagerDutySeverity {
  private PagerDutySeverity() {}

  /** What PagerDuty knows it by; anything it does not know is an error. */
  static String of(String severity) {
    return switch (severity) {
      case "critical", "warning", "info" -> severity;
      default -> "error";
    };
  }
}
