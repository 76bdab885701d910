package io.bellwether.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command on sound files: its answer, its JSON and its exit code. */
class CommandsTest {
  private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

  @TempDir private Path directory;

  private Path file(String name, String text) {
    return Samples.write(directory, name, text);
  }

  private static JsonNode json(Ran ran) throws IOException {
    return JsonMapper.builder().build().readTree(ran.out());
  }

  @Test
  void a_plan_rolls_back_on_a_bad_trace() throws IOException {
    var plan = file("plan.yml", Samples.PLAN);
    var trace = file("evening.csv", Samples.TRACE);
    var ran = Ran.of("simulate", plan, trace);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("ROLLED_BACK at step 1").contains("error_rate 9%");
    var json = json(Ran.of("simulate", plan, trace, "--json"));
    assertThat(json.path("end").asText()).isEqualTo("ROLLED_BACK");
    assertThat(json.path("promoted").asBoolean()).isFalse();
    assertThat(json.path("decisions")).isNotEmpty();
  }

  @Test
  void a_plan_promotes_on_good_traffic_and_rolls_back_where_it_turns_bad() throws IOException {
    var plan = file("plan.yml", Samples.PLAN);
    var good = Ran.of("simulate", plan, "--candidate-errors", "1%", "--json");
    assertThat(good.code()).isZero();
    assertThat(json(good).path("candidate_requests").asLong()).isPositive();
    var bad = Ran.of("simulate", plan, "--candidate-errors", "1%,9%");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("ROLLED_BACK at step 2");
  }

  @Test
  void a_trace_leaves_the_judge_out_and_says_so() {
    var plan = file("plan.yml", Samples.PLAN + "judge: {alpha: 1%}\n");
    var ran = Ran.of("simulate", plan, file("evening.csv", Samples.TRACE));
    assertThat(ran.err()).contains("note: the plan's judge is left out");
  }

  @Test
  void traffic_beside_a_trace_and_neither_are_wrong_usage() {
    var plan = file("plan.yml", Samples.PLAN);
    assertThat(Ran.of("simulate", plan).code()).isEqualTo(2);
    var both = Ran.of("simulate", plan, file("e.csv", Samples.TRACE), "--per-minute", "10");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("leave out --per-minute");
  }

  @Test
  void every_problem_of_a_plan_is_told_with_its_place() {
    var ran = Ran.of("simulate", file("plan.yml", "release: a\nstepz: []\n"), "--per-minute", "10");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("plan.yml:2:1").contains("stepz");
  }

