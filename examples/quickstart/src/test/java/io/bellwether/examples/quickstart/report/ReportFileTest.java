package io.bellwether.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.PairedBlock;
import io.bellwether.analysis.SequentialJudge;
import io.bellwether.examples.quickstart.http.Json;
import io.bellwether.examples.quickstart.report.ReportFile.RunFacts;
import io.bellwether.examples.quickstart.report.ScenarioResult.Expected;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path dir;

  static ScenarioResult outage(Phase outcome, long failedByRollout, HoldReason reason) {
    return new ScenarioResult(
        "outage",
        "both fail for a while",
        new Expected(Phase.PROMOTED, true),
        outcome,
        "chat v2 is " + outcome,
        List.of(
            new StepResult(10, NOON, 1.5, 200, 2, 20, 1, 0, List.of("error_rate 1% PASS", "and")),
            new StepResult(100, NOON.plusSeconds(9), 8.5, 100, 1, 100, 1, 0, List.of("fine"))),
        List.of(
            new HoldResult(
                reason, List.of("error_rate 60%"), 10, NOON, 2.5, Duration.ofSeconds(391))),
        Optional.of(
            SequentialJudge.defaults()
                .start(1)
                .next(
                    new PairedBlock(
                        1, Weight.percent(10), ArmCounts.of(100, 2, 0), ArmCounts.of(900, 9, 0)))
                .judgement()),
        new TrafficResult(
            320,
            10,
            10,
            125,
            3,
            failedByRollout,
            failedByRollout > 0 ? "HTTP 500" : "",
            99,
            50,
            Duration.ofMillis(12)));
  }

  /** Every scalar of the first scenario and of its first step and hold, under a dotted path. */
  private Map<String, String> written(ScenarioResult... results) throws IOException {
    var file = dir.resolve("report.json");
    ReportFile.write(
        file, new RunFacts(40, 1, "a trace", Duration.ofMillis(46_200)), List.of(results));
    var values = new TreeMap<String, String>();
    Json.readObject(
        Files.readAllBytes(file),
        (name, in) -> {
          if (name.equals("scenarios")) {
            Json.readElements(
                in,
                () ->
                    Json.readFields(
                        in,
                        (field, value) -> {
                          if (field.equals("steps") || field.equals("holds")) {
                            var rows = new ArrayList<String>();
                            Json.readElements(
                                value,
                                () ->
                                    Json.readFields(
                                        value,
                                        (key, cell) -> rows.add(key + "=" + cell.getText())));
                            values.put(field, String.join(" ", rows));
                          } else if (field.equals("judge")) {
                            judge(value, values);
                          } else {
                            values.put(field, value.getText());
                          }
                        }));
          } else {
            values.put("run." + name, in.getText());
          }
        });
    return values;
  }

  private static void judge(JsonParser in, Map<String, String> values) throws IOException {
    Json.readFields(
        in,
        (field, value) -> {
          if (field.equals("streams")) {
            var streams = new ArrayList<String>();
            Json.readElements(
                value,
                () ->
                    Json.readFields(
                        value,
                        (key, cell) -> {
                          if (List.of("name", "candidate_rate", "stable_requests").contains(key)) {
                            streams.add(key + "=" + cell.getText());
                          }
                        }));
            values.put("judge.streams", String.join(" ", streams));
          } else {
            values.put("judge." + field, value.getText());
          }
        });
  }

  @Test
  void a_program_finds_every_figure_by_its_name() throws IOException {
    assertThat(written(outage(Phase.PROMOTED, 0, HoldReason.SHARED_OUTAGE)))
        .containsEntry("run.speed", "40.0")
        .containsEntry("run.wall_seconds", "46.2")
        .containsEntry("name", "outage")
        .containsEntry("expected", "PROMOTED")
        .containsEntry("expected_hold", "true")
        .containsEntry("outcome", "PROMOTED")
        .containsEntry("as_expected", "true")
        .containsEntry("requests", "320")
        .containsEntry("candidate_requests", "125")
        .containsEntry("failed_by_rollout", "0")
        .containsEntry("judge.name", "sequential")
        .containsEntry("judge.decision", "HOLD")
        .containsEntry("judge.reason", "UNDECIDED")
        .containsEntry("judge.requests_exposed", "100")
        .containsEntry("judge.e_value_limit", "100.0")
        .containsEntry("judge.alpha_spent", "0.01")
        .containsEntry(
            "judge.streams",
            "name=errors candidate_rate=0.02 stable_requests=900"
                + " name=empties candidate_rate=0.0 stable_requests=900"
                + " name=slow stable_requests=0")
        .containsEntry(
            "steps",
            "weight=10.0 started_at=2026-01-01T12:00:00Z minute=1.5 requests=200 failures=2"
                + " candidate_requests=20 candidate_failures=1 candidate_empties=0"
                + " evidence=error_rate 1% PASS; and weight=100.0"
                + " started_at=2026-01-01T12:00:09Z minute=8.5 requests=100 failures=1"
                + " candidate_requests=100 candidate_failures=1 candidate_empties=0 evidence=fine")
        .containsEntry(
            "holds",
            "reason=SHARED_OUTAGE length=PT6M31S weight=10.0 started_at=2026-01-01T12:00:00Z"
                + " minute=2.5 evidence=error_rate 60%");
  }

  @Test
  void another_end_another_hold_or_a_failed_request_is_not_as_stated() throws IOException {
    assertThat(written(outage(Phase.ROLLED_BACK, 0, HoldReason.SHARED_OUTAGE)))
        .containsEntry("as_expected", "false");
    assertThat(written(outage(Phase.PROMOTED, 0, HoldReason.LOW_TRAFFIC)))
        .containsEntry("as_expected", "false");
    assertThat(written(outage(Phase.PROMOTED, 1, HoldReason.SHARED_OUTAGE)))
        .containsEntry("as_expected", "false");
  }
}
