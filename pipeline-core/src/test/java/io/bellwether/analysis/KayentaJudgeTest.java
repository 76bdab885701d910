package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaClassification.ERROR;
import static io.bellwether.analysis.KayentaClassification.HIGH;
import static io.bellwether.analysis.KayentaClassification.LOW;
import static io.bellwether.analysis.KayentaClassification.NODATA;
import static io.bellwether.analysis.KayentaClassification.NODATA_FAIL_METRIC;
import static io.bellwether.analysis.KayentaClassification.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.analysis.KayentaEffectSize.Measure;
import io.bellwether.analysis.KayentaMetric.Direction;
import io.bellwether.analysis.KayentaMetric.NanStrategy;
import io.bellwether.analysis.KayentaResult.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class KayentaJudgeTest {
  private static final double NAN = Double.NaN;
  private static final double[] BASELINE = Points.normal(1, 60, 100, 5);
  private static final double[] SAME = Points.normal(2, 60, 100, 5);
  private static final double[] WORSE = Points.normal(3, 60, 110, 5);

  @Test
  void a_whole_analysis_explains_itself() {
    var judge =
        KayentaJudge.create(
            c ->
                c.metric("errors", m -> m.groups("errors").direction(Direction.INCREASE))
                    .metric("latency", m -> m.groups("latency").direction(Direction.INCREASE))
                    .groupWeight("errors", 60)
                    .groupWeight("latency", 40));
    var result =
        judge.judge(
            List.of(
                KayentaSamples.of("errors").baseline(BASELINE).canary(SAME),
                KayentaSamples.of("latency").baseline(BASELINE).canary(WORSE)));
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.passed()).isFalse();
    assertThat(result.score()).isEqualTo(60);
    assertThat(result.notPassed()).hasSize(1);
    assertThat(result.notPassed().get(0).ratio()).isCloseTo(1.1, within(0.02));
    assertThat(result.toString())
        .matches(
            "Fail: score 60 \\(pass 95, marginal 75\\), 1 of 2 metrics passed; latency is High:"
                + " canary minus baseline is [0-9.]+ to [0-9.]+, estimate [0-9.]+ \\(98% interval,"
                + " tolerance [0-9.]+\\), meanRatio 1\\.[0-9]+; 60 canary and 60 baseline points");
    assertThat(judge).hasToString("Kayenta judge of errors, latency; pass 95, marginal 75");
  }

  @Test
  void only_the_direction_asked_for_counts() {
    var better = Points.normal(3, 60, 90, 5);
    assertThat(label(m -> m.direction(Direction.INCREASE), BASELINE, WORSE)).isEqualTo(HIGH);
    assertThat(label(m -> m.direction(Direction.DECREASE), BASELINE, WORSE)).isEqualTo(PASS);
    assertThat(label(m -> m.direction(Direction.INCREASE), BASELINE, better)).isEqualTo(PASS);
    assertThat(label(m -> m.direction(Direction.DECREASE), BASELINE, better)).isEqualTo(LOW);
    assertThat(label(m -> m, BASELINE, better)).isEqualTo(LOW);
  }

  @Test
  void a_certain_difference_below_the_allowed_effect_passes() {
    var ratio = KayentaEffectSize.of(Measure.MEAN_RATIO);
    var chance = KayentaEffectSize.of(Measure.CLES);
    assertThat(label(m -> m.effectSize(ratio.withAllowedIncrease(1.5)), BASELINE, WORSE))
        .isEqualTo(PASS);
    assertThat(label(m -> m.effectSize(ratio.withAllowedIncrease(1.05)), BASELINE, WORSE))
        .isEqualTo(HIGH);
    assertThat(label(m -> m.effectSize(chance.withAllowedIncrease(0.99)), BASELINE, WORSE))
        .isEqualTo(PASS);
    assertThat(label(m -> m.effectSize(chance.withAllowedIncrease(0.8)), BASELINE, WORSE))
        .isEqualTo(HIGH);
  }

  @Test
  void an_effect_exactly_at_a_threshold_has_reached_it() {
    var four = Points.constant(6, 4);
    var two = Points.constant(6, 2);
    var ratio = KayentaEffectSize.of(Measure.MEAN_RATIO);
    assertThat(label(m -> m.effectSize(ratio.withAllowedIncrease(2)), two, four)).isEqualTo(HIGH);
    assertThat(label(m -> m.effectSize(ratio.withAllowedDecrease(0.5)), four, two)).isEqualTo(LOW);
    assertThat(label(m -> m.effectSize(ratio.withAllowedIncrease(2.01)), two, four))
        .isEqualTo(PASS);
  }

  @Test
  void a_critical_metric_fails_the_analysis_from_its_critical_effect_on() {
    var sizes = KayentaEffectSize.of(Measure.MEAN_RATIO);
    var mild = judgeOne(m -> critical(m, sizes.withCriticalIncrease(2)), BASELINE, WORSE);
    assertThat(mild.metrics().get(0).critical()).isFalse();
    assertThat(mild.reason()).isEqualTo("0 of 1 metrics passed");
    var grave = judgeOne(m -> critical(m, sizes.withCriticalIncrease(1.05)), BASELINE, WORSE);
    assertThat(grave.metrics().get(0).critical()).isTrue();
    assertThat(grave.reason()).isEqualTo("because the critical metric one did not pass");
  }

  @Test
  void constant_arms_are_told_apart_and_the_same_each_time() {
    var ten = Points.constant(10, 10);
    assertThat(label(m -> m, Points.constant(10, 1), ten)).isEqualTo(HIGH);
    assertThat(label(m -> m, ten, Points.constant(10, 1))).isEqualTo(LOW);
    assertThat(label(m -> m, Points.constant(10, 0), ten)).isEqualTo(HIGH);
    assertThat(label(m -> m, Points.constant(7, 10), ten)).isEqualTo(PASS);
    assertThat(judgeOne(m -> m, Points.constant(9, 1), ten))
        .isEqualTo(judgeOne(m -> m, Points.constant(9, 1), ten));
    assertThat(judgeOne(m -> m, Points.constant(10, 1), ten).metrics().get(0).ratio())
        .isEqualTo(10);
  }

  /** A limit of Kayenta: twice a negative mean is less, and its ratio says more. */
  @Test
  void the_ratio_of_negative_means_hides_a_fall_that_the_share_of_pairs_shows() {
    var above = Points.normal(6, 60, -3, 0.5);
    var below = Points.normal(7, 60, -6, 0.5);
    assertThat(label(m -> m, above, below)).isEqualTo(PASS);
    assertThat(label(m -> m.effectSize(KayentaEffectSize.of(Measure.CLES)), above, below))
        .isEqualTo(LOW);
  }

  @Test
  void arms_without_points_follow_the_rules_for_missing_data() {
    for (var empty : new double[][] {{}, {NAN, NAN, NAN}}) {
      assertThat(label(m -> m, BASELINE, empty)).isEqualTo(NODATA);
      assertThat(label(m -> m, empty, BASELINE)).isEqualTo(NODATA);
      assertThat(label(m -> m.mustHaveData(true), BASELINE, empty)).isEqualTo(NODATA_FAIL_METRIC);
      var both = judgeOne(m -> m.mustHaveData(true).critical(true), BASELINE, empty);
      assertThat(both.metrics().get(0).classification()).isEqualTo(NODATA);
      assertThat(both.metrics().get(0).critical()).isTrue();
      assertThat(both.score()).isZero();
    }
    assertThat(label(m -> m.nanStrategy(NanStrategy.REPLACE), BASELINE, new double[0]))
        .isEqualTo(PASS);
  }

  @Test
  void replaced_points_are_zeros_that_are_compared() {
    var silent = Points.constant(60, NAN);
    assertThat(label(m -> m.nanStrategy(NanStrategy.REPLACE), BASELINE, silent)).isEqualTo(LOW);
    assertThat(label(m -> m.nanStrategy(NanStrategy.REPLACE), silent, silent)).isEqualTo(PASS);
  }

  @Test
  void outliers_are_left_out_after_missing_points_were_handled() {
    var spiked = WORSE.clone();
    spiked[3] = 1e9;
    spiked[4] = NAN;
    var result = judgeOne(m -> m.outliers(KayentaOutliers.remove(3)), BASELINE, spiked);
    var canary = result.metrics().get(0).canary();
    assertThat(canary.count()).isLessThan(59);
    assertThat(canary.max()).isLessThan(200);
  }

  @Test
  void what_cannot_be_tested_is_an_error_and_shows_up_as_one() {
    for (var arms :
        new double[][][] {
          {{1}, {5}},
          {{0, 0, 0}, {5}},
          {{1, 2, 3}, {1, 2, Double.POSITIVE_INFINITY}},
          {{Double.NEGATIVE_INFINITY, 1, 2}, {1, 2, 3}}
        }) {
      var result = judgeOne(m -> m.critical(true), arms[0], arms[1]);
      assertThat(result.errors()).hasSize(1);
      assertThat(result.metrics().get(0).classification()).isEqualTo(ERROR);
      assertThat(result.score()).isEqualTo(100);
      assertThat(result.toString())
          .startsWith(
              "Pass: score 100 (pass 95, marginal 75), 0 of 1 metrics passed; one is Error:");
    }
  }

  @Test
  void several_samples_of_a_metric_count_as_a_metric_each() {
    var judge = KayentaJudge.create(c -> c.metric("one", m -> m.groups("g")));
    var result =
        judge.judge(
            List.of(
                KayentaSamples.of("one").baseline(BASELINE).canary(SAME),
                KayentaSamples.of("one").baseline(BASELINE).canary(WORSE)));
    assertThat(result.score()).isEqualTo(50);
  }

  @Test
  void samples_that_do_not_fit_the_configuration_are_refused() {
    var judge = KayentaJudge.create(c -> c.metric("errors", m -> m));
    assertThatThrownBy(() -> judge.judge(List.of(KayentaSamples.of("eror"))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            samples for the Kayenta judge has 2 problems:
              - 'eror' is no metric of the configuration [errors]
              - metric 'errors' has no samples; where its source had none, hand in \
            KayentaSamples.of("errors")""");
  }

  @Test
  void samples_do_not_change_after_they_were_handed_in() {
    var points = new double[] {1, 2, 3};
    var samples = KayentaSamples.of("one").baseline(points).canary(points);
    points[0] = 99;
    samples.canary()[1] = 99;
    assertThat(samples)
        .isEqualTo(KayentaSamples.of("one").baseline(1, 2, 3).canary(1, 2, 3))
        .hasToString("one: 3 baseline and 3 canary points");
  }

  @Test
  void the_mean_classifier_counts_any_difference() {
    var judge =
        KayentaJudge.create(
            c -> c.metric("one", m -> m.groups("g")).classifier(KayentaClassifier.MEAN_INEQUALITY));
    var close = KayentaSamples.of("one").baseline(1, 2, 3).canary(1, 2, 3.001);
    assertThat(judge.judge(List.of(close)).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(label(m -> m, new double[] {1, 2, 3}, new double[] {1, 2, 3.001})).isEqualTo(PASS);
  }

  /**
   * A limit of Kayenta: the search for the interval stops within 1e-4 of the metric's unit, so the
   * same difference counts in one unit and vanishes in a unit a million times as large.
   */
  @Test
  void a_difference_below_the_search_tolerance_is_invisible() {
    for (var factor : new double[] {1e3, 1, 1e-2, 1e-4, 1e-5}) {
      assertThat(label(m -> m, Points.times(BASELINE, factor), Points.times(WORSE, factor)))
          .as("times %s", factor)
          .isEqualTo(HIGH);
    }
    for (var factor : new double[] {1e-6, 1e-7}) {
      assertThat(label(m -> m, Points.times(BASELINE, factor), Points.times(WORSE, factor)))
          .as("times %s", factor)
          .isEqualTo(PASS);
    }
  }

  @Test
  void a_thousand_points_in_each_arm_take_less_than_a_second() {
    var result =
        Assertions.assertTimeout(
            Duration.ofSeconds(1),
            () ->
                judgeOne(
                    m -> m.outliers(KayentaOutliers.remove(3)),
                    Points.normal(4, 1_000, 100, 5),
                    Points.normal(5, 1_000, 101, 5)));
    assertThat(result.metrics().get(0).classification()).isEqualTo(HIGH);
  }

  private static KayentaMetric.Builder critical(
      KayentaMetric.Builder metric, KayentaEffectSize sizes) {
    return metric.critical(true).effectSize(sizes);
  }

  private static KayentaClassification label(
      UnaryOperator<KayentaMetric.Builder> rules, double[] baseline, double[] canary) {
    return judgeOne(rules, baseline, canary).metrics().get(0).classification();
  }

  private static KayentaResult judgeOne(
      UnaryOperator<KayentaMetric.Builder> rules, double[] baseline, double[] canary) {
    return KayentaJudge.create(c -> c.metric("one", m -> rules.apply(m.groups("g"))))
        .judge(List.of(KayentaSamples.of("one").baseline(baseline).canary(canary)));
  }
}
