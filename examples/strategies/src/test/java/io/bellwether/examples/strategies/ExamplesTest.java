package io.bellwether.examples.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example and looks at how it ends. */
class ExamplesTest {
  @Test
  void the_canary_goes_back_at_a_quarter_of_the_traffic() {
    var printed = printedBy(() -> CanaryExample.main(new String[0]));

    assertThat(printed).element(1).asString().contains("SHIFTING to 25%");
    assertThat(last(printed))
        .startsWith("=> support-prompt candidate is ROLLED_BACK at step 2, because a gate failed")
        .endsWith("requests");
  }

  @Test
  void a_request_that_was_tried_again_is_one_outcome_for_the_judge() {
    var printed = printedBy(() -> EvidenceExample.main(new String[0]));

    assertThat(printed).element(0).isEqualTo("gates see 3 requests, the judge 1");
    assertThat(last(printed)).contains("sequential");
  }

  @Test
  void the_blue_green_deployment_switches_and_stays() {
    assertThat(last(printedBy(() -> BlueGreenExample.main(new String[0]))))
        .isEqualTo("=> chat: v2 is the stable version, PROMOTED");
  }

  @Test
  void the_rolling_deployment_puts_every_instance_back() {
    var printed = printedBy(() -> RollingExample.main(new String[0]));

    assertThat(printed).anyMatch(line -> line.contains("work of step 1 taken back"));
    assertThat(last(printed)).isEqualTo("running: {i1=v1, i2=v1, i3=v1, i4=v1}");
  }

  @Test
  void an_exhausted_budget_refuses_the_canary_and_an_override_lets_it_through() throws Exception {
    var printed = printedBy(() -> BudgetExample.main(new String[0]));

    assertThat(String.join("\n", printed))
        .startsWith(
            """
            chat: AVAILABILITY 99.9% (at least 99.9%) PASS, budget 0 min of 43.2 min left (0%) EXHAUSTED, coverage 100%
            CRITICAL provider-outage: 28 min, x1 = 28 min
            CRITICAL bad-index: 15.2 min, x1 = 15.2 min
            DEGRADED slow-model: 13.33 min in a row is under 15 min: 0 min
            together 43.2 min\
            """);
    var canaries = printed.stream().filter(line -> line.startsWith("canary: ")).toList();
    assertThat(canaries.get(0))
        .contains(
            "REFUSED",
            "FEATURE support-prompt v7 while EXHAUSTED is not allowed; chat has 0 min of 43.2 min");
    assertThat(canaries.get(1)).contains("PROMOTED");
    assertThat(last(printed))
        .startsWith("override launch used by ")
        .contains("head of support", "the law asks for it");
    assertThat(Files.readString(Path.of("../../docs/guide/slo.md")))
        .contains(String.join("\n", printed.subList(0, 5)));
  }

  @Test
  void the_pipeline_waits_for_its_approval_and_its_window() {
    var printed =
        printedBy(
            () -> {
              try {
                PipelineExample.main(new String[0]);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(printed)
        .anyMatch(line -> line.endsWith("deploy  SUCCEEDED in 0ms, held 8h  promoted"))
        .contains("4f2a9c1 to production by dev, approved by lead");
    assertThat(last(printed)).isEqualTo("OK");
  }

  @Test
  void the_replay_tells_how_last_tuesday_would_have_gone(@TempDir Path folder) throws Exception {
    var trace = new StringBuilder("time,version,metric,value,samples\n");
    for (var second = 0; second < 3_600; second += 60) {
      for (var version : List.of("stable", "candidate")) {
        trace.append(second).append(',').append(version).append(",error_rate,0.01,1000\n");
        trace.append(second).append(',').append(version).append(",success_rate,0.99,1000\n");
        trace.append(second).append(',').append(version).append(",empty_rate,0,1000\n");
        var p95 = version.equals("candidate") && second >= 1_800 ? 2_600 : 900;
        trace.append(second).append(',').append(version).append(",latency_p95,").append(p95);
        trace.append(",1000\n");
      }
    }
    var file = Files.writeString(folder.resolve("tuesday.csv"), trace).toString();

    assertThat(last(printedBy(() -> ReplayExample.main(new String[] {file}))))
        .startsWith("=> support-prompt candidate is ROLLED_BACK at step 3, because a gate failed")
        .contains("latency_p95 2600 ms");
  }

  @Test
  void the_first_five_minutes_start_a_rollout_and_take_it_back() {
    var printed = printedBy(() -> StartExample.main(new String[0]));

    assertThat(printed).element(0).asString().contains("v7");
    assertThat(last(printed)).isEqualTo("user-1 gets v6");
  }

  @Test
  void a_report_is_written_and_a_dashboard_opens() {
    var printed =
        printedBy(
            () -> {
              try {
                ReportsExample.main(new String[0]);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(printed).contains("a page was written");
    assertThat(last(printed)).startsWith("the dashboard is at ");
  }

  @Test
  void a_replica_joins_its_fleet() {
    assertThat(last(printedBy(() -> ReplicasExample.main(new String[0])))).isEqualTo("ann gets v6");
  }

  @Test
  void files_of_other_tools_are_taken_over() {
    var printed = printedBy(() -> MigrationExample.main(new String[0]));

    assertThat(printed)
        .anyMatch(line -> line.startsWith("=> support candidate is ROLLED_BACK at step 1"))
        .anyMatch(line -> line.startsWith("# no analysis decides in the plan"))
        .contains("- weight: 50", "  - \"success_rate at least 99%, over 5m\"")
        .anyMatch(line -> line.contains("pager"))
        .contains("apiVersion: openslo/v1");
  }

  @Test
  void one_line_of_configuration_makes_the_gate_stricter() {
    var printed = printedBy(() -> ConfigurationExample.main(new String[0]));

    assertThat(printed).element(0).asString().startsWith("development:").contains("2000 ms");
    assertThat(printed).element(2).asString().startsWith("production:").contains("1500 ms");
    assertThat(last(printed))
        .isEqualTo("monitoring.latency_p95 = 1500 from production.yml:2:16 over base.yml:2:16");
  }

  @Test
  void five_bad_minutes_are_told_once_with_what_to_do() {
    var printed = printedBy(() -> AlertsExample.main(new String[0]));

    assertThat(printed).filteredOn(line -> line.startsWith("first: ")).hasSize(1);
    assertThat(printed.get(0))
        .startsWith("first: CRITICAL error_rate_high: Error rate: 7.2% (threshold: 5%) in last 5")
        .contains("Next: Roll back");
    assertThat(last(printed)).contains("-> channel");
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }

  private static List<String> printedBy(Runnable program) {
    var out = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
