package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds whatever the points are, over random arms. */
class KayentaLawsTest {
  private static final KayentaMetric METRIC = KayentaMetric.builder("one").build();
  private static final int CASES = 1_000;

  @Test
  void the_order_of_the_points_never_matters() {
    for (var number = 0; number < CASES; number++) {
      var arms = new Arms(number);
      var random = new Random(number);
      assertThat(
              finding(Points.shuffled(random, arms.baseline), Points.shuffled(random, arms.canary)))
          .as("case %d", number)
          .isEqualTo(finding(arms.baseline, arms.canary));
    }
  }

  @Test
  void raising_both_arms_alike_never_changes_the_label() {
    for (var number = 0; number < CASES; number++) {
      var arms = new Arms(number);
      var by = 16 * (number % 50);
      var raised = finding(Points.plus(arms.baseline, by), Points.plus(arms.canary, by));
      var finding = finding(arms.baseline, arms.canary);
      assertThat(raised.shift()).as("case %d", number).isEqualTo(finding.shift());
      assertThat(raised.classification()).as("case %d", number).isEqualTo(finding.classification());
    }
  }

  /**
   * Swapped arms have the mirrored interval. Where the statistic is 0 over a whole stretch, the
   * estimate is taken from the other end of it; a label fails to mirror only when the interval's
   * nearer bound lies between a quarter of the one and of the other.
   */
  @Test
  void swapping_the_arms_mirrors_high_and_low() {
    var notPassed = 0;
    var torn = 0;
    for (var number = 0; number < CASES; number++) {
      var arms = new Arms(number);
      var finding = finding(arms.baseline, arms.canary);
      var swapped = finding(arms.canary, arms.baseline);
      assertThat(finding.shift().low()).as("case %d", number).isEqualTo(-swapped.shift().high());
      assertThat(finding.shift().high()).as("case %d", number).isEqualTo(-swapped.shift().low());
      if (swapped.classification() != mirror(finding.classification())) {
        torn++;
        assertThat(nearerBound(finding.shift()))
            .as("case %d", number)
            .isBetween(
                Math.min(tolerance(finding), tolerance(swapped)),
                Math.max(tolerance(finding), tolerance(swapped)));
      }
      notPassed += finding.classification() == KayentaClassification.PASS ? 0 : 1;
    }
    assertThat(torn).isLessThan(CASES / 100);
    assertThat(notPassed).isBetween(CASES / 10, CASES * 9 / 10);
  }

  private static double nearerBound(KayentaShift shift) {
    return Math.min(Math.abs(shift.low()), Math.abs(shift.high()));
  }

  private static double tolerance(KayentaFinding finding) {
    return KayentaJudge.TOLERANCE * Math.abs(finding.shift().estimate());
  }

  private static KayentaFinding finding(double[] baseline, double[] canary) {
    return KayentaClassifier.MANN_WHITNEY.classify(METRIC, baseline, canary);
  }

  private static KayentaClassification mirror(KayentaClassification classification) {
    return switch (classification) {
      case HIGH -> KayentaClassification.LOW;
      case LOW -> KayentaClassification.HIGH;
      case PASS, NODATA, NODATA_FAIL_METRIC, ERROR -> classification;
    };
  }

  /** Two arms that differ by a random shift, or not at all. */
  private static final class Arms {
    private final double[] baseline;
    private final double[] canary;

    private Arms(int number) {
      var random = new Random(number);
      baseline = Points.eighths(random, 5 + random.nextInt(56), 100, 2);
      canary = Points.eighths(random, 5 + random.nextInt(56), 98 + random.nextInt(5), 2);
    }
  }
}
