package io.bellwether.charts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The upright axis of a chart.
 *
 * @param low the value at the bottom
 * @param high the value at the top
 * @param logarithmic whether equal factors are equally far apart
 * @param unit how its values are written
 */
record ValueAxis(double low, double high, boolean logarithmic, Unit unit) {
  private static final int MOST_TICKS = 5;

  /** How values are written. */
  enum Unit {
    /** A share of one, as a percentage. */
    SHARE,
    /** Milliseconds. */
    MILLIS,
    /** A number. */
    NUMBER
  }

  /** From nothing up to a round number at or above this one. */
  static ValueAxis upTo(double most, Unit unit) {
    var top = most > 0 && Double.isFinite(most) ? most : unit == Unit.SHARE ? 0.01 : 1;
    var step = step(top);
    return new ValueAxis(0, Math.ceil(top / step - 1e-9) * step, false, unit);
  }

  /** From these values' round surroundings, which need not begin at nothing. */
  static ValueAxis around(double least, double most, Unit unit) {
    if (least >= 0 && least <= most / 2) {
      return upTo(most * 1.1, unit);
    }
    var margin = least == most ? Math.max(Math.abs(least) / 10, 1e-3) : (most - least) / 10;
    var step = step(most - least + 2 * margin);
    var top = Math.ceil((most + margin) / step - 1e-9) * step;
    var isShare = unit == Unit.SHARE && most <= 1;
    return new ValueAxis(
        Math.floor((least - margin) / step) * step, isShare ? Math.min(1, top) : top, false, unit);
  }

  /** Whole powers of ten around these values. */
  static ValueAxis powers(double least, double most) {
    var low = Math.floor(Math.log10(least));
    var high = Math.max(low + 1, Math.ceil(Math.log10(most)));
    return new ValueAxis(Math.pow(10, low), Math.pow(10, high), true, Unit.NUMBER);
  }

  /** 1, 2 or 5 times a power of ten, a few of which fill this. */
  private static double step(double span) {
    var raw = span / MOST_TICKS;
    var power = Math.pow(10, Math.floor(Math.log10(raw)));
    var mantissa = raw / power;
    var round = mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
    return round * power;
  }

  /** How far up a value stands, from 0 to 1; what is beyond the axis stands at its end. */
  double share(double value) {
    var share =
        logarithmic
            ? (Math.log10(Math.max(value, low)) - Math.log10(low))
                / (Math.log10(high) - Math.log10(low))
            : (value - low) / (high - low);
    return Math.max(0, Math.min(1, share));
  }

  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    if (logarithmic) {
      var powers = Math.log10(high) - Math.log10(low);
      var each = Math.max(1, Math.ceil(powers / MOST_TICKS));
      for (var power = Math.log10(low); power <= Math.log10(high) + 1e-9; power += each) {
        ticks.add(Math.pow(10, Math.rint(power)));
      }
      return ticks;
    }
    var step = step(high - low);
    for (var i = 0; low + i * step <= high + step * 1e-6; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** A value for people. */
  String words(double value) {
    if (Double.isNaN(value)) {
      return "n/a";
    }
    return switch (unit) {
      case SHARE -> rounded(value * 100) + "%";
      case MILLIS -> rounded(value) + " ms";
      case NUMBER ->
          Math.abs(value) >= 1e6 || value > 0 && value < 1e-3 ? power(value) : rounded(value);
    };
  }

  private static String power(double value) {
    return String.format(Locale.ROOT, "%.0e", value)
        .replaceAll("e([+-])0*", "e$1")
        .replace("+", "");
  }

  /** Three digits that matter. */
  private static String rounded(double value) {
    if (Double.isInfinite(value)) {
      return "?";
    }
    var exact = new BigDecimal(value);
    var digits = exact.precision() - exact.scale();
    var text =
        exact
            .setScale(Math.max(0, Math.min(4, 3 - digits)), RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    return text.equals("-0") ? "0" : text;
  }
}
