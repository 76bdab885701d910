package io.bellwether.examples.cli;

import io.bellwether.examples.cli.convert.Conversion;
import io.bellwether.examples.cli.convert.Kind;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** A file of another tool in our words. */
final class Convert implements Command {
  @Override
  public String name() {
    return "convert";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("A file of another tool as one of ours.")
        .description(
            "Writes a file of another tool as one of ours. What was not carried over stands above"
                + " it as comments: read them before you use it.")
        .footer(
            "  bellwether convert argo-rollouts rollout.yaml > plan.yml",
            "  bellwether convert sloth slos.yml > openslo.yml",
            "  bellwether convert kayenta canary-config.json");
    spec.addPositional(
            Arguments.required(
                0,
                "KIND",
                Stream.of(Kind.values())
                        .map(k -> k + ": " + k.result())
                        .collect(Collectors.joining("; "))
                    + "."))
        .addPositional(Arguments.required(1, "FILE", "The file."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object, notes apart."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    var kind =
        Kind.of(given.text(0))
            .orElseThrow(
                () ->
                    given.misuse(
                        "KIND '"
                            + given.text(0)
                            + "': expected one of "
                            + Stream.of(Kind.values()).map(Kind::toString).toList()));
    var conversions = kind.convert(Input.text("the file", given.path(1), Input.DOCUMENT));
    if (given.has("--json")) {
      out.json(
          Json.object()
              .put("kind", kind)
              .put("documents", conversions.stream().map(Convert::json).toList()));
    } else {
      var documents = conversions.stream().map(c -> c.commented(kind.comment()));
      out.say(documents.collect(Collectors.joining("---\n")).stripTrailing());
    }
    return Exit.FINE;
  }

  private static Json json(Conversion conversion) {
    return Json.object().put("text", conversion.text()).put("notes", conversion.notes());
  }
}
