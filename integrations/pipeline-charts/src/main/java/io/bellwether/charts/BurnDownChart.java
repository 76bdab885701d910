package io.bellwether.charts;

import io.bellwether.BellwetherException;
import io.bellwether.slo.BurnDown;
import io.bellwether.slo.BurnDown.Point;
import io.bellwether.slo.Fraction;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws a burn-down: what was left of the budget over time, the ideal line that reaches nothing at
 * the window's end, and the line of nothing left. What is overspent is drawn below it, and nothing
 * is drawn before anything was measured. Immutable and thread-safe.
 */
public final class BurnDownChart {
  static final Color LEFT = new Color(0x1F, 0x6F, 0xB4);
  static final Color IDEAL = new Color(0x8C, 0x8C, 0x8C);
  static final Color NOTHING = new Color(0xC6, 0x28, 0x28);

  private static final int SMALLEST = 200;
  private static final int LARGEST = 10_000;

  private final int width;
  private final int height;
  private final ZoneId zone;

  private BurnDownChart(int width, int height, ZoneId zone) {
    this.width = width;
    this.height = height;
    this.zone = zone;
  }

  /** A chart of 960 by 480 points with its days in UTC. */
  public static BurnDownChart create() {
    return new BurnDownChart(960, 480, ZoneOffset.UTC);
  }

  /**
   * The same in another size.
   *
   * @throws IllegalArgumentException if a side is below 200 or above 10,000 points
   */
  public BurnDownChart size(int width, int height) {
    if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
      throw new IllegalArgumentException(
          "size " + width + " x " + height + ": each side from " + SMALLEST + " to " + LARGEST);
    }
    return new BurnDownChart(width, height, zone);
  }

  /** The same with the days of another time zone. */
  public BurnDownChart zone(ZoneId zone) {
    return new BurnDownChart(width, height, zone);
  }

  /** The picture as a PNG file's bytes. */
  public byte[] png(BurnDown burnDown) {
    try {
      return BitmapEncoder.getBitmapBytes(chart(burnDown), BitmapFormat.PNG);
    } catch (IOException e) {
      throw new BellwetherException("the burn-down could not be drawn: " + e, e);
    }
  }

  /**
   * Writes the picture into a file, in place of what was there.
   *
   * @throws BellwetherException if it could not be written
   */
  public void write(BurnDown burnDown, Path file) {
    var bytes = png(burnDown);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new BellwetherException(
          "burn-down chart "
              + file
              + " could not be written: "
              + e
              + "; see to the disk and its rights",
          e);
    }
  }

  private XYChart chart(BurnDown burnDown) {
    var chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title("Error budget of " + burnDown.slo().name())
            .yAxisTitle("left, %")
            .build();
    var style = chart.getStyler();
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLocale(Locale.ENGLISH);
    style.setTimezone(TimeZone.getTimeZone(zone));
    style.setDatePattern("MMM d");
    style.setChartBackgroundColor(Color.WHITE);
    style.setYAxisMax(100.0);
    style.setYAxisMin(lowest(burnDown));
    var known = burnDown.points().stream().filter(p -> p.remaining().isPresent()).toList();
    if (known.isEmpty()) {
      chart.setTitle(chart.getTitle() + ": nothing measured");
    } else {
      add(chart, "budget left", known, BurnDownChart::left, LEFT, 2.5f);
    }
    line(chart, "ideal", burnDown, 100, 0, IDEAL);
    line(chart, "nothing left", burnDown, 0, 0, NOTHING);
    return chart;
  }

  private static void add(
      XYChart chart,
      String name,
      List<Point> points,
      ToDoubleFunction<Point> share,
      Color color,
      float stroke) {
    var times = points.stream().map(point -> Date.from(point.at())).toList();
    var percents = points.stream().map(point -> 100 * share.applyAsDouble(point)).toList();
    var series = chart.addSeries(name, times, percents);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(stroke));
  }

  private static void line(
      XYChart chart, String name, BurnDown burnDown, double from, double to, Color color) {
    var times = List.of(Date.from(burnDown.window().from()), Date.from(burnDown.window().to()));
    var series = chart.addSeries(name, times, List.of(from, to));
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0));
  }

  /** In what is not known nothing is drawn, and nothing is lowest. */
  private static double left(Point point) {
    return point.remaining().map(Fraction::value).orElse(1.0);
  }

  private static double lowest(BurnDown burnDown) {
    return Math.min(
        -5,
        5
            * Math.floor(
                20 * burnDown.points().stream().mapToDouble(BurnDownChart::left).min().orElse(0)));
  }
}
