package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaClassification.ERROR;
import static io.bellwether.analysis.KayentaClassification.HIGH;
import static io.bellwether.analysis.KayentaClassification.LOW;
import static io.bellwether.analysis.KayentaClassification.NODATA;
import static io.bellwether.analysis.KayentaClassification.NODATA_FAIL_METRIC;
import static io.bellwether.analysis.KayentaClassification.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.analysis.KayentaResult.GroupScore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KayentaScorerTest {
  private static final KayentaScorer UNWEIGHTED = new KayentaScorer(Map.of());

  @Test
  void a_groups_score_is_the_share_of_its_metrics_that_passed() {
    var score =
        UNWEIGHTED.score(
            List.of(
                result(PASS, "a"),
                result(HIGH, "a"),
                result(LOW, "a"),
                result(PASS, "b"),
                result(NODATA_FAIL_METRIC, "b"),
                result(NODATA, "b"),
                result(ERROR, "b")));
    assertThat(score.groups().get(0).score()).isCloseTo(100 / 3.0, within(1e-12));
    assertThat(score.groups().get(1)).isEqualTo(new GroupScore("b", 50, false, 50));
    assertThat(score.value()).isEqualTo(41.67);
    assertThat(score.reason()).isEqualTo("2 of 7 metrics passed");
  }

  @Test
  void a_group_without_data_shows_nothing_and_counts_in_full() {
    var score =
        UNWEIGHTED.score(List.of(result(PASS, "a"), result(PASS, "a"), result(NODATA, "b")));
    assertThat(score.groups()).contains(new GroupScore("b", 0, true, 50));
    assertThat(score.value()).isEqualTo(100);
  }

  @Test
  void a_metric_counts_in_each_of_its_groups() {
    assertThat(UNWEIGHTED.score(List.of(result(PASS, "a", "b"), result(HIGH, "b"))).value())
        .isEqualTo(75);
  }

  @Test
  void groups_without_a_weight_share_what_is_left_even_when_that_is_less_than_nothing() {
    var results = List.of(result(PASS, "a"), result(HIGH, "b"), result(PASS, "c"));
    assertThat(new KayentaScorer(Map.of("a", 60.0)).score(results).value()).isEqualTo(80);
    var over = new KayentaScorer(Map.of("a", 80.0, "b", 40.0)).score(results);
    assertThat(over.groups()).contains(new GroupScore("c", 100, false, -20));
    assertThat(over.value()).isEqualTo(60);
  }

  @Test
  void one_critical_failure_makes_the_score_nothing() {
    for (var label : KayentaClassification.values()) {
      var score = UNWEIGHTED.score(List.of(result(PASS, "a"), critical(label), result(PASS, "a")));
      assertThat(score.value() == 0).as(label.toString()).isEqualTo(label != PASS);
    }
    assertThat(UNWEIGHTED.score(List.of(critical(HIGH))).reason())
        .isEqualTo("because the critical metric critical one did not pass");
  }

  @Test
  void half_of_the_metrics_without_data_make_the_score_nothing() {
    var half = UNWEIGHTED.score(List.of(result(PASS, "a"), result(NODATA, "a")));
    assertThat(half.value()).isZero();
    assertThat(half.reason()).isEqualTo("because 1 of 2 metrics have no data");
    assertThat(
            UNWEIGHTED
                .score(List.of(result(PASS, "a"), result(PASS, "a"), result(NODATA, "a")))
                .value())
        .isEqualTo(100);
  }

  @Test
  void errors_alone_count_for_nothing_and_so_score_in_full() {
    assertThat(UNWEIGHTED.score(List.of(result(ERROR, "a"))).value()).isEqualTo(100);
  }

  @Test
  void muted_metrics_are_not_looked_at() {
    var muted = KayentaMetric.named("muted one", m -> m.groups("a").muted(true));
    var score = UNWEIGHTED.score(List.of(result(PASS, "a"), result(muted, NODATA, true)));
    assertThat(score.value()).isEqualTo(100);
    assertThat(UNWEIGHTED.score(List.of(result(muted, PASS, false))).value()).isZero();
  }

  @Test
  void a_score_is_rounded_half_up_as_it_prints() {
    var results = List.of(result(PASS, "a"), result(HIGH, "b"));
    assertThat(new KayentaScorer(Map.of("a", 33.335, "b", 66.665)).score(results).value())
        .isEqualTo(33.34);
  }

  private static KayentaMetricResult result(KayentaClassification label, String... groups) {
    return result(KayentaMetric.named("one", m -> m.groups(groups)), label, false);
  }

  private static KayentaMetricResult critical(KayentaClassification label) {
    return result(KayentaMetric.named("critical one", m -> m.groups("c")), label, true);
  }

  private static KayentaMetricResult result(
      KayentaMetric metric, KayentaClassification label, boolean critical) {
    var finding = KayentaFinding.untested(label, "given", 1, critical);
    return KayentaMetricResult.of(metric, finding, new double[0], new double[0]);
  }
}
