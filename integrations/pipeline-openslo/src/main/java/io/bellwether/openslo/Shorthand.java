package io.bellwether.openslo;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Pattern;

/** OpenSLO's short durations: {@code 5m}, {@code 1h}, {@code 30d}, {@code 1M}, {@code 1Q}. */
final class Shorthand {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([mhdwMQY])");

  /** The units, and what one of them is. */
  private enum Unit {
    MINUTES('m', Duration.ofMinutes(1), Period.ZERO),
    HOURS('h', Duration.ofHours(1), Period.ZERO),
    DAYS('d', Duration.ofDays(1), Period.ofDays(1)),
    WEEKS('w', Duration.ofDays(7), Period.ofDays(7)),
    MONTHS('M', Duration.ZERO, Period.ofMonths(1)),
    QUARTERS('Q', Duration.ZERO, Period.ofMonths(3)),
    YEARS('Y', Duration.ZERO, Period.ofYears(1));

    private final char letter;
    private final Duration exact;
    private final Period calendar;

    Unit(char letter, Duration exact, Period calendar) {
      this.letter = letter;
      this.exact = exact;
      this.calendar = calendar;
    }

    static Unit of(char letter) {
      for (var unit : values()) {
        if (unit.letter == letter) {
          return unit;
        }
      }
      throw new IllegalArgumentException("unit " + letter);
    }
  }

  private final int count;
  private final Unit unit;

  private Shorthand(int count, Unit unit) {
    this.count = count;
    this.unit = unit;
  }

  static Optional<Shorthand> parse(String text) {
    var found = FORM.matcher(text);
    return found.matches()
        ? Optional.of(
            new Shorthand(Integer.parseInt(found.group(1)), Unit.of(found.group(2).charAt(0))))
        : Optional.empty();
  }

  /** Empty for months, quarters and years, which have no length of their own. */
  Optional<Duration> exact() {
    return unit.exact.isZero() ? Optional.empty() : Optional.of(unit.exact.multipliedBy(count));
  }

  /** Empty for minutes and hours, which no calendar knows. */
  Optional<Period> calendar() {
    return unit.calendar.isZero()
        ? Optional.empty()
        : Optional.of(unit.calendar.multipliedBy(count));
  }

  /** Empty where a duration is no whole number of minutes. */
  static Optional<String> of(Duration length) {
    if (length.isZero()) {
      return Optional.of("0m");
    }
    if (!length.minusMinutes(length.toMinutes()).isZero()) {
      return Optional.empty();
    }
    var minutes = length.toMinutes();
    return Optional.of(
        minutes % 1440 == 0
            ? minutes / 1440 + "d"
            : minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m");
  }

  /** Empty where a period mixes months and days. */
  static Optional<String> of(Period length) {
    var months = length.toTotalMonths();
    var days = length.minusMonths(length.getMonths()).minusYears(length.getYears());
    if (months > 0) {
      return days.isZero()
          ? Optional.of(
              months % 12 == 0
                  ? months / 12 + "Y"
                  : months % 3 == 0 ? months / 3 + "Q" : months + "M")
          : Optional.empty();
    }
    var count = days.get(java.time.temporal.ChronoUnit.DAYS);
    return Optional.of(count % 7 == 0 ? count / 7 + "w" : count + "d");
  }
}
