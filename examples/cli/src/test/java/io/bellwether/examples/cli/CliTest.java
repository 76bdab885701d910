package io.bellwether.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.examples.cli.io.Exit;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  @TempDir private Path directory;

  private static Stream<String> commands() {
    return Cli.create().getSubcommands().keySet().stream();
  }

  @Test
  void the_help_names_every_command_and_every_exit_code() {
    var ran = Ran.of("--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "simulate",
            "validate-config",
            "validate-prompts",
            "scan-secrets",
            "slo",
            "explain-route",
            "judge",
            "convert",
            "completion");
    for (var exit : Exit.values()) {
      assertThat(ran.out()).contains(exit.code() + "  " + exit.meaning());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void each_command_has_examples_that_name_it(String command) {
    var ran = Ran.of(command, "--help");
    assertThat(ran.code()).isZero();
    var examples = ran.out().substring(ran.out().indexOf("Examples:"));
    assertThat(examples).contains("bellwether " + command);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void an_example_of_the_help_is_no_wrong_usage(String command) {
    var help = Ran.of(command, "--help").out();
    var examples = help.substring(help.indexOf("Examples:")).lines().skip(1);
    examples
        .map(line -> line.strip().replaceFirst("^source <\\(", "").replaceFirst("\\)$", ""))
        .filter(line -> !line.isEmpty())
        .map(line -> line.replaceFirst(" [|>] .*", "").replace("'", "").split(" "))
        .forEach(
            words -> {
              var arguments = Stream.of(words).skip(1).toArray();
              assertThat(Ran.of(arguments).err()).doesNotContain("see bellwether");
            });
  }

  @Test
  void without_a_command_it_says_which_there_are() {
    var ran = Ran.of();
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: no command; one of [simulate, ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void an_unknown_option_is_wrong_usage_and_the_help_is_named() {
    var ran = Ran.of("simulate", "plan.yml", "--candidate-error", "2%");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--candidate-error").contains("see bellwether simulate --help");
  }

  @Test
  void an_unknown_command_is_told_with_the_nearest() {
    var ran = Ran.of("simulat");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("simulat").contains("did you mean simulate");
  }

  @Test
  void colours_are_off_unless_wanted() {
    Samples.write(directory, "prompts/a.md", "Hello");
    assertThat(Ran.of("validate-prompts", directory).out()).doesNotContain("\u001b");
    assertThat(Ran.inColour("validate-prompts", directory).out()).contains("\u001b[3");
  }

  @Test
  void what_would_move_a_cursor_is_not_shown() {
    var ran = Ran.of("explain-route", directory.resolve("no\u001b[2Jne.yml"), "a=b");
    assertThat(ran.err()).contains("no?[2Jne.yml").doesNotContain("\u001b");
  }

  @Test
  void a_secret_on_the_command_line_is_not_repeated() {
    var secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    var ran = Ran.of("slo", directory.resolve(secret));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("***").doesNotContain(secret);
  }

  @Test
  void a_trace_of_the_stack_is_shown_only_when_asked() {
    assertThat(Ran.of("slo", "missing.json").err()).hasLineCount(1).doesNotContain("\tat ");
    assertThat(Ran.of("slo", "missing.json", "--debug").err()).contains("\tat ");
  }

  @Test
  void the_completion_script_completes_commands_and_options() {
    var ran = Ran.of("completion");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("complete -F _complete_bellwether")
        .contains("--candidate-errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "two%", "200%", "-1%"})
  void what_is_no_percentage_is_refused(String text) {
    var plan = Samples.write(directory, "plan.yml", Samples.PLAN);
    var ran = Ran.of("simulate", plan, "--candidate-errors=" + text);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).doesNotContain("\tat ").startsWith("error: ");
  }
}
