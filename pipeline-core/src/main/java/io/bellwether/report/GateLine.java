package io.bellwether.report;

import io.bellwether.gate.Condition;
import io.bellwether.gate.GateOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One condition of a gate, with what it said.
 *
 * @param gate the gate's name
 * @param dryRun whether the gate only watches
 * @param condition what is required
 * @param outcome what the last check said
 * @param value the candidate's last value for people
 * @param stable stable's last value for people; empty where there was none
 * @param window how far back the last value goes
 * @param samples how many requests the last value rests on
 * @param detail what else the last check said; may be empty
 * @param breached at how many of the kept checks it failed
 * @param points the candidate's values over time
 */
public record GateLine(
    String gate,
    boolean dryRun,
    Condition condition,
    GateOutcome outcome,
    String value,
    String stable,
    Duration window,
    long samples,
    String detail,
    int breached,
    List<Point> points) {
  /**
   * A value at a moment.
   *
   * @param at when
   * @param value in the metric's unit
   */
  public record Point(Instant at, double value) {}

  /** Copies the points. */
  public GateLine {
    points = List.copyOf(points);
  }

  /** The limit in words, for example {@code at most 5%}. */
  public String limit() {
    return condition.limit().describe(condition.metric());
  }

  /** The limit as a number in the metric's unit; empty where it depends on stable. */
  public OptionalDouble threshold() {
    var limit = condition.limit();
    return limit.relative() ? OptionalDouble.empty() : OptionalDouble.of(limit.number());
  }
}
