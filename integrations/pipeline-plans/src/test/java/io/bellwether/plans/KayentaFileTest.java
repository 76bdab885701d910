package io.bellwether.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.analysis.KayentaEffectSize;
import io.bellwether.analysis.KayentaMetric;
import io.bellwether.analysis.KayentaOutliers;
import org.junit.jupiter.api.Test;

class KayentaFileTest {
  private static final String CONFIG =
      """
      {"name": "chat", "judge": {"name": "NetflixACAJudge-v1.0", "judgeConfigurations": {}},
       "metrics": [
         {"name": "errors", "groups": ["quality"], "query": {"type": "prometheus"},
          "analysisConfigurations": {"canary": {
            "direction": "increase", "critical": true, "nanStrategy": "replace",
            "outliers": {"strategy": "remove", "outlierFactor": 2.5},
            "effectSize": {"allowedIncrease": 1.1, "criticalIncrease": 1.5},
            "shinyNewRule": 1}}},
         {"name": "latency", "groups": ["speed"], "analysisConfigurations": {}}],
       "classifier": {"groupWeights": {"quality": 70.0, "speed": 30},
                      "scoreThresholds": {"marginal": 50, "pass": 80}}}
      """;

  @Test
  void rules_weights_and_thresholds_are_read() {
    var file = KayentaFile.parse(CONFIG);

    assertThat(file.name()).isEqualTo("chat");
    assertThat(file.config().groupWeights()).containsEntry("quality", 70.0);
    assertThat(file.config().scoreThresholds().pass()).isEqualTo(80);
    assertThat(file.config().metrics())
        .containsExactly(
            KayentaMetric.named(
                "errors",
                m ->
                    m.groups("quality")
                        .direction(KayentaMetric.Direction.INCREASE)
                        .nanStrategy(KayentaMetric.NanStrategy.REPLACE)
                        .critical(true)
                        .outliers(KayentaOutliers.remove(2.5))
                        .effectSize(
                            KayentaEffectSize.of(KayentaEffectSize.Measure.MEAN_RATIO)
                                .withAllowedIncrease(1.1)
                                .withCriticalIncrease(1.5))),
            KayentaMetric.named("latency", m -> m.groups("speed")));
    assertThat(file.notes())
        .anyMatch(note -> note.contains("the rule shinyNewRule is not known"))
        .anyMatch(note -> note.contains("queries"));
  }

  @Test
  void a_request_has_its_configuration_inside_and_thresholds_of_its_own() {
    var file =
        KayentaFile.parse(
            "{\"canaryConfig\": "
                + CONFIG
                + ", \"executionRequest\": {\"thresholds\": {\"pass\": 95, \"marginal\": 75}}}");

    assertThat(file.config().scoreThresholds().pass()).isEqualTo(95);
  }

  @Test
  void what_is_none_is_refused() {
    assertThatThrownBy(() -> KayentaFile.parse("{}"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("no metrics");
    assertThatThrownBy(() -> KayentaFile.parse(""))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> KayentaFile.parse(CONFIG.replace("\"increase\"", "\"sideways\"")))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("metric 'errors': direction is 'sideways', expected one of");
  }
}
