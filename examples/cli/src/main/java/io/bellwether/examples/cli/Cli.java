package io.bellwether.examples.cli;

import io.bellwether.BellwetherException;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands as one program, and what becomes of their failures. */
final class Cli {
  static final String NAME = "bellwether";

  /** Of the help; the longest example fits. */
  private static final int WIDTH = 100;

  private static final List<Command> COMMANDS =
      List.of(
          new Simulate(),
          new ValidateConfig(),
          new ValidatePrompts(),
          new ScanSecrets(),
          new SloCommand(),
          new ExplainRoute(),
          new Judge(),
          new Convert(),
          new Completion());

  private Cli() {}

  /** The program; {@link CommandLine#execute} never throws and gives the exit code. */
  static CommandLine create() {
    var root = CommandSpec.create().name(NAME);
    root.usageMessage()
        .header("Progressive delivery, asked from a shell or a pipeline.")
        .footer(exitCodes());
    root.version(NAME + " " + version());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .arity("0")
            .type(boolean.class)
            .versionHelp(true)
            .description("Print the version.")
            .build());
    addHelp(root);
    for (var command : COMMANDS) {
      root.addSubcommand(command.name(), spec(command));
    }
    var line = new CommandLine(root);
    line.setExecutionStrategy(Cli::execute);
    line.setParameterExceptionHandler((wrong, arguments) -> misuse(wrong));
    return line;
  }

  private static CommandSpec spec(Command command) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(command.name());
    command.describe(spec);
    spec.usageMessage().footerHeading("%nExamples:%n");
    addHelp(spec);
    spec.addOption(
        Arguments.flag("--debug", "Show where a failure happened, for who mends this program."));
    return spec;
  }

  private static void addHelp(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .arity("0")
            .type(boolean.class)
            .usageHelp(true)
            .description("Print this and end.")
            .build());
    spec.usageMessage().abbreviateSynopsis(true).width(WIDTH);
  }

  private static String[] exitCodes() {
    var lines = new ArrayList<>(List.of("", "Exit codes:"));
    Stream.of(Exit.values())
        .map(exit -> "  " + exit.code() + "  " + exit.meaning())
        .forEach(lines::add);
    lines.add("");
    lines.add("Each command has examples: " + NAME + " simulate --help");
    return lines.toArray(String[]::new);
  }

  private static String version() {
    return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  private static int execute(ParseResult parsed) {
    var asked = CommandLine.executeHelpRequest(parsed);
    if (asked != null) {
      return asked;
    }
    if (!parsed.hasSubcommand()) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "no command; one of " + names());
    }
    var given = new Arguments(parsed.subcommand());
    var command = (Command) parsed.subcommand().commandSpec().userObject();
    var out = output(parsed.subcommand().commandSpec().commandLine());
    try {
      return command.run(given, out).code();
    } catch (ParameterException misuse) {
      throw misuse;
    } catch (BellwetherException | IllegalArgumentException refused) {
      return failed(refused, Exit.REFUSED, given, out);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
      return failed(fault, Exit.FAULT, given, out);
    } finally {
      out.flush();
    }
  }

  private static int failed(Throwable failure, Exit exit, Arguments given, Output out) {
    out.error(
        exit == Exit.FAULT
            ? "a fault of this program ("
                + failure.getClass().getSimpleName()
                + "); run it again with --debug and report what it shows"
            : String.valueOf(failure.getMessage()));
    if (given.has("--debug")) {
      out.trace(failure);
    }
    return exit.code();
  }

  private static int misuse(ParameterException wrong) {
    var line = wrong.getCommandLine();
    var out = output(line);
    out.error(String.valueOf(wrong.getMessage()));
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      var meant = unmatched.getSuggestions();
      if (!meant.isEmpty()) {
        out.note("did you mean " + String.join(" or ", meant) + "?");
      }
    }
    out.note("see " + line.getCommandSpec().qualifiedName() + " --help");
    out.flush();
    return Exit.REFUSED.code();
  }

  private static Output output(CommandLine line) {
    return new Output(line.getOut(), line.getErr(), line.getColorScheme().ansi().enabled());
  }

  private static List<String> names() {
    return COMMANDS.stream().map(Command::name).toList();
  }

  /** Colours or none, whatever the terminal is. */
  static CommandLine create(boolean colour) {
    return create()
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
  }
}
