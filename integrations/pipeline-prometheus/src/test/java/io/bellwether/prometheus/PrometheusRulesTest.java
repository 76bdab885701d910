package io.bellwether.prometheus;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.MetricGate;
import io.bellwether.parts.RealProgram;
import io.bellwether.slo.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusRulesTest {
  private static final PrometheusMeters METERS =
      PrometheusMeters.of(
          "ai.requests", m -> m.errors("error").empties("empty").rateLimited("limited"));
  private static final MetricGate GATE =
      MetricGate.named(
          "production",
          g ->
              g.require(Conditions.errorRate().atMost(percent(5)).breachedFor(ofMinutes(5)))
                  .require(Conditions.latency().p95().atMost(ofMillis(2000)))
                  .require(Conditions.successRate().atLeast(percent(95)))
                  .minSamples(100));

  private static PrometheusRules rules() {
    return PrometheusRules.from(METERS, Slo.productionDefaults(), List.of(GATE));
  }

  private static GrafanaDashboard dashboard() {
    return GrafanaDashboard.of("Chat", METERS, Slo.productionDefaults(), List.of(GATE));
  }

  @Test
  void each_slo_has_its_burn_rate_pairs_and_each_gate_its_conditions() {
    assertThat(rules().expressions())
        .containsKeys(
            "BudgetBurns-error_rate-fast",
            "BudgetBurns-error_rate-three-days",
            "BudgetBurns-latency-fast",
            "BudgetBurns-success_rate-slow",
            "GateBreached-production-error_rate",
            "GateBreached-production-latency_p95",
            "GateBreached-production-success_rate");
    assertThat(rules().expressions().get("BudgetBurns-error_rate-fast"))
        .contains("[3600000ms]", "[300000ms]", "> 0.144", ">= 100", ">= 5");
  }

  @Test
  void what_cannot_be_said_is_told_and_stands_at_the_head_of_the_file() {
    assertThat(rules().leftOut())
        .singleElement()
        .asString()
        .startsWith("SLO availability: AVAILABILITY");
    assertThat(rules().toYaml()).startsWith("# left out: SLO availability");
  }

  /**
   * Gates that share a name with each other, stand there twice, and are named to break the file.
   */
  private static PrometheusRules hostile() {
    var stricter =
        MetricGate.named(
            "production",
            g -> g.require(Conditions.errorRate().atMost(percent(1))).minSamples(100));
    var relative =
        MetricGate.named(
            "a\nb: \"{{ $x }}\u2028",
            g -> g.require(Conditions.errorRate().atMostTimesStable(1.5)));
    var slo = Slo.named("b\"{{ .Nothing }}", s -> s.latency(ofMillis(2000), percent(95)));
    return PrometheusRules.from(METERS, List.of(slo, slo), List.of(GATE, relative, stricter, GATE));
  }

  @Test
  void what_is_given_twice_is_said_once_and_what_is_named_alike_gets_a_number() {
    assertThat(hostile().expressions().keySet().stream().filter(n -> n.startsWith("Gate")))
        .containsExactlyInAnyOrder(
            "GateBreached-production-error_rate",
            "GateBreached-production-error_rate-2",
            "GateBreached-production-latency_p95",
            "GateBreached-production-success_rate");
    assertThat(hostile().toYaml()).containsOnlyOnce("name: \"gate-production\"");
  }

  @Test
  void no_name_ends_the_comment_it_stands_in() {
    assertThat(hostile().toYaml().lines().findFirst().orElseThrow())
        .startsWith("# left out: gate a b: \"{{ $x }} : ");
  }

  @Test
  @Tag("it")
  void promtool_takes_rules_of_hostile_names(@TempDir Path folder) throws Exception {
    var promtool = promtool();
    Files.writeString(folder.resolve("rules.yml"), hostile().toYaml());
    assertThat(run(folder, promtool, "check", "rules", "rules.yml"))
        .contains("SUCCESS: " + hostile().expressions().size() + " rules found");
  }

  @Test
  void the_dashboard_draws_every_metric_of_a_gate_and_every_burn_rate() throws IOException {
    var json = new JsonMapper().readTree(dashboard().toJson());
    assertThat(json.path("panels").findValuesAsText("title"))
        .contains("request_count", "error_rate", "latency_p95", "success_rate")
        .anyMatch(title -> title.startsWith("Burn rates of error_rate"));
    assertThat(json.path("panels").findValuesAsText("expr")).hasSizeGreaterThan(20);
  }

  @Test
  @Tag("it")
  void promtool_takes_the_rules_and_every_query_of_the_dashboard(@TempDir Path folder)
      throws Exception {
    var promtool = promtool();
    Files.writeString(folder.resolve("rules.yml"), rules().toYaml());
    var queries = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
    var number = 0;
    for (var panel : dashboard().panels()) {
      for (var expression : panel.expressions().values()) {
        queries.append("      - record: panel_").append(number++);
        queries.append("\n        expr: ").append(Json.text(expression)).append('\n');
      }
    }
    Files.writeString(folder.resolve("panels.yml"), queries);
    assertThat(run(folder, promtool, "check", "rules", "rules.yml", "panels.yml"))
        .contains("SUCCESS: " + rules().expressions().size() + " rules found")
        .contains("SUCCESS: " + number + " rules found");
  }

  /** Of 60 requests a minute 20 % fail in v7, from the first minute on; stable never fails. */
  @Test
  @Tag("it")
  void promtool_sees_the_right_alerts_fire_and_no_other(@TempDir Path folder) throws Exception {
    var promtool = promtool();
    Files.writeString(folder.resolve("rules.yml"), rules().toYaml());
    Files.writeString(
        folder.resolve("test.yml"),
        """
        rule_files: [rules.yml]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - series: 'ai_requests_seconds_count{version="v6", outcome="ok"}'
                values: '0+60x200'
              - series: 'ai_requests_seconds_count{version="v7", outcome="ok"}'
                values: '0+48x200'
              - series: 'ai_requests_seconds_count{version="v7", outcome="error"}'
                values: '0+12x200'
              - series: 'ai_requests_seconds_bucket{version="v7", le="1.0"}'
                values: '0+60x200'
              - series: 'ai_requests_seconds_bucket{version="v7", le="2.0"}'
                values: '0+60x200'
              - series: 'ai_requests_seconds_bucket{version="v7", le="+Inf"}'
                values: '0+60x200'
              - series: 'ai_requests_seconds_bucket{version="v6", le="2.0"}'
                values: '0+60x200'
              - series: 'ai_requests_seconds_bucket{version="v6", le="+Inf"}'
                values: '0+60x200'
            alert_rule_test:
              - eval_time: 3m
                alertname: GateBreached-production-error_rate
                exp_alerts: []
              - eval_time: 90m
                alertname: GateBreached-production-error_rate
                exp_alerts:
                  - exp_labels: {severity: warning, version: v7}
                    exp_annotations:
                      summary: "error_rate at most 5%%, failing after 5m: breached by v7"
              - eval_time: 90m
                alertname: GateBreached-production-latency_p95
                exp_alerts: []
              - eval_time: 90m
                alertname: BudgetBurns-error_rate-slow
                exp_alerts:
                  - exp_labels: {severity: critical}
                    exp_annotations:
                      summary: "%s"
              - eval_time: 90m
                alertname: BudgetBurns-error_rate-fast
                exp_alerts: []
              - eval_time: 90m
                alertname: BudgetBurns-latency-fast
                exp_alerts: []
        """
            .formatted(summary("BudgetBurns-error_rate-slow")));
    assertThat(run(folder, promtool, "test", "rules", "test.yml")).contains("SUCCESS");
  }

  private static String summary(String rule) {
    var yaml = rules().toYaml();
    var from = yaml.indexOf("summary: ", yaml.indexOf(rule)) + "summary: ".length();
    return yaml.substring(from + 1, yaml.indexOf('\n', from) - 1);
  }

  private static String promtool() {
    var found = RealProgram.find("promtool", "prometheus");
    assumeTrue(found.isPresent(), "no promtool to check with");
    return found.get().toString();
  }

  private static String run(Path folder, String... command) throws Exception {
    var output = folder.resolve("output.txt");
    var process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("promtool ended").isTrue();
    var said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
