package io.bellwether.slo;

import java.time.Duration;
import java.time.Instant;

/** A window at a moment: what of it is over. */
record SloWindowState(Span window, Instant now) {
  static SloWindowState of(Slo slo, Instant now) {
    return new SloWindowState(slo.window().at(now), now);
  }

  Duration elapsed() {
    var end = now.isBefore(window.to()) ? now : window.to();
    return Duration.between(window.from(), end);
  }

  /** What is over, as a stretch; nothing is, at the very start. */
  Span past() {
    return elapsed().isZero()
        ? Span.of(window.from(), Duration.ofNanos(1))
        : Span.of(window.from(), elapsed());
  }

  boolean isOver() {
    return !now.isBefore(window.to());
  }
}
