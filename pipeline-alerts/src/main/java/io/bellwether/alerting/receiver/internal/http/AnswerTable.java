package io.bellwether.alerting.receiver.internal.http;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an answer means, for every kind of receiver. */
public final class AnswerTable {
  /** How a receiver says that it took a message. */
  public enum Style {
    /** With a status. */
    STATUS,
    /** With a status and a body: Slack answers 200 to some messages it did not take. */
    SLACK,
    /** With a status; too many requests take minutes to be forgotten. */
    PAGERDUTY,
    /** With the body {@code 1}: old Teams connectors answer 200 with the text of an error. */
    BODY_ONE
  }

  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "rate_limited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout");

  private static final Pattern ERROR_INSIDE = Pattern.compile("HTTP error (\\d{3})");
  private static final Pattern HARMLESS = Pattern.compile("[a-z_ ]{1,60}");

  private AnswerTable() {}

  /**
   * What follows from an answer.
   *
   * @param now what a date in the answer counts from if the server does not tell its own time
   */
  public static Delivery read(HttpAnswer answer, Style style, Instant now) {
    if (answer.status() >= 200 && answer.status() < 300) {
      return taken(answer, style, now);
    }
    var after = RetryAfter.of(answer, now);
    return byStatus(answer.status(), after, style, words(answer));
  }

  /** Whether a shorter message may still arrive. */
  public static boolean refusedContent(int status) {
    return status == 400 || status == 413 || status == 422;
  }

  private static Delivery taken(HttpAnswer answer, Style style, Instant now) {
    return switch (style) {
      case STATUS, PAGERDUTY -> Delivery.delivered();
      case SLACK -> slack(answer, now);
      case BODY_ONE -> bodyOne(answer, now);
    };
  }

  private static Delivery slack(HttpAnswer answer, Instant now) {
    var fields = Json.tryObject(answer.body());
    if (fields.isEmpty() || !Boolean.FALSE.equals(fields.get().get("ok"))) {
      return Delivery.delivered();
    }
    var error = String.valueOf(fields.get().get("error"));
    if (!PASSING.contains(error)) {
      return Delivery.permanent(Failure.CLIENT_ERROR, "status 200, " + words(answer));
    }
    var limited = error.startsWith("rate");
    return retry(
        limited ? Failure.RATE_LIMITED : Failure.SERVER_ERROR,
        RetryAfter.of(answer, now),
        "status 200, " + words(answer));
  }

  private static Delivery bodyOne(HttpAnswer answer, Instant now) {
    if (answer.body().trim().equals("1")) {
      return Delivery.delivered();
    }
    var inside = ERROR_INSIDE.matcher(answer.body());
    return inside.find()
        ? byStatus(
            Integer.parseInt(inside.group(1)),
            RetryAfter.of(answer, now),
            Style.STATUS,
            "inside status " + answer.status())
        : Delivery.permanent(Failure.CLIENT_ERROR, "status " + answer.status() + ", not taken");
  }

  private static Delivery byStatus(
      int status, Optional<Duration> after, Style style, String words) {
    var detail = "status " + status + (words.isEmpty() ? "" : ", " + words);
    return switch (status) {
      case 429 -> retry(Failure.RATE_LIMITED, after.isPresent() ? after : usual(style), detail);
      case 408, 425 -> retry(Failure.TIMEOUT, after, detail);
      case 401, 403 -> Delivery.disabled(Failure.AUTH_ERROR, detail);
      case 404, 410 -> Delivery.disabled(Failure.CLIENT_ERROR, detail);
      case 501, 505 -> Delivery.permanent(Failure.SERVER_ERROR, detail);
      default ->
          status >= 500
              ? retry(Failure.SERVER_ERROR, after, detail)
              : Delivery.permanent(Failure.CLIENT_ERROR, detail);
    };
  }

  private static Optional<Duration> usual(Style style) {
    return style == Style.PAGERDUTY ? Optional.of(Duration.ofMinutes(1)) : Optional.empty();
  }

  private static Delivery retry(Failure failure, Optional<Duration> after, String detail) {
    return new Delivery(Delivery.Outcome.RETRY, failure, after, detail);
  }

  /** What the server says, if it is short and made of words: anything else may be an echo. */
  private static String words(HttpAnswer answer) {
    var body = answer.body().trim();
    var said =
        Json.tryObject(body)
            .map(fields -> String.valueOf(fields.getOrDefault("error", "")))
            .orElse(body);
    return HARMLESS.matcher(said).matches() ? said : "";
  }
}
