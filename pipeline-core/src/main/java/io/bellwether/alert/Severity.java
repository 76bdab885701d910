package io.bellwether.alert;

/** How soon somebody has to act. */
public enum Severity {
  /** To be aware of; never pages. */
  INFO,
  /** Within the hour. */
  WARNING,
  /** Now. */
  CRITICAL
}
