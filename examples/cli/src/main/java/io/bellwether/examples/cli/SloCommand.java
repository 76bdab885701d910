package io.bellwether.examples.cli;

import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.examples.cli.io.Refusal;
import io.bellwether.examples.cli.slo.EventsTable;
import io.bellwether.examples.cli.slo.Outlook;
import io.bellwether.examples.cli.slo.SavedReport;
import io.bellwether.openslo.OpenSlo;
import io.bellwether.openslo.OpenSloBundle;
import io.bellwether.openslo.Sloth;
import io.bellwether.slo.BudgetStatus;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.slo.SloReport;
import io.bellwether.slo.SloResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** How SLOs stand, and how long their budgets last. */
final class SloCommand implements Command {
  @Override
  public String name() {
    return "slo";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("How SLOs stand, and how long their budgets last.")
        .description(
            "How SLOs stand. REPORT is what SloReport.toJson wrote; or, with --events, the SLOs"
                + " themselves (OpenSLO or Sloth), measured by a table of counts"
                + " (from,to,good,bad; with several SLOs also slo), which tells burn rates and"
                + " a forecast too. A missed objective or an exhausted budget is 1, no data 3.")
        .footer(
            "  bellwether slo report.json",
            "  bellwether slo slos.yml --events counts.csv",
            "  bellwether slo sloth.yml --events counts.csv --at 2026-03-31T00:00:00Z --markdown");
    spec.addPositional(Arguments.required(0, "REPORT", "A report in JSON, or SLOs in YAML."))
        .addOption(Arguments.value("--events", Path.class, "FILE", "Good and bad events, as .csv."))
        .addOption(
            Arguments.value("--at", Instant.class, "MOMENT", "As of when; the end of the events."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object."))
        .addOption(Arguments.flag("--markdown", "Answer as a table in Markdown."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    if (given.has("--json") && given.has("--markdown")) {
      throw given.misuse("--json and --markdown: choose one");
    }
    var text = Input.text("the report", given.path(0), Input.DOCUMENT);
    var events = given.<Path>option("--events");
    if (events.isPresent()) {
      return measured(text, events.get(), given, out);
    }
    if (given.has("--at") || given.has("--markdown")) {
      throw given.misuse("--at and --markdown are for SLOs with --events, not for a saved report");
    }
    if (!text.stripLeading().startsWith("{")) {
      throw new Refusal(
          "the report "
              + given.path(0)
              + " is no JSON object; SLOs in YAML need their events: --events counts.csv");
    }
    return saved(text, given, out);
  }

  private static Exit saved(String text, Arguments given, Output out) {
    var report = SavedReport.parse(text);
    if (given.has("--json")) {
      out.document(text.strip());
    } else {
      report.lines().forEach(line -> out.say(line.exit(), line.text()));
    }
    return report.exit();
  }

  private static Exit measured(String text, Path file, Arguments given, Output out) {
    var slos = slos(text, out);
    var events = EventsTable.read(file, slos);
    var at = given.<Instant>option("--at").orElse(events.end());
    var calculator = SloCalculator.of(slos);
    var report = calculator.report(events.measurements(), at);
    var outlooks =
        report.results().stream()
            .map(result -> Outlook.of(calculator, result, events.measurements(), at))
            .toList();
    if (given.has("--json")) {
      out.json(
          Json.object()
              .ready("report", report.toJson())
              .put("outlook", outlooks.stream().map(Outlook::json).toList()));
    } else if (given.has("--markdown")) {
      out.document(report.toMarkdown());
    } else {
      tell(report, outlooks, out);
    }
    return report.results().stream().map(SloCommand::exit).reduce(Exit.FINE, Exit::or);
  }

  private static void tell(SloReport report, List<Outlook> outlooks, Output out) {
    for (var i = 0; i < outlooks.size(); i++) {
      var result = report.results().get(i);
      out.say(exit(result), result);
      outlooks.get(i).lines().forEach(line -> out.say("  " + line));
      result.notes().forEach(note -> out.say("  note: " + note));
    }
  }

  private static List<Slo> slos(String text, Output out) {
    var bundle = text.contains("openslo/v1") ? OpenSlo.parse(text) : sloth(text, out);
    if (bundle.slos().isEmpty()) {
      throw new Refusal("the file has no SLO; expected OpenSLO (kind: SLO) or Sloth");
    }
    return bundle.slos().stream().map(slo -> slo.slo()).toList();
  }

  private static OpenSloBundle sloth(String text, Output out) {
    var read = Sloth.parse(text);
    read.notes().forEach(out::note);
    return read.bundle();
  }

  private static Exit exit(SloResult result) {
    return switch (result.status()) {
      case NO_DATA -> Exit.UNDECIDED;
      case FAIL -> Exit.FOUND;
      case PASS ->
          result.budgetStatus().filter(BudgetStatus.EXHAUSTED::equals).isPresent()
              ? Exit.FOUND
              : Exit.FINE;
    };
  }
}
