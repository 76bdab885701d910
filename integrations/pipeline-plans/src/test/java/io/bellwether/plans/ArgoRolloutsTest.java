package io.bellwether.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class ArgoRolloutsTest {
  private static String rollout(String strategy) {
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Rollout
    metadata: {name: chat}
    spec:
      replicas: 3
      progressDeadlineSeconds: 300
      strategy:
    """
        + strategy.indent(4);
  }

  private static Converted one(String strategy) {
    var converted = ArgoRollouts.convert(rollout(strategy));
    assertThat(converted).hasSize(1);
    return converted.get(0);
  }

  @Test
  void a_weight_takes_the_pauses_behind_it_as_its_bake() {
    var converted =
        one(
            """
            canary:
              trafficRouting: {nginx: {stableIngress: chat}}
              steps:
                - setWeight: 10
                - pause: {duration: 1h}
                - pause: {duration: 90}
                - setWeight: 40
                - pause: {}
                - setWeight: 60
            """);

    assertThat(converted.plan().canary())
        .hasToString(
            "canary of chat: 10% for 1h 1m, 40% for 0ms, pause at 40% until resumed, 60% for 0ms,"
                + " 100% for 0ms");
  }

  @Test
  void a_plan_without_analysis_is_ungated_and_says_so() {
    var converted = one("canary: {steps: [{setWeight: 20}, {pause: {}}]}");

    assertThat(converted.plan().ungated()).isTrue();
    assertThat(converted.notes())
        .anyMatch(note -> note.contains("put gates: [{preset: canary}] in the place of ungated"))
        .anyMatch(note -> note.contains("numbers of pods"));
    assertThat(converted.plan().canary().plan().timing().progressDeadline()).hasMinutes(5);
  }

  @Test
  void the_usual_gate_takes_the_place_of_an_analysis_and_a_note_tells_what_it_asked() {
    var converted =
        ArgoRollouts.convert(
                rollout(
                        """
                        canary:
                          analysis: {templates: [{templateName: success}], startingStep: 1}
                          steps:
                            - setWeight: 25
                            - analysis: {templates: [{templateName: slow}]}
                        """)
                    + """
                    ---
                    apiVersion: argoproj.io/v1alpha1
                    kind: AnalysisTemplate
                    metadata: {name: success}
                    spec:
                      metrics:
                        - name: success-rate
                          successCondition: result[0] >= 0.95
                          provider: {prometheus: {query: sum(x)}}
                    """)
            .get(0);

    assertThat(converted.plan().ungated()).isFalse();
    assertThat(converted.plan().gates()).hasSize(1);
    assertThat(converted.notes())
        .anyMatch(
            note ->
                note.contains("'success' in the background")
                    && note.contains("success-rate (result[0] >= 0.95)"))
        .anyMatch(note -> note.contains("'slow' at step 2"));
  }

  @Test
  void headers_and_mirrors_are_steps_where_they_mean_the_same() {
    var converted =
        one(
            """
            canary:
              steps:
                - setHeaderRoute:
                    name: h
                    match: [{headerName: X-Canary, headerValue: {exact: always}}]
                - pause: {duration: 10m}
                - setHeaderRoute:
                    name: r
                    match: [{headerName: agent, headerValue: {regex: ".*Fox.*"}}]
                - setMirrorRoute: {name: m, percentage: 35, match: [{method: {exact: GET}}]}
                - pause: {duration: 5m}
                - setMirrorRoute: {name: m}
                - setCanaryScale: {weight: 25}
                - setWeight: 100
            """);

    assertThat(converted.plan().canary().toString())
        .contains("header X-Canary at 0%, also for [header x-canary=always] for 10m")
        .contains("35% mirrored")
        .contains("100%, also for [header x-canary=always] for 0ms");
    assertThat(converted.notes())
        .anyMatch(note -> note.startsWith("step 3: header agent is matched by a prefix"))
        .anyMatch(note -> note.startsWith("step 4: only some requests were mirrored"))
        .anyMatch(note -> note.startsWith("step 7: setCanaryScale is left out"));
  }

  @Test
  void blue_green_keeps_its_ways_of_promotion_and_its_standby() {
    var byHand = one("blueGreen: {activeService: a, autoPromotionEnabled: false}");
    var timed =
        one(
            """
            blueGreen:
              activeService: a
              autoPromotionEnabled: false
              autoPromotionSeconds: 120
              scaleDownDelaySeconds: 600
              postPromotionAnalysis: {templates: [{templateName: smoke}]}
            """);

    assertThat(byHand.yaml()).contains("promote_by_hand: true").contains("standby: 5m");
    assertThat(byHand.notes()).anyMatch(note -> note.contains("would be gone after 30s"));
    assertThat(timed.yaml()).contains("promote_after: 2m").contains("standby: 10m");
    assertThat(timed.notes()).anyMatch(note -> note.contains("'smoke' after the switch"));
  }

  @Test
  void a_canary_without_steps_is_rolling() {
    var converted = one("canary: {maxSurge: 25%, maxUnavailable: 2}");

    assertThat(converted.plan().strategy()).isEqualTo(PlanFile.Kind.ROLLING);
    assertThat(converted.yaml()).contains("max_unavailable: 2");
    assertThat(converted.notes()).anyMatch(note -> note.startsWith("maxSurge of 25% is left out"));
  }

  @Test
  void what_is_no_rollout_is_refused_without_showing_it() {
    assertThatThrownBy(() -> ArgoRollouts.convert("kind: Deployment\n"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("expected a document with kind: Rollout");
    assertThatThrownBy(() -> ArgoRollouts.convert("a: [hunter2\nb: }"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("cannot be read as YAML at line")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
    assertThatThrownBy(() -> ArgoRollouts.convert("x".repeat(5_000_000)))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("expected at most");
  }

  @Test
  void names_of_others_cannot_break_out_of_the_file() {
    assertThatThrownBy(
            () ->
                ArgoRollouts.convert(
                    rollout("canary: {steps: [{setWeight: 20}]}")
                        .replace("{name: chat}", "{name: \"chat\\nungated: false\"}")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("release name 'chat?ungated: false'");
  }
}
