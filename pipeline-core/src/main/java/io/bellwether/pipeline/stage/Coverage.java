package io.bellwether.pipeline.stage;

import io.bellwether.BellwetherException;
import io.bellwether.Ratio;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many lines tests have run.
 *
 * @param covered lines that were run
 * @param total lines that could have been
 */
public record Coverage(long covered, long total) {
  private static final long LARGEST = 64L << 20;

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
   * told apart by their content. UTF-8, at most 64 MiB.
   *
   * @throws BellwetherException if it cannot be read, is larger, is cut off or is none of them
   */
  public static Coverage read(Path report) {
    try {
      var bytes = Files.size(report);
      if (bytes > LARGEST) {
        throw new BellwetherException(
            "coverage report "
                + report
                + " has "
                + bytes
                + " bytes, expected at most "
                + LARGEST
                + "; let the tool write one for each module");
      }
      var read = Files.readString(report);
      var text = read.startsWith("\uFEFF") ? read.substring(1) : read;
      var start = text.stripLeading();
      if (start.startsWith("<")) {
        return CoverageFormats.jacoco(report, text);
      }
      return start.startsWith("{")
          ? CoverageFormats.summary(report, text)
          : CoverageFormats.lcov(report, text);
    } catch (CharacterCodingException e) {
      throw new BellwetherException("coverage report " + report + " is not in UTF-8", e);
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
