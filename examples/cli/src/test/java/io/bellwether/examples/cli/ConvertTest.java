package io.bellwether.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bellwether.openslo.OpenSlo;
import io.bellwether.plans.PlanFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out is read again by what it is for. */
class ConvertTest {
  private static final String ROLLOUT =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: chat}
      spec:
        strategy:
          canary:
            steps:
              - setWeight: 20
              - pause: {duration: 10m}
              - setWeight: 60
              - pause: {duration: 10m}
      """;

  private static final String CANARY =
      """
      apiVersion: flagger.app/v1beta1
      kind: Canary
      metadata: {name: chat}
      spec:
        analysis:
          interval: 1m
          threshold: 5
          maxWeight: 50
          stepWeight: 10
          metrics:
            - name: request-success-rate
              thresholdRange: {min: 99}
              interval: 1m
      """;

  private static final String KAYENTA =
      """
      {"name": "chat", "metrics": [
        {"name": "er\\"rors", "groups": ["e"], "analysisConfigurations": {"canary":
          {"direction": "increase", "critical": true, "effectSize": {"allowedIncrease": 1.1}}}},
        {"name": "latency", "groups": ["l"], "analysisConfigurations": {"canary":
          {"nanStrategy": "replace", "outliers": {"strategy": "remove", "outlierFactor": 2.5}}}}],
       "classifier": {"groupWeights": {"e": 60, "l": 40}}}
      """;

  @TempDir private Path directory;

  private Ran convert(String kind, String text, String... more) {
    var arguments = new Object[3 + more.length];
    arguments[0] = "convert";
    arguments[1] = kind;
    arguments[2] = Samples.write(directory, "file.txt", text);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Ran.of(arguments);
  }

  @Test
  void a_rollout_becomes_a_plan() {
    var ran = convert("argo-rollouts", ROLLOUT);
    assertThat(ran.code()).as(ran.err()).isZero();
    var plan = PlanFile.parse("converted", ran.out());
    assertThat(plan.release()).isEqualTo("chat");
    assertThat(ran.out()).contains("# ");
  }

  @Test
  void several_rollouts_become_several_documents() {
    var ran = convert("argo-rollouts", ROLLOUT + "---\n" + ROLLOUT.replace("chat", "search"));
    assertThat(ran.out().split("\n---\n")).hasSize(2);
    assertThat(ran.out()).contains("release: chat").contains("release: search");
  }

  @Test
  void a_canary_of_flagger_becomes_a_plan() {
    var ran = convert("flagger", CANARY);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(PlanFile.parse("converted", ran.out()).gates()).isNotEmpty();
  }

  @Test
  void notes_stand_apart_in_json() throws IOException {
    var ran = convert("argo-rollouts", ROLLOUT, "--json");
    var json = JsonMapper.builder().build().readTree(ran.out());
    assertThat(json.at("/documents/0/notes")).isNotEmpty();
    assertThat(json.at("/documents/0/text").asText()).startsWith("release: chat");
  }

  @Test
  void a_configuration_of_kayenta_becomes_the_expression_of_the_judge() {
    var ran = convert("kayenta", KAYENTA);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains(
            """
            KayentaJudge.create(c -> c
                .metric("er\\"rors", m -> m.groups("e").direction(KayentaMetric.Direction.INCREASE).critical(true)\
            .effectSize(KayentaEffectSize.of(KayentaEffectSize.Measure.MEAN_RATIO).withAllowedIncrease(1.1)))
                .metric("latency", m -> m.groups("l").nanStrategy(KayentaMetric.NanStrategy.REPLACE)\
            .outliers(KayentaOutliers.remove(2.5)))
                .groupWeight("e", 60.0)
                .groupWeight("l", 40.0)
                .scoreThresholds(95.0, 75.0));
            """);
  }

  @Test
  void the_routes_of_an_alertmanager_are_listed_with_all_that_holds_for_each() {
    var ran = convert("alertmanager", Samples.ROUTES);
    assertThat(ran.out())
        .contains("{} -> chat-team; by alertname; wait 30s, every 5m, repeat 4h")
        .contains("{}/{severity=\"critical\"} -> pager; by alertname")
        .contains("interval nights");
  }

  @Test
  void slos_of_sloth_become_openslo_which_is_read_as_the_same() {
    var written = convert("sloth", Samples.SLOTH).out();
    assertThat(OpenSlo.parse(written).slos()).hasSize(1);
    var again = convert("openslo", written);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .startsWith("# chat-requests: RATIO at least 99.9% (rolling 30d)")
        .endsWith(written);
  }

  @Test
  void an_unknown_kind_is_told_with_those_there_are() {
    var ran = convert("spinnaker", "{}");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("expected one of [argo-rollouts, flagger, kayenta");
  }
}
