package io.bellwether.examples.cli;

import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Output;
import picocli.CommandLine.Model.CommandSpec;

/** A question to the library. Stateless. */
interface Command {
  /** What it is called. */
  String name();

  /** Adds its arguments, its description and its examples. */
  void describe(CommandSpec spec);

  /**
   * Answers.
   *
   * @throws io.bellwether.BellwetherException if the input cannot be used
   */
  Exit run(Arguments given, Output out);
}
