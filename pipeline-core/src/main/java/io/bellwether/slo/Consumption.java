package io.bellwether.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the time of a window went: intervals united, cut to the window, counted by their worst
 * kind, each minute on the line of one entry. Immutable and thread-safe.
 *
 * @param window the whole window
 * @param until up to when it was looked at: its end, or now
 * @param critical time down
 * @param degraded time too slow, without what was down at the same time
 * @param maintenance time taken out, up to {@code until}
 * @param planned time taken out, planned maintenance up to the window's end included
 * @param unobserved time nobody looked, up to {@code until}
 * @param consumed what all that takes of the budget, in nanoseconds; the sum of the lines
 * @param longestIncident the longest single time down that reaches into the window, whole, without
 *     the maintenance in it; zero if there was none
 * @param lines the account, in the order the entries began
 * @param corrections what was corrected or taken out afterwards, in words
 */
public record Consumption(
    Span window,
    Instant until,
    Duration critical,
    Duration degraded,
    Duration maintenance,
    Duration planned,
    Duration unobserved,
    Fraction consumed,
    Duration longestIncident,
    List<ConsumptionLine> lines,
    List<String> corrections) {
  /** Copies the lists. */
  public Consumption {
    lines = List.copyOf(lines);
    corrections = List.copyOf(corrections);
  }

  /**
   * The account of a window.
   *
   * @param now what goes on has lasted until now; what is later has not happened
   */
  public static Consumption of(IncidentLedger ledger, DowntimeRule rule, Span window, Instant now) {
    return new ConsumptionAccount(ledger, rule, window, now).settle();
  }

  /** The time that was looked at, of the time there was to look at; nothing of no time. */
  public Fraction coverage() {
    var elapsed = Duration.between(window.from(), until).toNanos();
    return elapsed <= 0 ? Fraction.ZERO : Fraction.of(elapsed - unobserved.toNanos(), elapsed);
  }

  /** The window's length without what is taken out of it, in nanoseconds. */
  Fraction period(DowntimeRule rule) {
    var whole = Times.nanos(window.length());
    return switch (rule.maintenance()) {
      case KEPT_IN_WINDOW -> whole;
      case TAKEN_OUT -> whole.minus(Times.nanos(planned));
    };
  }

  /** The account line by line, ending with its sum. */
  public String explain() {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining())
        + corrections.stream().map(c -> "correction: " + c + "\n").collect(Collectors.joining())
        + "together "
        + Times.inMinutes(consumed);
  }

  /** For example {@code 10 min down, 40 min degraded: 30 min of budget}. */
  @Override
  public String toString() {
    return Times.inMinutes(critical)
        + " down, "
        + Times.inMinutes(degraded)
        + " degraded: "
        + Times.inMinutes(consumed)
        + " of budget";
  }
}
