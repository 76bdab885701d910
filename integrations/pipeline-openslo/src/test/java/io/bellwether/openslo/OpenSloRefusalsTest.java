package io.bellwether.openslo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.openslo.Documents.ERRORS;
import static io.bellwether.openslo.Documents.SMALL;
import static io.bellwether.openslo.Documents.assertRefused;
import static io.bellwether.openslo.Documents.parsed;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.slo.Objective;
import io.bellwether.slo.Slo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not map is told with its path, and never lost. */
class OpenSloRefusalsTest {
  @Test
  void a_comparison_beside_a_ratio_is_refused_and_not_lost() {
    for (var part : List.of("op: lt", "value: 5", "op: lt\n      value: 5")) {
      assertRefused(
          SMALL.replace("target: 0.995", "target: 0.995\n      " + part),
          "documents[0].spec.objectives[0]: op and value belong to a thresholdMetric, and to nothing"
              + " else");
    }
  }

  @Test
  void two_slos_of_one_name_are_refused_on_the_way_in_and_out() {
    var other = SMALL.replace("0.995", "0.99");
    assertRefused(
        SMALL + "---\n" + other, "documents[1]: metadata.name 'chat-errors' is there twice");
    var two = OpenSloBundle.of(parsed(SMALL), parsed(other));
    assertThatThrownBy(() -> OpenSlo.write(two))
        .hasMessageContaining("SLO 'chat-errors': there are two different ones of this name");
  }

  @Test
  void a_composite_has_no_words_in_openslo() {
    var all = Slo.named("all", s -> s.composite(Objective.atLeast(percent(99)), "a", "b"));
    assertThatThrownBy(() -> OpenSlo.write(OpenSloBundle.of(ServiceSlo.of(all, "", ERRORS))))
        .hasMessageContaining("slo 'all'.sli: a composite of [a, b]");
  }

  @Test
  void everything_that_does_not_map_is_told_at_once_with_its_path() {
    assertRefused(
        SMALL
            .replace("openslo/v1", "openslo/v2alpha")
            .replace("target: 0.995", "target: high\n      compositeWeight: 2")
            .replace("30d", "30 days")
            .replace("  service: chat\n", "  service: chat\n  team: blue\n")
            .replace("Occurrences", "Sometimes"),
        "documents[0]: apiVersion 'openslo/v2alpha', expected openslo/v1",
        "documents[0].spec.timeWindow[0].duration: '30 days' is no duration such as 30d, 4w, 1M or 1Q",
        "documents[0].spec.budgetingMethod: 'Sometimes', expected Occurrences, Timeslices or"
            + " RatioTimeslices",
        "documents[0].spec.objectives[0].target: 'high' is no number",
        "documents[0].spec.objectives[0].compositeWeight: does not map",
        "documents[0].spec.team: does not map");
  }

  @Test
  void other_kinds_missing_fields_and_dangling_references_are_refused() {
    assertRefused(
        "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: prom}\n",
        "documents[0].kind: 'DataSource' does not map; there are [SLO, SLI, AlertPolicy,"
            + " AlertCondition, AlertNotificationTarget]");
    assertRefused(
        SMALL
            .replaceAll("(?s)    indicator:.*    timeWindow", "    timeWindow")
            .replaceAll("(?s)  indicator:.*  timeWindow", "  indicatorRef: nowhere\n  timeWindow"),
        "documents[0].spec.indicatorRef: 'nowhere' is nowhere in the text; there are []");
    assertRefused(
        SMALL
            .replace("      - displayName: most of them\n        target: 0.995\n", "")
            .replaceAll("(?s)  objectives:.*", ""),
        "documents[0].spec.objectives: missing");
    assertRefused("", "text: holds no document");
    assertThatThrownBy(() -> OpenSlo.parse("a: [b"))
        .isInstanceOf(OpenSloException.class)
        .hasMessageContaining("text: is no YAML");
  }

  @ParameterizedTest
  @CsvSource({
    "target: 0.995, target: 1, 'target 100%'",
    "target: 0.995, target: 0, 'target 0%'",
    "target: 0.995, target: 1.5, 'no share of a whole'",
    "target: 0.995, op: lt, 'a target or a targetPercent'",
  })
  void a_target_outside_the_open_interval_is_refused(String from, String to, String because) {
    assertThatThrownBy(() -> OpenSlo.parse(SMALL.replace(from, to)))
        .isInstanceOf(OpenSloException.class)
        .hasMessageContainingAll("documents[0].spec", because);
  }

  @Test
  void more_than_one_objective_does_not_map() {
    assertRefused(
        SMALL + "    - target: 0.9\n",
        "documents[0].spec: objectives has 2, only one maps",
        "documents[0].spec.objectives[1].target: does not map");
  }

  @Test
  void an_unknown_annotation_of_ours_is_refused_and_others_are_theirs() {
    var annotated =
        SMALL.replace(
            "metadata:\n  name: chat-errors",
            "metadata:\n  annotations: {team: blue}\n  name: chat-errors");
    assertThat(parsed(annotated).slo().name()).isEqualTo("chat-errors");
    assertThatThrownBy(() -> OpenSlo.parse(annotated.replace("team:", "bellwether.io/moon:")))
        .hasMessageContaining("documents[0].metadata.annotations.bellwether.io/moon: unknown");
  }

  @Test
  void an_slo_of_time_has_no_words_in_openslo() {
    var chat = Slo.named("chat", s -> s.availability(percent(99.9)));
    assertThatThrownBy(() -> OpenSlo.write(OpenSloBundle.of(ServiceSlo.of(chat, "chat", ERRORS))))
        .isInstanceOf(OpenSloException.class)
        .hasMessageContaining("slo 'chat'.sli: AVAILABILITY is of time");
    var odd = Slo.named("odd", s -> s.errorRateBelow(percent(1)).over(ofMillis(1)));
    assertThatThrownBy(() -> OpenSlo.write(OpenSloBundle.of(ServiceSlo.of(odd, "", ERRORS))))
        .hasMessageContaining("slo 'odd'.window: has no short duration");
  }

  @Test
  void yaml_that_repeats_a_key_or_builds_objects_is_refused() {
    assertThatThrownBy(() -> OpenSlo.parse(SMALL + "kind: SLO\n"))
        .isInstanceOf(OpenSloException.class);
    assertThatThrownBy(() -> OpenSlo.parse("!!javax.script.ScriptEngineManager []"))
        .isInstanceOf(OpenSloException.class);
  }

  @Test
  void numbers_nobody_can_mean_are_refused_at_once() {
    assertThatThrownBy(() -> OpenSlo.parse(SMALL.replace("0.995", "1e-999999999")))
        .isInstanceOf(OpenSloException.class)
        .hasMessageContaining("objectives[0].target: a number of at most 100 digits");
    for (var count : List.of("1.5", "1e30", "-3")) {
      var annotated =
          SMALL.replace(
              "metadata:\n  name: chat-errors",
              "metadata:\n  annotations: {bellwether.io/expected-events: '"
                  + count
                  + "'}\n  name: chat-errors");
      assertThatThrownBy(() -> OpenSlo.parse(annotated))
          .isInstanceOf(OpenSloException.class)
          .hasMessageContaining("bellwether.io/expected-events: '" + count + "' is ");
    }
  }
}
