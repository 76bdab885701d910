package io.bellwether.examples.cli;

import static io.bellwether.examples.cli.Arguments.value;

import io.bellwether.Ratio;
import io.bellwether.examples.cli.io.Csv;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Output;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Whether a canary is worse than its baseline. */
final class Judge implements Command {
  private static final List<String> OF_COUNTS =
      List.of("--alpha", "--beta", "--min-requests", "--promote-after", "--launch");
  private static final List<String> OF_SAMPLES = List.of("--config", "--direction");

  @Override
  public String name() {
    return "judge";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("Is a canary worse than its baseline?")
        .description(
            "Compares a canary with its baseline. Two tables of counts (block,requests,errors and,"
                + " if there are, empties,slow) come before the sequential judge, which holds its"
                + " false alarms to --alpha however often it is asked. Two tables of samples (a"
                + " column per metric) come before Kayenta's judge. Worse is 1, hold or marginal"
                + " is 3.")
        .footer(
            "  bellwether judge stable-counts.csv canary-counts.csv",
            "  bellwether judge baseline.csv canary.csv --config canary-config.json",
            "  bellwether judge baseline.csv canary.csv --direction increase --json");
    spec.addPositional(Arguments.required(0, "BASELINE", "What the stable version did, as .csv."))
        .addPositional(Arguments.required(1, "CANARY", "What the canary did, as .csv."))
        .addOption(
            value("--alpha", Ratio.class, "PERCENT", "Counts: harmless ones stopped at most; 1%%."))
        .addOption(
            value("--beta", Ratio.class, "PERCENT", "Counts: harmful ones promoted at most; 5%%."))
        .addOption(
            value("--min-requests", Long.class, "NUMBER", "Counts: fewer are no answer; 100."))
        .addOption(
            value(
                "--promote-after",
                Long.class,
                "NUMBER",
                "Counts: promote after so many canary requests without alarm; by proof."))
        .addOption(value("--launch", Integer.class, "NUMBER", "Counts: which try this is; 1."))
        .addOption(value("--config", Path.class, "FILE", "Samples: a Kayenta configuration."))
        .addOption(
            value(
                "--direction",
                String.class,
                "WHICH",
                "Samples without --config: increase, decrease or either is worse; either."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    var baseline = Csv.read("the baseline", given.path(0));
    var canary = Csv.read("the canary", given.path(1));
    var counts = baseline.has("requests") && canary.has("requests");
    for (var option : counts ? OF_SAMPLES : OF_COUNTS) {
      if (given.has(option)) {
        throw given.misuse(
            counts
                ? option + " is for samples; these tables have counts"
                : option + " is for counts, a column requests in both tables; these have samples");
      }
    }
    return counts
        ? new CountsVerdict(given, out).judge(baseline, canary)
        : new SamplesVerdict(given, out).judge(baseline, canary);
  }
}
