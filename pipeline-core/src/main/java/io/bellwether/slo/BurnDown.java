package io.bellwether.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a budget went down over its window, beside the ideal line that reaches nothing exactly at its
 * end. Immutable and thread-safe.
 *
 * @param slo whose budget
 * @param window over which time
 * @param points from the window's start up to now, in that order
 */
public record BurnDown(Slo slo, Span window, List<Point> points) {
  /**
   * A moment of it.
   *
   * @param at when
   * @param remaining the share of the budget that was left; negative when overspent
   * @param ideal the share of the window that was left
   */
  public record Point(Instant at, Fraction remaining, Fraction ideal) {}

  /** Copies the points. */
  public BurnDown {
    points = List.copyOf(points);
  }

  /** The line of an SLO's own window, a point a day and one for now. */
  public static BurnDown of(Slo slo, Measurements measurements, Instant now) {
    return of(slo, measurements, slo.window().at(now), now, Duration.ofDays(1));
  }

  /**
   * The line of any stretch of time.
   *
   * @param step how far apart the points are; positive
   * @throws IllegalArgumentException if the step is not positive
   */
  public static BurnDown of(
      Slo slo, Measurements measurements, Span window, Instant now, Duration step) {
    if (step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("step " + step + ": longer than nothing");
    }
    var end = now.isBefore(window.to()) ? now : window.to();
    var points = new ArrayList<Point>();
    for (var at = window.from(); at.isBefore(end); at = at.plus(step)) {
      points.add(point(slo, measurements, window, at, now));
    }
    points.add(point(slo, measurements, window, end, now));
    return new BurnDown(slo, window, points);
  }

  private static Point point(
      Slo slo, Measurements measurements, Span window, Instant at, Instant now) {
    var left = Times.nanos(Duration.between(at, window.to()));
    var spent =
        slo.ofTime()
            ? TimeResults.consumedShare(slo, measurements, window, at)
            : EventResults.consumedShare(slo, measurements.events(slo.name()), window, at, now);
    return new Point(at, spent.complement(), left.dividedBy(Times.nanos(window.length())));
  }
}
