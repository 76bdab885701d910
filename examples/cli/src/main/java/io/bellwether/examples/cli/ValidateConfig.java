package io.bellwether.examples.cli;

import io.bellwether.config.ConfigProblem;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.examples.cli.io.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/** Whether every environment's settings can be loaded and mean something. */
final class ValidateConfig implements Command {
  private static final Set<String> NO_ENVIRONMENT = Set.of("base", "local");

  @Override
  public String name() {
    return "validate-config";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("Are every environment's settings as they should be?")
        .description(
            "Loads base.yml with each environment's file over it and checks the sections the"
                + " library knows. Problems are 1; what only looks wrong is told and is 0.")
        .footer(
            "  bellwether validate-config configs",
            "  bellwether validate-config configs --environment production --allow-unset");
    spec.addPositional(
            Arguments.required(0, "DIR", "The directory of base.yml and <environment>.yml."))
        .addOption(
            Arguments.values(
                "--environment", String.class, "NAME", "Only these; all there are files for."))
        .addOption(
            Arguments.flag(
                "--allow-unset",
                "Variables without a value are told and are no problem, as in a build without"
                    + " secrets."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    var directory = Input.directory("the directory", given.path(0));
    var environments = given.<String>list("--environment");
    var checked = new ArrayList<EnvironmentCheck>();
    for (var name : environments.isEmpty() ? environments(directory) : environments) {
      checked.add(EnvironmentCheck.of(directory, name, given.has("--allow-unset")));
    }
    var passed = checked.stream().allMatch(EnvironmentCheck::passed);
    if (given.has("--json")) {
      out.json(json(checked, passed));
    } else {
      checked.forEach(environment -> tell(environment, out));
    }
    return passed ? Exit.FINE : Exit.FOUND;
  }

  /** Those there are files for; without any, the base file alone. */
  private static List<String> environments(Path directory) {
    var names = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(directory, "*.{yml,yaml}")) {
      for (var file : files) {
        names.add(String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""));
      }
    } catch (IOException e) {
      throw new Refusal("the directory " + directory + " cannot be listed; does `ls` show it?");
    }
    if (names.isEmpty()) {
      throw new Refusal(
          "the directory " + directory + " has no .yml or .yaml file; is it the one of base.yml?");
    }
    names.removeAll(NO_ENVIRONMENT);
    return names.isEmpty() ? List.of("") : List.copyOf(names);
  }

  private static void tell(EnvironmentCheck environment, Output out) {
    environment.problems().forEach(out::say);
    environment.warnings().forEach(warning -> out.say("warning: " + warning));
    out.say(environment.passed() ? Exit.FINE : Exit.FOUND, environment);
  }

  private static Json json(List<EnvironmentCheck> checked, boolean passed) {
    return Json.object()
        .put("passed", passed)
        .put(
            "environments",
            checked.stream()
                .map(
                    environment ->
                        Json.object()
                            .put("name", environment.name())
                            .put("passed", environment.passed())
                            .put("problems", json(environment.problems()))
                            .put("warnings", json(environment.warnings())))
                .toList());
  }

  private static List<Json> json(List<ConfigProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                Json.object()
                    .put("kind", problem.kind())
                    .put("key", problem.path())
                    .put("file", problem.at().source())
                    .put("line", problem.at().line())
                    .put("column", problem.at().column())
                    .put("message", problem.message()))
        .toList();
  }
}
