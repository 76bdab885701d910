package io.bellwether.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import org.junit.jupiter.api.Test;

class FlaggerTest {
  private static Converted one(String analysis) {
    var converted =
        Flagger.convert(
            """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: chat, namespace: prod}
            spec:
              progressDeadlineSeconds: 120
              analysis:
            """
                + analysis.indent(4));
    assertThat(converted).hasSize(1);
    return converted.get(0);
  }

  @Test
  void weights_grow_by_the_step_and_bake_for_the_interval() {
    var converted =
        one(
            """
            interval: 30s
            threshold: 5
            maxWeight: 50
            stepWeight: 20
            metrics:
              - {name: request-success-rate, thresholdRange: {min: 99}, interval: 1m}
              - {name: request-duration, thresholdRange: {max: 500}, interval: 30s}
              - {name: queue-length, templateRef: {name: queue}}
            webhooks:
              - {name: load, type: rollout, url: "http://load/"}
              - {name: ask, type: confirm-promotion, url: "http://ask/"}
            """);

    assertThat(converted.plan().canary())
        .hasToString(
            "canary of chat: 20% for 30s, 40% for 30s, approval at 40% for 0ms, then approved by 1"
                + " of anybody, 100% for 0ms");
    assertThat(converted.plan().gates().get(0).require())
        .containsExactly(
            "success_rate at least 99%, over 1m", "latency_p99 at most 500ms, over 30s");
    assertThat(converted.notes())
        .anyMatch(note -> note.contains("threshold 5 puts up with failed checks"))
        .anyMatch(note -> note.contains("'queue-length' is left out"))
        .anyMatch(note -> note.contains("'load' (rollout) is left out"));
    assertThat(converted.plan().canary().plan().timing().checkInterval()).hasSeconds(30);
  }

  @Test
  void stated_weights_and_a_mirror_are_steps() {
    var converted =
        one(
            "{interval: 1m, threshold: 1, mirror: true, mirrorWeight: 50, stepWeights: [1, 2, 100]}");

    assertThat(converted.plan().canary().toString())
        .startsWith(
            "canary of chat: shadow at 0%, 50% mirrored for 1m, 1% for 1m, 2% for 1m, 100%");
    assertThat(converted.plan().gates()).hasSize(1);
    assertThat(converted.notes()).anyMatch(note -> note.contains("the usual gate watches"));
  }

  @Test
  void matches_let_headers_in_and_expressions_become_a_cohort() {
    var exact =
        one(
            """
            interval: 1m
            threshold: 2
            iterations: 10
            match: [{headers: {x-canary: {exact: insider}}}]
            """);
    var expression =
        one(
            """
            interval: 1m
            threshold: 2
            iterations: 10
            match: [{headers: {cookie: {regex: "^(.*?;)?(type=insider)(;.*)?$"}}}]
            """);

    assertThat(exact.plan().canary().toString())
        .contains("also for [header x-canary=insider] for 10m");
    assertThat(expression.plan().canary().toString()).contains("cohort matched");
    assertThat(expression.notes()).anyMatch(note -> note.contains("the router has to know it"));
  }

  @Test
  void iterations_alone_are_blue_green() {
    var converted = one("{interval: 30s, threshold: 2, iterations: 10}");

    assertThat(converted.plan().strategy()).isEqualTo(PlanFile.Kind.BLUE_GREEN);
    assertThat(converted.yaml()).contains("promote_after: 5m");
  }

  @Test
  void what_is_no_plan_is_refused() {
    assertThatThrownBy(() -> Flagger.convert("kind: Canary\napiVersion: v1\n"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("expected a document with kind: Canary");
    assertThatThrownBy(() -> one("{interval: 1m, threshold: 1, stepWeight: 0.0001}"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("more than 100 steps");
  }
}
