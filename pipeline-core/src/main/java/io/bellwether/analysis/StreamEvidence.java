package io.bellwether.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * What is known about one stream of outcomes.
 *
 * @param stream its name
 * @param eValue the evidence that the candidate is worse by more than the tolerance; NaN from a
 *     judge that has none
 * @param safety the evidence that it is not worse by the harm bound; NaN from a judge that has none
 * @param candidate the candidate's rate
 * @param stable the stable version's rate over the same blocks
 */
public record StreamEvidence(
    String stream, double eValue, double safety, RateInterval candidate, RateInterval stable) {

  /** Without a formatter, which would cost more than the block: every check has its words. */
  static String plain(double value) {
    if (!(value < 1e6)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    var decimals = value < 10 ? 2 : 0;
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** For example {@code errors 4.1% (3–5.6%) against 1% (0.9–1.2%), e-value 140}. */
  @Override
  public String toString() {
    var text = stream + " " + candidate + " against " + stable;
    return Double.isNaN(eValue) ? text : text + ", e-value " + plain(eValue);
  }
}
