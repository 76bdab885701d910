package io.bellwether.slo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lengths of time as exact numbers of nanoseconds. */
final class Times {
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private Times() {}

  static Fraction nanos(Duration length) {
    return Fraction.of(
        BigDecimal.valueOf(length.getSeconds())
            .multiply(NANOS_PER_SECOND)
            .add(BigDecimal.valueOf(length.getNano())));
  }

  /** Down to a whole nanosecond; what no duration can say is the longest one. */
  static Duration duration(Fraction nanos) {
    if (nanos.isAbove(nanos(LONGEST))) {
      return LONGEST;
    }
    var parts = nanos.floor().divideAndRemainder(NANOS_PER_SECOND.toBigInteger());
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }

  static Fraction minutes(Fraction nanos) {
    return nanos.dividedBy(Fraction.of(NANOS_PER_MINUTE));
  }

  static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** For example {@code 43.2 min}. */
  static String inMinutes(Fraction nanos) {
    return nanos.wholeLong().isPresent()
        ? inMinutes(nanos.wholeLong().getAsLong())
        : minutes(nanos).text() + " min";
  }

  /** The same text as that of the fraction; a report has thousands of them. */
  static String inMinutes(long nanos) {
    var limit = Long.MAX_VALUE / 200;
    if (nanos < 0 || nanos > limit) {
      return minutes(Fraction.of(nanos)).text() + " min";
    }
    var hundredths = (nanos * 100 + NANOS_PER_MINUTE / 2) / NANOS_PER_MINUTE;
    var rest = hundredths % 100;
    if (rest == 0 && nanos % NANOS_PER_MINUTE != 0) {
      return minutes(Fraction.of(nanos)).text() + " min";
    }
    var decimals =
        rest == 0 ? "" : rest % 10 == 0 ? "." + rest / 10 : rest < 10 ? ".0" + rest : "." + rest;
    return hundredths / 100 + decimals + " min";
  }

  /** With as many decimals as it takes to tell it from another length, if there is one. */
  static String inMinutesBeside(Fraction nanos, Optional<Fraction> other) {
    return other
        .map(limit -> minutes(nanos).textBeside(minutes(limit)) + " min")
        .orElseGet(() -> inMinutes(nanos));
  }

  static String inMinutes(Duration length) {
    return inMinutes(nanos(length));
  }

  /** Seconds below two minutes, minutes above: {@code 25.92 s}, {@code 43.2 min}. */
  static String exact(Duration length) {
    return length.compareTo(Duration.ofMinutes(2)) < 0
        ? nanos(length).dividedBy(Fraction.of(NANOS_PER_SECOND)).text() + " s"
        : inMinutes(length);
  }
}
