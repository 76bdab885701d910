package io.bellwether.alerting.route;

import java.time.Instant;
import java.util.List;

/**
 * A named set of times, in zones of their own. Immutable and thread-safe.
 *
 * @param name by which routes speak of it
 * @param spans it contains what one of these contains
 */
public record TimeInterval(String name, List<TimeSpan> spans) {
  /** Copies the spans. */
  public TimeInterval {
    spans = List.copyOf(spans);
  }

  /**
   * An interval as people write it: {@code 17:00-09:00 Europe/Berlin}, {@code 00:00-09:00 and
   * 17:00-24:00 Australia/Sydney}, {@code saturday, sunday UTC}, {@code monday-friday 22:00-06:00
   * december UTC}. Without a zone it is UTC.
   *
   * @throws io.bellwether.BellwetherException if it cannot be read or contains no time at all
   */
  public static TimeInterval parse(String name, String text) {
    return new TimeInterval(name, List.of(TimeSpanText.parse(name, text)));
  }

  /** Whether this moment is inside. */
  public boolean contains(Instant moment) {
    return spans.stream().anyMatch(span -> span.contains(moment));
  }
}