  @Test
  void settings_of_every_environment_are_checked() throws IOException {
    file("configs/base.yml", "ai:\n  temperature: 0.5\n");
    file("configs/staging.yml", "ai:\n  max_tokens: 100\n");
    file("configs/production.yml", "ai:\n  temperature: 3\nmonitoring:\n  latency_p95: fast\n");
    var ran = Ran.of("validate-config", directory.resolve("configs"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("staging: 0 problems")
        .contains("production: 2 problems")
        .contains("production.yml:4:16")
        .contains("temperature is 3.0, expected 0 to 2");
    var json = json(Ran.of("validate-config", directory.resolve("configs"), "--json"));
    assertThat(json.path("passed").asBoolean()).isFalse();
    assertThat(json.at("/environments/0/problems")).hasSize(2);
    var staging =
        Ran.of("validate-config", directory.resolve("configs"), "--environment", "staging");
    assertThat(staging.code()).isZero();
  }

  @Test
  void a_variable_that_is_not_set_may_be_allowed_and_the_rest_is_checked_all_the_same() {
    file("configs/base.yml", "ai:\n  api_key: ${THIS_BUILD_HAS_NO_SUCH_KEY}\n");
    file("configs/production.yml", "ai:\n  max_tokens: ${THIS_BUILD_HAS_NO_SUCH_KEY}\n");
    var configs = directory.resolve("configs");
    var strict = Ran.of("validate-config", configs);
    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out()).contains("no value for ${THIS_BUILD_HAS_NO_SUCH_KEY}");
    var allowed = Ran.of("validate-config", configs, "--allow-unset");
    assertThat(allowed.code()).as(allowed.out()).isZero();
    assertThat(allowed.out()).contains("production: 0 problems, 2 warnings");
    file("configs/production.yml", "ai:\n  temperature: 3\n");
    assertThat(Ran.of("validate-config", configs, "--allow-unset").code()).isEqualTo(1);
  }

  @Test
  void a_directory_without_settings_is_refused() {
    assertThat(Ran.of("validate-config", directory).err()).contains("has no .yml or .yaml file");
  }

  @Test
  void prompts_are_checked_and_reported_as_json_and_sarif() throws IOException {
    file("prompts/support.md", "---\nname: support\n---\nHello {{custmer}}\n");
    var prompts = directory.resolve("prompts");
    var ran = Ran.of("validate-prompts", prompts);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("support.md:4:").contains("custmer");
    assertThat(json(Ran.of("validate-prompts", prompts, "--json")).path("passed").asBoolean())
        .isFalse();
    var sarif = json(Ran.of("validate-prompts", prompts, "--sarif"));
    assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
    assertThat(sarif.at("/runs/0/results")).isNotEmpty();
  }

  @Test
  void routes_say_who_is_told_and_whether_it_is_who_was_expected() throws IOException {
    var routes = file("alertmanager.yml", Samples.ROUTES);
    var ran = Ran.of("explain-route", routes, "severity=critical", "alertname=Errors");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("-> pager; by alertname")
        .contains("group {alertname=\"Errors\"}");
    var expected = Ran.of("explain-route", routes, "severity=critical", "--expect", "chat-team");
    assertThat(expected.code()).isEqualTo(1);
    assertThat(expected.out()).contains("expected [chat-team], told [pager]");
    var night = "2026-03-01T23:00:00Z";
    var muted = Ran.of("explain-route", routes, "severity=info", "--at", night, "--json");
    assertThat(json(muted).at("/routes/0/closed_by").asText()).contains("nights");
  }

  @Test
  void counts_come_before_the_sequential_judge() throws IOException {
    var stable = file("stable.csv", Samples.counts(60, 200, 2));
    var bad = Ran.of("judge", stable, file("bad.csv", Samples.counts(60, 40, 4)));
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).startsWith("ROLLBACK by sequential, worse in errors: e-value");
    var same = Ran.of("judge", stable, file("same.csv", Samples.counts(60, 200, 2)), "--json");
    assertThat(same.code()).isZero();
    assertThat(json(same).path("verdict").asText()).isEqualTo("PROMOTE");
    var few = Ran.of("judge", stable, file("few.csv", Samples.counts(1, 20, 0)));
    assertThat(few.code()).isEqualTo(3);
    assertThat(few.err()).contains("59 blocks are in one table alone");
  }

  @Test
  void samples_come_before_kayentas_judge() throws IOException {
    var baseline = file("baseline.csv", Samples.samples(200));
    var worse = file("worse.csv", Samples.samples(260));
    assertThat(Ran.of("judge", baseline, baseline).code()).isZero();
    var ran = Ran.of("judge", baseline, worse, "--json");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(json(ran).path("verdict").asText()).isEqualTo("Fail");
    assertThat(Ran.of("judge", baseline, worse, "--direction", "decrease").code()).isZero();
    var config =
        file(
            "kayenta.json",
            """
            {"name": "c", "metrics": [{"name": "latency", "groups": ["g"],
             "analysisConfigurations": {"canary": {"direction": "increase"}}}],
             "classifier": {"groupWeights": {"g": 100}}}
            """);
    assertThat(Ran.of("judge", baseline, worse, "--config", config).code()).isEqualTo(1);
    var both = Ran.of("judge", baseline, worse, "--config", config, "--direction", "increase");
    assertThat(both.code()).isEqualTo(2);
  }

  @Test
  void a_pass_of_metrics_in_error_is_no_pass() {
    var one = file("one.csv", "latency\n1\n");
    var ran = Ran.of("judge", one, file("two.csv", "latency\n2\n"));
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("a pass is none");
  }

  @Test
  void options_of_the_other_judge_are_wrong_usage() {
    var counts = file("counts.csv", Samples.counts(3, 100, 1));
    assertThat(Ran.of("judge", counts, counts, "--direction", "increase").code()).isEqualTo(2);
    var samples = file("samples.csv", Samples.samples(200));
    assertThat(Ran.of("judge", samples, samples, "--alpha", "5%").code()).isEqualTo(2);
  }

