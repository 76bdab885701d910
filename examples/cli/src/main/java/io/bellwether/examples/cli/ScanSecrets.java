package io.bellwether.examples.cli;

import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.examples.cli.io.Refusal;
import io.bellwether.examples.cli.scan.SecretTree;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Model.CommandSpec;

/** Whether secrets are written down in a directory. */
final class ScanSecrets implements Command {
  private static final long MIB = 1L << 20;

  @Override
  public String name() {
    return "scan-secrets";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("Are secrets written down in a directory?")
        .description(
            "Looks for secrets in every text file below a directory, or in one file. Says where"
                + " one stands and never what it is. Certain ones are 1; guesses are told and are"
                + " 1 with --strict.")
        .footer(
            "  bellwether scan-secrets .",
            "  bellwether scan-secrets . --strict --exclude 'src/test/**' --exclude '**/*.lock'");
    spec.addPositional(
            Arguments.required(
                0,
                "DIR",
                "A directory or a file. Version control's own, links, and binary files"
                    + " are left out."))
        .addOption(Arguments.flag("--strict", "What merely looks like a secret is found as well."))
        .addOption(
            Arguments.values(
                "--exclude", String.class, "GLOB", "Paths below DIR that are left out."))
        .addOption(
            Arguments.value(
                "--max-mib", Integer.class, "NUMBER", "Larger files are left out and told; 8."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    var largest = given.<Integer>option("--max-mib").orElse(8);
    if (largest < 1 || largest > 512) {
      throw given.misuse("--max-mib " + largest + ": expected from 1 to 512");
    }
    var excluded = given.<String>list("--exclude").stream().map(ScanSecrets::glob).toList();
    var tree = SecretTree.scan(given.path(0), largest * MIB, excluded);
    var certain = tree.places().stream().filter(SecretTree.Place::certain).count();
    var guesses = tree.places().size() - certain;
    var found = certain > 0 || given.has("--strict") && guesses > 0;
    var exit = found ? Exit.FOUND : tree.unread().isEmpty() ? Exit.FINE : Exit.REFUSED;
    if (given.has("--json")) {
      out.json(json(tree, !found));
    } else {
      tree.places().forEach(out::say);
      out.say(
          exit, certain + " certain, " + guesses + " guessed in " + tree.files() + " text files");
      tree.leftOut().forEach(out::note);
    }
    tree.unread()
        .forEach(file -> out.error(file + " could not be read; nobody has looked into it"));
    return exit;
  }

  private static PathMatcher glob(String text) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + text);
    } catch (PatternSyntaxException e) {
      throw new Refusal("--exclude '" + text + "' is no pattern: " + e.getDescription());
    }
  }

  private static Json json(SecretTree tree, boolean passed) {
    return Json.object()
        .put("passed", passed)
        .put("files", tree.files())
        .put(
            "findings",
            tree.places().stream()
                .map(
                    place ->
                        Json.object()
                            .put("file", place.file())
                            .put("line", place.line())
                            .put("column", place.column())
                            .put("rule", place.rule())
                            .put("certain", place.certain()))
                .toList())
        .put("left_out", tree.leftOut())
        .put("unread", tree.unread());
  }
}
