package io.bellwether.examples.quickstart.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the workflow files have to say, whatever the schema allows. */
class WorkflowsTest {
  private static final Pattern SECRET_LIKE =
      Pattern.compile("(?i)(api_?key|token|password|secret)\\w*\\s*[:=]\\s*(?!\\s*\\$\\{\\{)\\S+");

  @Test
  void there_are_five_of_them() throws IOException {
    assertThat(WorkflowFiles.all().keySet()).containsExactlyElementsOf(WorkflowFiles.NAMES);
  }

  @Test
  void production_is_deployed_by_hand_with_action_version_and_slot() throws IOException {
    var on = WorkflowFiles.named("deploy-production.yml").get("on");

    assertThat(on.fieldNames()).toIterable().containsExactly("workflow_dispatch");
    var inputs = on.get("workflow_dispatch").get("inputs");
    assertThat(inputs.fieldNames()).toIterable().containsExactly("action", "version", "slot");
    assertThat(texts(inputs.get("action").get("options"))).containsExactly("deploy", "rollback");
    assertThat(texts(inputs.get("slot").get("options"))).containsExactly("auto", "blue", "green");
  }

  @Test
  void staging_is_deployed_from_develop_and_main() throws IOException {
    var on = WorkflowFiles.named("deploy-staging.yml").get("on");
    assertThat(texts(on.get("push").get("branches"))).containsExactly("develop", "main");
  }

  @Test
  void deployments_stand_behind_their_environment_and_one_at_a_time() throws IOException {
    for (var place : List.of("staging", "production")) {
      var workflow = WorkflowFiles.named("deploy-" + place + ".yml");
      assertThat(workflow.at("/jobs/deploy/environment").asText()).isEqualTo(place);
      assertThat(workflow.at("/concurrency/group").asText()).isEqualTo(place);
      assertThat(workflow.at("/concurrency/cancel-in-progress").asBoolean(true)).isFalse();
    }
  }

  @Test
  void a_rollback_is_not_held_up_by_tests_and_only_main_reaches_production() throws IOException {
    var job = WorkflowFiles.named("deploy-production.yml").at("/jobs/deploy/if").asText();
    assertThat(job).contains("always()", "refs/heads/main", "inputs.action == 'rollback' ||");
  }

  @Test
  void secrets_are_only_named() throws IOException {
    for (var name : WorkflowFiles.NAMES) {
      var text = Files.readString(WorkflowFiles.FOLDER.resolve(name));
      assertThat(SECRET_LIKE.matcher(text).results().map(found -> found.group()))
          .as(name)
          .allMatch(found -> found.endsWith("write") || found.endsWith("read"));
    }
    assertThat(Files.readString(WorkflowFiles.FOLDER.resolve("deploy-production.yml")))
        .contains("${{ secrets.PRODUCTION_AI_API_KEY }}");
  }

  @Test
  void inputs_reach_a_shell_only_as_variables() throws IOException {
    for (var step : steps()) {
      assertThat(step.path("run").asText()).doesNotContain("${{");
    }
  }

  @Test
  void every_workflow_asks_for_the_least_rights_and_ends_by_itself() throws IOException {
    WorkflowFiles.all()
        .forEach(
            (name, workflow) -> {
              assertThat(workflow.at("/permissions/contents").asText()).as(name).isEqualTo("read");
              workflow
                  .get("jobs")
                  .forEach(
                      job -> assertThat(job.has("timeout-minutes") || job.has("uses")).isTrue());
            });
  }

  @Test
  void jobs_need_only_jobs_that_are_there() throws IOException {
    WorkflowFiles.all()
        .forEach(
            (name, workflow) ->
                workflow
                    .get("jobs")
                    .forEach(
                        job -> {
                          if (job.has("needs")) {
                            assertThat(workflow.get("jobs").has(job.get("needs").asText()))
                                .as(name)
                                .isTrue();
                          }
                        }));
  }

  @Test
  void monitoring_looks_every_quarter_of_an_hour() throws IOException {
    var schedule = WorkflowFiles.named("monitoring.yml").at("/on/schedule/0/cron").asText();
    assertThat(schedule).isEqualTo("*/15 * * * *");
  }

  @Test
  void every_command_is_one_the_program_understands() throws IOException {
    var variables = Map.of("VERSION", "v2", "SLOT", "green", "ACTION", "rollback", "PWD", ".");
    var commands = new ArrayList<String>();
    for (var name : WorkflowFiles.NAMES) {
      var line = WorkflowFiles.command(name, variables);
      commands.add(DeliverOptions.parse(Map.of(), line).command());
    }
    assertThat(commands)
        .containsExactlyInAnyOrder(
            "validate", "test", "deploy-staging", "deploy-production", "monitoring");
  }

  @Test
  void every_workflow_calls_the_program() throws IOException {
    WorkflowFiles.all()
        .forEach(
            (name, workflow) ->
                assertThat(workflow.at("/env/DELIVER").asText())
                    .as(name)
                    .endsWith("-Dexec.mainClass=" + Deliver.class.getName()));
  }

  private static List<JsonNode> steps() throws IOException {
    var steps = new ArrayList<JsonNode>();
    for (var workflow : WorkflowFiles.all().values()) {
      workflow.get("jobs").forEach(job -> job.path("steps").forEach(steps::add));
    }
    return steps;
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
