package io.bellwether.examples.cli;

import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Output;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** The script by which shells complete commands and options. */
final class Completion implements Command {
  @Override
  public String name() {
    return "completion";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("The script by which shells complete commands and options.")
        .description("For bash and zsh; load it when a shell starts.")
        .footer("  source <(" + Cli.NAME + " completion)");
  }

  @Override
  public Exit run(Arguments given, Output out) {
    out.document(AutoComplete.bash(Cli.NAME, Cli.create()));
    return Exit.FINE;
  }
}
