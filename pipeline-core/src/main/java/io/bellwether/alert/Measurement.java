package io.bellwether.alert;

import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * What an alert rests on, in people's words.
 *
 * @param metric the metric's name, such as {@code error_rate}
 * @param value what was measured, such as {@code 7.2%}
 * @param threshold what it is held against, such as {@code 5%}
 * @param window how far back it was measured
 */
public record Measurement(String metric, String value, String threshold, Duration window) {
  /** For example {@code Error rate: 7.2% (threshold: 5%) in last 5 minutes}. */
  @Override
  public String toString() {
    return title()
        + ": "
        + value
        + " (threshold: "
        + threshold
        + ") in last "
        + Durations.words(window);
  }

  private String title() {
    var words = metric.replace('_', ' ');
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
