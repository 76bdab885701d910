package io.bellwether.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a budget went down over its window, beside the ideal line that reaches nothing exactly at its
 * end. Immutable and thread-safe.
 *
 * @param slo whose budget
 * @param window over which time
 * @param points from the window's start up to now, in that order
 */
public record BurnDown(Slo slo, Span window, List<Point> points) {
  private static final int MOST_POINTS = 10_000;

  /**
   * A moment of it.
   *
   * @param at when
   * @param remaining the share of the budget that was left; negative when overspent, empty before
   *     anything was measured; what is not measured later spends nothing
   * @param ideal the share of the window that was left
   */
  public record Point(Instant at, Optional<Fraction> remaining, Fraction ideal) {}

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
   * @throws IllegalArgumentException if the step is not positive, or makes more than 10,000 points
   */
  public static BurnDown of(
      Slo slo, Measurements measurements, Span window, Instant now, Duration step) {
    if (step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("step " + step + ": longer than nothing");
    }
    var end = now.isBefore(window.to()) ? now : window.to();
    var steps = Times.nanos(Duration.between(window.from(), end)).dividedBy(Times.nanos(step));
    if (steps.isAbove(Fraction.of(MOST_POINTS))) {
      throw new IllegalArgumentException(
          "step "
              + step
              + ": would make "
              + steps.floor()
              + " points, at most "
              + MOST_POINTS
              + " are drawn; take a longer step");
    }
    var points = new ArrayList<Point>();
    for (var at = window.from(); at.isBefore(end); at = at.plus(step)) {
      points.add(point(slo, measurements, window, at, now, step));
    }
    points.add(point(slo, measurements, window, end, now, step));
    return new BurnDown(slo, window, points);
  }

  private static Point point(
      Slo slo, Measurements measurements, Span window, Instant at, Instant now, Duration step) {
    var left = Times.nanos(Duration.between(at, window.to()));
    var spent =
        slo.ofTime()
            ? TimeResults.consumedShare(slo, measurements, window, at, step)
            : EventResults.consumedShare(slo, measurements.events(slo), window, at, now);
    return new Point(
        at, spent.map(Fraction::complement), left.dividedBy(Times.nanos(window.length())));
  }
}
