package io.bellwether.charts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines over time as SVG, without colors of its own: classes name them, so that the page's style
 * sheet fits them to a light or a dark screen.
 *
 * @param id unique on the page
 * @param title what it shows
 * @param time the level axis
 * @param values the upright axis
 * @param lines drawn in this order
 * @param limits levels across
 * @param waits times in which the rollout was held
 */
record TimeChart(
    String id,
    String title,
    TimeAxis time,
    ValueAxis values,
    List<Line> lines,
    List<Limit> limits,
    List<Wait> waits) {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 210;
  private static final int LEFT = 62;
  private static final int RIGHT = WIDTH - 10;
  private static final int TOP = 12;
  private static final int BOTTOM = HEIGHT - 26;

  /**
   * A time in which the rollout was held.
   *
   * @param from its beginning
   * @param to its end
   */
  record Wait(Instant from, Instant to) {}

  /** The drawing, with a title and a description for who cannot see it. */
  String svg() {
    var out = new Markup();
    out.open(
        "svg",
        "class",
        "chart",
        "role",
        "img",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "aria-labelledby",
        id + "-t " + id + "-d");
    out.element("title", title, "id", id + "-t").element("desc", describe(), "id", id + "-d");
    out.open("clipPath", "id", id + "-c");
    rectangle(out, "", LEFT, TOP - 2, RIGHT - LEFT, BOTTOM - TOP + 4);
    out.close();
    waits.forEach(wait -> shade(out, wait));
    grid(out);
    out.open("g", "clip-path", "url(#" + id + "-c)");
    lines.forEach(line -> out.add(new Path(this, line).bands()));
    limits.forEach(limit -> level(out, limit.value(), "limit"));
    lines.forEach(line -> out.add(new Path(this, line).line()));
    return out.close().close().toString();
  }

  private void shade(Markup out, Wait wait) {
    var from = x(wait.from());
    rectangle(out, "wait", from, TOP, Math.max(1, x(wait.to()) - from), BOTTOM - TOP);
  }

  private static void rectangle(
      Markup out, String style, double x, double y, double width, double height) {
    out.shape(
        "rect",
        "class",
        style,
        "x",
        plain(x),
        "y",
        plain(y),
        "width",
        plain(width),
        "height",
        plain(height));
  }

  private void grid(Markup out) {
    for (var tick : values.ticks()) {
      level(out, tick, "grid");
      label(out, LEFT - 6, y(tick) + 4, "end", values.words(tick));
    }
    for (var tick : time.ticks()) {
      var at = x(tick);
      out.shape("path", "class", "tick", "d", "M" + plain(at) + " " + BOTTOM + "v4");
      label(out, at, BOTTOM + 18, at > RIGHT - 20 ? "end" : "middle", time.words(tick));
    }
  }

  private void level(Markup out, double value, String style) {
    out.shape("path", "class", style, "d", "M" + LEFT + " " + plain(y(value)) + "H" + RIGHT);
  }

  private static void label(Markup out, double x, double y, String anchor, String words) {
    out.element("text", words, "x", plain(x), "y", plain(y), "text-anchor", anchor);
  }

  double x(Instant at) {
    return LEFT + time.share(at) * (RIGHT - LEFT);
  }

  double y(double value) {
    return BOTTOM - values.share(value) * (BOTTOM - TOP);
  }

  static String plain(double coordinate) {
    return new BigDecimal(coordinate)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** What there is to see, in words. */
  String describe() {
    var seen = lines.stream().map(this::describe).collect(Collectors.joining(" "));
    var levels =
        limits.stream()
            .map(limit -> " Limit: " + limit.words() + ".")
            .collect(Collectors.joining());
    var held =
        waits.isEmpty()
            ? ""
            : " Held "
                + (waits.size() == 1 ? "once" : waits.size() + " times")
                + ", shaded in the background.";
    return (seen.isEmpty() ? "Nothing was measured." : seen) + levels + held;
  }

  private String describe(Line line) {
    var known = line.known();
    if (known.isEmpty()) {
      return line.name() + ": nothing was measured.";
    }
    var figures = known.stream().mapToDouble(Line.Point::value).summaryStatistics();
    return line.name()
        + ": "
        + values.words(known.get(known.size() - 1).value())
        + " at the end, from "
        + values.words(figures.getMin())
        + " to "
        + values.words(figures.getMax())
        + ".";
  }
}
