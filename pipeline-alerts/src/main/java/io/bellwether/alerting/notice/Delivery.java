package io.bellwether.alerting.notice;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * How a delivery went.
 *
 * @param outcome what follows from it
 * @param failure why it failed
 * @param retryAfter how long the receiver asked to be left alone, at least
 * @param detail for people; never a secret
 */
public record Delivery(
    Outcome outcome, Failure failure, Optional<Duration> retryAfter, String detail) {
  /** Who asks to be left alone for longer than a century is left alone for that. */
  public Delivery {
    retryAfter = retryAfter.map(Durations::bounded);
  }

  /** What follows from a delivery. */
  public enum Outcome {
    /** It arrived. */
    DELIVERED,
    /** It may arrive when tried again. */
    RETRY,
    /** It will not arrive, whatever is tried. */
    PERMANENT,
    /** Nothing will arrive there until somebody mends the receiver. */
    DISABLED
  }

  /** It arrived. */
  public static Delivery delivered() {
    return new Delivery(Outcome.DELIVERED, Failure.NONE, Optional.empty(), "");
  }

  /** It may arrive when tried again. */
  public static Delivery retry(Failure failure, String detail) {
    return new Delivery(Outcome.RETRY, failure, Optional.empty(), detail);
  }

  /** It may arrive when tried again after this long. */
  public static Delivery retry(Failure failure, Duration after, String detail) {
    return new Delivery(Outcome.RETRY, failure, Optional.of(after), detail);
  }

  /** It will not arrive. */
  public static Delivery permanent(Failure failure, String detail) {
    return new Delivery(Outcome.PERMANENT, failure, Optional.empty(), detail);
  }

  /** Nothing will arrive there. */
  public static Delivery disabled(Failure failure, String detail) {
    return new Delivery(Outcome.DISABLED, failure, Optional.empty(), detail);
  }

  /**
   * What an SMTP server's reply means for a recipient: 4yz may pass, 5yz will not, a refused login
   * stays refused.
   *
   * @param code the three digits of the reply
   */
  public static Delivery smtp(int code) {
    var detail = "SMTP reply " + code;
    if (code >= 200 && code < 400) {
      return delivered();
    }
    if (code == 530 || code == 535) {
      return disabled(Failure.AUTH_ERROR, detail);
    }
    return code >= 500
        ? permanent(Failure.CLIENT_ERROR, detail)
        : retry(Failure.SERVER_ERROR, detail);
  }

  /** Whether it arrived. */
  public boolean arrived() {
    return outcome == Outcome.DELIVERED;
  }
}
