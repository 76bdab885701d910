package io.bellwether.charts;

import java.time.Instant;
import java.util.List;

/**
 * One line of a chart.
 *
 * @param name for people; ours, never an outside text
 * @param style the class of its looks
 * @param steps whether a value holds until the next one
 * @param points in order of time
 */
record Line(String name, String style, boolean steps, List<Point> points) {
  /**
   * A value at a moment, with its band.
   *
   * @param at when
   * @param value NaN where nothing is known
   * @param low the band's lower end; NaN where there is no band
   * @param high the band's upper end; may be infinite
   */
  record Point(Instant at, double value, double low, double high) {
    static Point of(Instant at, double value) {
      return new Point(at, value, Double.NaN, Double.NaN);
    }

    static Point unknown(Instant at) {
      return of(at, Double.NaN);
    }

    boolean isKnown() {
      return !Double.isNaN(value);
    }

    boolean hasBand() {
      return !Double.isNaN(low);
    }
  }

  Line {
    points = List.copyOf(points);
  }

  List<Point> known() {
    return points.stream().filter(Point::isKnown).toList();
  }
}
