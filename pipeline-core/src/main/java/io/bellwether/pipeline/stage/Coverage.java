package io.bellwether.pipeline.stage;

import io.bellwether.BellwetherException;
import io.bellwether.Ratio;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many lines tests have run.
 *
 * @param covered lines that were run
 * @param total lines that could have been
 */
public record Coverage(long covered, long total) {
  /** Nothing at all. */
  static final Coverage NONE = new Coverage(0, 0);

  /** Refuses counts that cannot be. */
  public Coverage {
    if (covered < 0 || total < covered) {
      throw new IllegalArgumentException("coverage: " + covered + " of " + total + " lines");
    }
  }

  /**
   * Reads a report: JaCoCo's XML, LCOV, or the {@code coverage-summary.json} of JavaScript tools;
   * told apart by their content.
   *
   * @throws BellwetherException if it cannot be read or is none of them
   */
  public static Coverage read(Path report) {
    try {
      var text = Files.readString(report);
      var start = text.stripLeading();
      if (start.startsWith("<")) {
        return CoverageFormats.jacoco(report, text);
      }
      return start.startsWith("{")
          ? CoverageFormats.summary(report, text)
          : CoverageFormats.lcov(report, text);
    } catch (IOException e) {
      throw new BellwetherException(
          "coverage report " + report + " cannot be read: " + e + "; did the tests run?", e);
    }
  }

  /** Both together. */
  public Coverage plus(Coverage other) {
    return new Coverage(covered + other.covered, total + other.total);
  }

  /** Whether at least this share is covered, decided exactly; never without a line. */
  public boolean isAtLeast(Ratio share) {
    var needed = share.exact().multiply(BigDecimal.valueOf(total));
    return total > 0 && BigDecimal.valueOf(covered).compareTo(needed) >= 0;
  }

  /** For example {@code 83.2% (416 of 500 lines)}. */
  @Override
  public String toString() {
    var share = total == 0 ? "n/a" : Ratio.format((double) covered / total);
    return share + " (" + covered + " of " + total + " lines)";
  }
}
