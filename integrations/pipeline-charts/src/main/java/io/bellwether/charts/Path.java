package io.bellwether.charts;

import io.bellwether.charts.Line.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A line in the coordinates of its chart, and the band around it. */
final class Path {
  private final TimeChart chart;
  private final Line line;

  Path(TimeChart chart, Line line) {
    this.chart = chart;
    this.line = line;
  }

  String line() {
    var out = new Markup();
    for (var part : parts()) {
      if (part.size() == 1) {
        var only = part.get(0);
        out.shape(
            "circle",
            "class",
            "dot " + line.style(),
            "cx",
            TimeChart.plain(chart.x(only.at())),
            "cy",
            TimeChart.plain(chart.y(only.value())),
            "r",
            "3");
      } else {
        out.shape("path", "class", "line " + line.style(), "d", through(part, Point::value));
      }
    }
    return out.toString();
  }

  String bands() {
    var out = new Markup();
    for (var part : parts()) {
      if (part.size() > 1 && part.stream().allMatch(Point::hasBand)) {
        var back = new ArrayList<>(part);
        Collections.reverse(back);
        out.shape(
            "path",
            "class",
            "band " + line.style(),
            "d",
            through(part, Point::high) + through(back, Point::low).replace('M', 'L') + "Z");
      }
    }
    return out.toString();
  }

  /** The line is broken where nothing is known. */
  private List<List<Point>> parts() {
    var parts = new ArrayList<List<Point>>();
    var part = new ArrayList<Point>();
    for (var point : line.points()) {
      if (point.isKnown()) {
        part.add(point);
      } else if (!part.isEmpty()) {
        parts.add(part);
        part = new ArrayList<>();
      }
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  private String through(List<Point> points, ToDoubleFunction<Point> value) {
    var path = new StringBuilder();
    for (var point : points) {
      var x = TimeChart.plain(chart.x(point.at()));
      if (line.steps() && !path.isEmpty()) {
        path.append('H').append(x);
      }
      path.append(path.isEmpty() ? 'M' : 'L').append(x).append(' ');
      path.append(TimeChart.plain(chart.y(value.applyAsDouble(point))));
    }
    return path.toString();
  }
}
