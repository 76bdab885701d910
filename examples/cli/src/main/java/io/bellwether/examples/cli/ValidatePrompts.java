package io.bellwether.examples.cli;

import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.prompt.PromptValidator;
import picocli.CommandLine.Model.CommandSpec;

/** Whether the prompts of a folder are as they should be. */
final class ValidatePrompts implements Command {
  @Override
  public String name() {
    return "validate-prompts";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("Are all prompts of a folder as they should be?")
        .description(
            "Checks every prompt of a folder: syntax, variables, size, schemas, secrets."
                + " Nothing but warnings is 0, problems are 1.")
        .footer(
            "  bellwether validate-prompts prompts",
            "  bellwether validate-prompts prompts --sarif > prompts.sarif");
    spec.addPositional(Arguments.required(0, "DIR", "The folder; those in it are checked too."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object."))
        .addOption(Arguments.flag("--sarif", "Answer as SARIF 2.1.0, for a code host to show."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    if (given.has("--json") && given.has("--sarif")) {
      throw given.misuse("--json and --sarif: choose one");
    }
    var report = PromptValidator.validate(Input.directory("the folder", given.path(0)));
    var exit = report.passed() ? Exit.FINE : Exit.FOUND;
    if (given.has("--sarif")) {
      out.document(report.toSarif());
    } else if (given.has("--json")) {
      out.document(report.toJson());
    } else {
      out.say(exit, report);
    }
    return exit;
  }
}
