package io.bellwether.examples.cli;

import static io.bellwether.examples.cli.Arguments.flag;
import static io.bellwether.examples.cli.Arguments.value;
import static io.bellwether.examples.cli.Arguments.values;

import io.bellwether.Ratio;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.plans.PlanFile;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.MetricTrace;
import io.bellwether.strategy.Simulation;
import io.bellwether.strategy.Traffic;
import io.bellwether.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What a plan would do on recorded metrics or on scripted traffic. */
final class Simulate implements Command {
  private static final List<String> TRAFFIC =
      List.of(
          "--per-minute",
          "--stable-errors",
          "--candidate-errors",
          "--candidate-empties",
          "--stable-p95",
          "--candidate-p95");

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("What a plan would do, on recorded metrics or scripted traffic.")
        .description(
            "What a plan would do: on recorded metrics, or on scripted traffic without a TRACE."
                + " Promoted is 0, any other end 1, no end 3.")
        .footer(
            "  bellwether simulate plan.yml evening.csv",
            "  bellwether simulate plan.yml --per-minute 600 --candidate-errors 2%%,2%%,9%%",
            "  bellwether simulate plan.yml evening.csv --json | jq -r .end");
    spec.addPositional(Arguments.required(0, "PLAN", "A plan in YAML."))
        .addPositional(
            Arguments.optional(
                1, "TRACE", "Metrics as .csv (time,version,metric,value,samples) or .jsonl."))
        .addOption(
            value("--fresh-for", Duration.class, "TIME", "How long a recorded value holds; 5m."))
        .addOption(
            value("--per-minute", Double.class, "NUMBER", "Scripted requests a minute; 600."))
        .addOption(value("--stable-errors", Ratio.class, "PERCENT", "Stable's errors; 1%%."))
        .addOption(
            values("--candidate-errors", Ratio.class, "PERCENT", "The candidate's, step by step."))
        .addOption(
            values(
                "--candidate-empties", Ratio.class, "PERCENT", "Its empty answers, step by step."))
        .addOption(value("--stable-p95", Duration.class, "TIME", "Stable's latency; 800ms."))
        .addOption(
            values("--candidate-p95", Duration.class, "TIME", "The candidate's, step by step."))
        .addOption(flag("--json", "Answer as one JSON object."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    var trace = given.pathIfAny(1);
    var scripted = TRAFFIC.stream().filter(given::has).toList();
    if (trace.isPresent() == !scripted.isEmpty()) {
      throw given.misuse(
          trace.isPresent()
              ? "a TRACE has its own traffic: leave out " + String.join(", ", scripted)
              : "what is simulated? Give a TRACE, or scripted traffic such as --candidate-errors"
                  + " 2%,9%");
    }
    var plan = PlanFile.read(Input.textFile("the plan", given.path(0), Input.DOCUMENT));
    var strategy = plan.imagined();
    if (trace.isPresent() && plan.judge().isPresent()) {
      out.note(
          "the plan's judge is left out: a trace has no counts to compare. Scripted traffic has,"
              + " such as --candidate-errors 2%");
    }
    var simulation =
        trace.isPresent()
            ? strategy.replay(trace(trace.get(), given.option("--fresh-for")))
            : strategy.simulate(traffic(given));
    if (given.has("--json")) {
      out.json(json(strategy, simulation));
    } else {
      tell(strategy, simulation, out);
    }
    return exit(simulation);
  }

  private static MetricTrace trace(Path file, Optional<Duration> freshness) {
    var trace = MetricTrace.read(Input.textFile("the trace", file, Input.RECORDING));
    return freshness.map(trace::freshFor).orElse(trace);
  }

  private static Traffic traffic(Arguments given) {
    var traffic = Traffic.traffic(given.<Double>option("--per-minute").orElse(600.0));
    traffic = given.<Ratio>option("--stable-errors").map(traffic::stableErrors).orElse(traffic);
    traffic = given.<Duration>option("--stable-p95").map(traffic::stableP95).orElse(traffic);
    var errors = given.<Ratio>list("--candidate-errors").toArray(Ratio[]::new);
    traffic = errors.length == 0 ? traffic : traffic.candidateErrors(errors);
    var empties = given.<Ratio>list("--candidate-empties").toArray(Ratio[]::new);
    traffic = empties.length == 0 ? traffic : traffic.candidateEmpties(empties);
    var p95 = given.<Duration>list("--candidate-p95").toArray(Duration[]::new);
    return p95.length == 0 ? traffic : traffic.candidateP95(p95);
  }

  private static Exit exit(Simulation simulation) {
    if (!simulation.end().isTerminal()) {
      return Exit.UNDECIDED;
    }
    return simulation.end().phase() == Phase.PROMOTED ? Exit.FINE : Exit.FOUND;
  }

  private static void tell(DeploymentStrategy strategy, Simulation simulation, Output out) {
    out.say(strategy);
    simulation.lines().forEach(out::say);
    var exposed = simulation.exposed();
    out.say(
        exit(simulation),
        "=> "
            + simulation.end().explain()
            + (exposed.isPresent() ? "; it served " + exposed.getAsLong() + " requests" : "")
            + ", after "
            + Durations.plain(simulation.length()));
  }

  private static Json json(DeploymentStrategy strategy, Simulation simulation) {
    var json =
        Json.object()
            .put("plan", strategy)
            .put("end", simulation.end().phase())
            .put("promoted", exit(simulation) == Exit.FINE)
            .put("why", simulation.end().explain())
            .put("length", simulation.length())
            .put("cut_short", simulation.cutShort())
            .put(
                "decisions",
                simulation.lines().stream()
                    .map(line -> Json.object().put("after", line.after()).put("text", line.text()))
                    .toList())
            .put("alerts", simulation.alerts().stream().map(Object::toString).toList());
    simulation.exposed().ifPresent(served -> json.put("candidate_requests", served));
    return json;
  }
}
