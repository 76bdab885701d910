package io.bellwether.analysis;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of unknown unit for people. */
final class KayentaNumbers {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private KayentaNumbers() {}

  /**
   * Four significant digits without an exponent up to a million; {@code n/a} if it is no number.
   */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return "n/a";
    }
    if (value == 0) {
      return "0";
    }
    var rounded = new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros();
    var magnitude = rounded.precision() - rounded.scale();
    return magnitude > 7 || magnitude < -5 ? rounded.toString() : rounded.toPlainString();
  }
}
