package io.bellwether.alerting.receiver.internal.http;

import io.bellwether.alerting.notice.internal.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a server asks to be left alone: in a header or a body, in seconds or as a date. */
final class RetryAfter {
  /** Nobody is left alone for longer, whatever the server says. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** The longer of what header and body say; a date counts from the server's own clock. */
  static Optional<Duration> of(HttpAnswer answer, Instant now) {
    var header = answer.header("Retry-After").flatMap(text -> header(text.trim(), answer, now));
    var body =
        Json.tryObject(answer.body())
            .flatMap(fields -> Optional.ofNullable(fields.get("retry_after")))
            .flatMap(value -> seconds(value.toString()));
    if (header.isPresent() && body.isPresent()) {
      return header.get().compareTo(body.get()) >= 0 ? header : body;
    }
    return header.isPresent() ? header : body;
  }

  private static Optional<Duration> header(String text, HttpAnswer answer, Instant now) {
    var seconds = seconds(text);
    if (seconds.isPresent()) {
      return seconds;
    }
    var from = answer.header("Date").flatMap(RetryAfter::date).orElse(now);
    return date(text).map(until -> bounded(Duration.between(from, until)));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(String text) {
    try {
      var seconds = Double.parseDouble(text);
      return Double.isFinite(seconds)
          ? Optional.of(
              bounded(Duration.ofMillis((long) Math.ceil(Math.min(seconds, 1e6) * 1_000))))
          : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
