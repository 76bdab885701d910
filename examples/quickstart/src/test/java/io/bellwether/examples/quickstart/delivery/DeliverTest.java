package io.bellwether.examples.quickstart.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the workflow files, run here. */
class DeliverTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder;

  @Test
  void validate_looks_through_the_prompt_and_writes_the_job_summary() throws Exception {
    var summary = folder.resolve("summary.md");
    environment.put("GITHUB_STEP_SUMMARY", summary.toString());
    environment.put("GITHUB_REF_NAME", "main");
    environment.put("GITHUB_SHA", "4f2a9c1");
    environment.put("GITHUB_ACTOR", "dev");

    assertThat(run("validate")).isZero();

    assertThat(said()).contains("chat v2 (main at 4f2a9c1, FEATURE) by dev: SUCCEEDED");
    assertThat(Files.readString(summary)).startsWith("## chat v2: SUCCEEDED");
  }

  @Test
  void test_passes_the_quality_gate_or_does_not() throws Exception {
    assertThat(run("test")).isZero();
    assertThat(said()).contains("line coverage 86.2% (431 of 500 lines)");

    var poor = Files.writeString(folder.resolve("lcov.info"), "DA:1,1\nDA:2,0\nend_of_record\n");
    assertThat(run("test", "--coverage", poor.toString())).isEqualTo(1);
    assertThat(said()).contains("line coverage 50% (1 of 2 lines), at least 80% required");
  }

  @Test
  void monitoring_prints_the_health_of_production() throws Exception {
    assertThat(run("monitoring")).isZero();
    assertThat(said()).contains("\"checks\":{\"ai_api\":{\"status\":\"OK\"");
  }

  @Test
  void what_is_asked_wrongly_is_told_in_one_line() throws Exception {
    assertThat(run("destroy")).isEqualTo(2);
    assertThat(said()).contains("deliver: unknown command 'destroy'; --help lists them");
    assertThat(run("deploy-staging", "--slot", "red")).isEqualTo(2);
    assertThat(said()).contains("--slot 'red': expected one of");
    assertThat(run("deploy-staging", "--slot", "blue")).isEqualTo(2);
    assertThat(said()).contains("--slot blue serves users");
    assertThat(run("deploy-production", "--action")).isEqualTo(2);
    assertThat(run("deploy-production", "--action", "rollback")).isEqualTo(2);
    assertThat(said()).contains("cannot be reverted: no version was stable before");
    assertThat(run("--help")).isZero();
    assertThat(said()).contains("Delivers a prompt");
  }

  @Test
  @Tag("it")
  void the_commands_of_the_five_workflows_run_here() throws Exception {
    for (var name : WorkflowFiles.NAMES) {
      assertThat(run(WorkflowFiles.command(name, variables("deploy", "v2")))).as(name).isZero();
    }
    assertThat(said()).contains("support-prompt-production: v2 is the stable version, PROMOTED");
    var rollback =
        WorkflowFiles.command("deploy-production.yml", variables("rollback", "previous"));
    assertThat(run(rollback)).isZero();
    assertThat(said()).contains("v1 is the stable version again, REVERTED");
  }

  private Map<String, String> variables(String action, String version) {
    return Map.of("VERSION", version, "SLOT", "green", "ACTION", action, "PWD", folder.toString());
  }

  private int run(String... args) throws Exception {
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Deliver.run(stream, stream, environment, args);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
