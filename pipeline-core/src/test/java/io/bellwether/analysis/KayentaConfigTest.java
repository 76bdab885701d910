package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.analysis.KayentaEffectSize.Measure;
import io.bellwether.analysis.KayentaMetric.Direction;
import io.bellwether.analysis.KayentaMetric.NanStrategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class KayentaConfigTest {
  @Test
  void what_is_left_out_is_kayentas_default() {
    assertThat(KayentaMetric.builder("errors").build())
        .isEqualTo(
            new KayentaMetric(
                "errors",
                List.of(),
                Direction.EITHER,
                NanStrategy.REMOVE,
                false,
                false,
                false,
                KayentaOutliers.keep(),
                new KayentaEffectSize(Measure.MEAN_RATIO, 1, 1, 1, 1)));
    assertThat(KayentaEffectSize.of(Measure.CLES))
        .isEqualTo(new KayentaEffectSize(Measure.CLES, 0.5, 0.5, 0.5, 0.5));
    var config = KayentaConfig.create(c -> c.metric("errors", m -> m));
    assertThat(config.scoreThresholds()).isEqualTo(new KayentaScoreThresholds(95, 75));
    assertThat(config.groupWeights()).isEmpty();
    assertThat(config.classifier()).isEqualTo(KayentaClassifier.MANN_WHITNEY);
  }

  @Test
  void a_builder_that_starts_from_a_value_builds_that_value() {
    var metric =
        KayentaMetric.named(
            "latency",
            m ->
                m.groups("slow", "all")
                    .direction(Direction.INCREASE)
                    .nanStrategy(NanStrategy.REPLACE)
                    .critical(true)
                    .mustHaveData(true)
                    .muted(true)
                    .outliers(KayentaOutliers.remove(2))
                    .effectSize(
                        KayentaEffectSize.of(Measure.CLES)
                            .withAllowedIncrease(0.6)
                            .withAllowedDecrease(0.4)
                            .withCriticalIncrease(0.9)
                            .withCriticalDecrease(0.1)));
    assertThat(metric.effectSize())
        .isEqualTo(new KayentaEffectSize(Measure.CLES, 0.6, 0.4, 0.9, 0.1));
    assertThat(metric.toBuilder().build()).isEqualTo(metric);
    var config =
        KayentaConfig.create(
            c ->
                c.metric(metric)
                    .groupWeight("slow", 70)
                    .scoreThresholds(75, 50)
                    .classifier(KayentaClassifier.MEAN_INEQUALITY));
    assertThat(config.toBuilder().build()).isEqualTo(config);
  }

  @Test
  void later_changes_to_what_was_handed_in_change_nothing() {
    var metrics = new ArrayList<>(List.of(KayentaMetric.builder("errors").build()));
    var weights = new LinkedHashMap<String, Double>();
    weights.put("a", 50.0);
    var config =
        new KayentaConfig(
            metrics, weights, KayentaScoreThresholds.defaults(), KayentaClassifier.MANN_WHITNEY);
    metrics.clear();
    weights.clear();
    assertThat(config.metrics()).hasSize(1);
    assertThat(config.groupWeights()).containsEntry("a", 50.0);
    assertThatThrownBy(() -> config.groupWeights().put("b", 1.0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void everything_wrong_with_a_configuration_is_said_at_once() {
    assertThatThrownBy(
            () ->
                KayentaConfig.create(
                    c ->
                        c.metric("errors", m -> m)
                            .metric("errors", m -> m.critical(true))
                            .groupWeight("a", -1)
                            .groupWeight("b", Double.NaN)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            Kayenta configuration has 3 problems:
              - there are two metrics 'errors'; rename one
              - the weight of group 'a' is -1.0, expected 0 or more
              - the weight of group 'b' is NaN, expected 0 or more""");
    assertThatThrownBy(() -> KayentaConfig.create(c -> c))
        .hasMessageContaining("it has no metric; add one, such as metric(\"errors\", m -> m)");
  }

  @Test
  void blank_names_are_refused() {
    assertThatThrownBy(() -> KayentaMetric.named(" ", m -> m.groups("a", "")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            Kayenta metric ' ' has 2 problems:
              - the name is blank; give it the name its samples come under
              - a group's name is blank: [a, ]""");
  }

  @Test
  void effect_sizes_that_are_no_numbers_are_refused() {
    assertThatThrownBy(
            () ->
                new KayentaEffectSize(
                    Measure.MEAN_RATIO, Double.NaN, 1, Double.POSITIVE_INFINITY, 1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            effect size has 2 problems:
              - allowedIncrease is NaN, expected a finite number
              - criticalIncrease is Infinity, expected a finite number""");
  }
}
