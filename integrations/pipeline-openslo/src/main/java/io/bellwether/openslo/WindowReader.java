package io.bellwether.openslo;

import io.bellwether.slo.SloWindow;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads a time window. */
final class WindowReader {
  private WindowReader() {}

  static Optional<SloWindow> read(Field window) {
    var duration = window.required("duration");
    var length = Shorthand.parse(duration.text());
    var calendar = window.optional("calendar");
    if (window.flag("isRolling") == calendar.isPresent()) {
      window.problem("is either rolling or has a calendar");
      return Optional.empty();
    }
    if (length.isEmpty()) {
      if (window.has("duration")) {
        duration.problem("'" + duration.text() + "' is no duration such as 30d, 4w, 1M or 1Q");
      }
      calendar.ifPresent(c -> c.required("startTime").text());
      calendar.ifPresent(c -> c.text("timeZone"));
      return Optional.empty();
    }
    return calendar.isPresent()
        ? calendar(duration, length.get(), calendar.get())
        : Optional.of(
            length
                .get()
                .exact()
                .map(SloWindow::rolling)
                .orElseGet(() -> SloWindow.rolling(length.get().calendar().orElseThrow())));
  }

  private static Optional<SloWindow> calendar(Field duration, Shorthand length, Field calendar) {
    var start = start(calendar.required("startTime"));
    var zone = zone(calendar.optional("timeZone"));
    if (length.calendar().isEmpty()) {
      duration.problem(
          "'" + duration.text() + "' is no calendar unit such as 1d, 1w, 1M, 1Q or 1Y");
    }
    return length
        .calendar()
        .flatMap(l -> start.flatMap(s -> zone.map(z -> SloWindow.calendar(l, s, z))));
  }

  private static Optional<LocalDateTime> start(Field field) {
    try {
      return Optional.of(LocalDateTime.parse(field.text().replace(' ', 'T')));
    } catch (DateTimeException e) {
      field.problem("'" + field.text() + "' is no local time such as 2026-01-01 00:00:00");
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(Optional<Field> field) {
    try {
      return Optional.of(field.map(f -> ZoneId.of(f.text())).orElse(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      field.ifPresent(f -> f.problem("'" + f.text() + "' is no time zone such as Europe/Berlin"));
      return Optional.empty();
    }
  }
}