  @Test
  void slos_are_measured_with_burn_rates_and_a_forecast() throws IOException {
    var slos = file("slos.yml", Samples.SLOTH);
    var events =
        file(
            "counts.csv",
            """
            from,to,good,bad
            2026-03-01T00:00:00Z,2026-03-30T00:00:00Z,999900,100
            2026-03-30T00:00:00Z,2026-03-31T00:00:00Z,99950,50
            """);
    var ran = Ran.of("slo", slos, "--events", events);
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("chat-requests: RATIO 99.99% (at least 99.9%) PASS")
        .contains("0.5 over 1d")
        .contains("what is left lasts");
    var saved = Ran.of("slo", slos, "--events", events, "--json");
    assertThat(json(saved).at("/outlook/0/burn_rates/0/rate").asDouble()).isEqualTo(0.5);
    assertThat(Ran.of("slo", slos, "--events", events, "--markdown").out()).contains("| SLO |");
    var report = file("report.json", json(saved).path("report").toString());
    var again = Ran.of("slo", report);
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("chat-requests: RATIO 99.986% (at least 99.9%) PASS");
    assertThat(again.out()).contains("GREEN");
  }

  @Test
  void a_missed_objective_is_found_and_missing_data_is_no_answer() {
    var slos = file("slos.yml", Samples.SLOTH);
    var row = "2026-03-01T00:00:00Z,2026-03-31T00:00:00Z,";
    var missed = file("missed.csv", "from,to,good,bad\n" + row + "900,100\n");
    assertThat(Ran.of("slo", slos, "--events", missed).code()).isEqualTo(1);
    var silent = file("silent.csv", "from,to,good,bad\n" + row + "0,0\n");
    assertThat(Ran.of("slo", slos, "--events", silent).code()).isEqualTo(3);
    var backwards =
        file("b.csv", "from,to,good,bad\n2026-03-02T00:00:00Z,2026-03-01T00:00:00Z,1,1\n");
    var refused = Ran.of("slo", slos, "--events", backwards);
    assertThat(refused.err()).contains("b.csv:2: ").contains("its end has to be after its start");
  }

  @Test
  void secrets_are_found_with_their_place_and_never_shown() throws IOException {
    file("src/app.yml", "a: 1\nkey: " + TOKEN + "\n");
    file("src/.env", "DB_PASSWORD=a8f3kq0z7w1m5x9c2v6b\n");
    file(".git/config", "token = " + TOKEN + "\n");
    Files.write(directory.resolve("binary.bin"), ("\u0000" + TOKEN).getBytes("UTF-8"));
    Files.write(directory.resolve("bad.txt"), new byte[] {(byte) 0xff, 'x'});
    Files.write(directory.resolve("wide.txt"), ("\ufeff" + TOKEN).getBytes("UTF-16LE"));
    var ran = Ran.of("scan-secrets", directory);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("src/app.yml:2:6: is a secret by its shape (github-token)")
        .contains("wide.txt:1:")
        .contains("src/.env:1:")
        .contains("2 certain, 1 guessed in 4 text files")
        .doesNotContain(".git/")
        .doesNotContain(TOKEN)
        .doesNotContain("a8f3kq0z7w1m5x9c2v6b");
    assertThat(ran.err()).contains("1 binary file is left out");
    var json = json(Ran.of("scan-secrets", directory, "--json"));
    assertThat(json.path("findings")).hasSize(3);
  }

  @Test
  void guesses_are_found_only_when_strict_and_paths_can_be_excluded() {
    file("src/.env", "DB_PASSWORD=a8f3kq0z7w1m5x9c2v6b\n");
    assertThat(Ran.of("scan-secrets", directory).code()).isZero();
    assertThat(Ran.of("scan-secrets", directory, "--strict").code()).isEqualTo(1);
    assertThat(Ran.of("scan-secrets", directory, "--strict", "--exclude", "src/**").code())
        .isZero();
    assertThat(Ran.of("scan-secrets", directory.resolve("src/.env"), "--strict").code())
        .isEqualTo(1);
  }

  @Test
  void a_file_too_large_to_look_into_is_told() throws IOException {
    Files.write(directory.resolve("large.txt"), new byte[(1 << 20) + 1]);
    var ran = Ran.of("scan-secrets", directory, "--max-mib", "1");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("large.txt has 1048577 bytes and is left out; see --max-mib");
  }
}
