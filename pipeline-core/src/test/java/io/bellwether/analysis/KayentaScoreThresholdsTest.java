package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaResult.Verdict.FAIL;
import static io.bellwether.analysis.KayentaResult.Verdict.MARGINAL;
import static io.bellwether.analysis.KayentaResult.Verdict.PASS;
import static io.bellwether.analysis.KayentaScoreThresholds.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class KayentaScoreThresholdsTest {
  private static final KayentaScoreThresholds DEFAULTS = KayentaScoreThresholds.defaults();

  @Test
  void a_score_at_a_threshold_has_reached_it() {
    assertThat(DEFAULTS.classify(95)).isEqualTo(PASS);
    assertThat(DEFAULTS.classify(94.99)).isEqualTo(MARGINAL);
    assertThat(DEFAULTS.classify(75)).isEqualTo(MARGINAL);
    assertThat(DEFAULTS.classify(74.99)).isEqualTo(FAIL);
  }

  @Test
  void a_run_ends_at_the_marginal_score_itself() {
    assertThat(DEFAULTS.stopsRun(75)).isTrue();
    assertThat(DEFAULTS.stopsRun(75.01)).isFalse();
    assertThat(DEFAULTS.passesRun(75.01)).isFalse();
    assertThat(DEFAULTS.passesRun(95)).isTrue();
    assertThat(new KayentaScoreThresholds(60, 60).passesRun(60)).isFalse();
  }

  @Test
  void without_thresholds_everything_passes() {
    var none = new KayentaScoreThresholds(NONE, NONE);
    assertThat(none.classify(0)).isEqualTo(PASS);
    assertThat(none.stopsRun(0)).isFalse();
    assertThat(none.passesRun(0)).isTrue();
    assertThat(none).hasToString("pass none, marginal none");
    assertThat(new KayentaScoreThresholds(NONE, 50).passesRun(50)).isFalse();
    assertThat(new KayentaScoreThresholds(NONE, 50).passesRun(50.01)).isTrue();
  }

  @Test
  void thresholds_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new KayentaScoreThresholds(101, Double.NaN))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            score thresholds has 2 problems:
              - pass is 101.0, expected a score from 0 to 100
              - marginal is NaN, expected a score from 0 to 100""");
    assertThatThrownBy(() -> new KayentaScoreThresholds(75, 95))
        .hasMessageContaining("marginal 95.0 is above pass 75.0; swap them");
  }
}
