package io.bellwether.examples.cli;

import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.Explanation;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alertmanager.AlertmanagerConfig;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.time.TimeSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Who would be told of an alert, by the routes of an Alertmanager file. */
final class ExplainRoute implements Command {
  /** A name of the file; nobody is told by this program. */
  private record Named(String name) implements Receiver {
    @Override
    public CompletionStage<Delivery> deliver(Notification notification) {
      return CompletableFuture.completedFuture(Delivery.delivered());
    }
  }

  @Override
  public String name() {
    return "explain-route";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.usageMessage()
        .header("Who would be told of an alert, and by which route.")
        .description(
            "Who would be told of an alert with these labels, and by which route. With --expect it"
                + " is 1 unless exactly these are told.")
        .footer(
            "  bellwether explain-route alertmanager.yml severity=critical service=chat",
            "  bellwether explain-route alertmanager.yml severity=critical --expect pager,chat-team",
            "  bellwether explain-route alertmanager.yml severity=info --at 2026-03-01T23:00:00Z");
    spec.addPositional(Arguments.required(0, "ROUTES", "An Alertmanager file."))
        .addPositional(
            PositionalParamSpec.builder()
                .index("1..*")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("LABELS")
                .description("name=value, one or more.")
                .build())
        .addOption(
            Arguments.values("--expect", String.class, "NAME", "Receivers that are to be told."))
        .addOption(
            Arguments.value("--at", Instant.class, "MOMENT", "When, for intervals that mute; now."))
        .addOption(Arguments.flag("--json", "Answer as one JSON object."));
  }

  @Override
  public Exit run(Arguments given, Output out) {
    var labels = labels(given);
    var file = Input.textFile("the routes", given.path(0), Input.DOCUMENT);
    var config = AlertmanagerConfig.read(file);
    var told = explain(config, labels, given.<Instant>option("--at").orElseGet(Instant::now));
    var expected = given.<String>list("--expect");
    var exit =
        expected.isEmpty() || new HashSet<>(expected).equals(new HashSet<>(told.receivers()))
            ? Exit.FINE
            : Exit.FOUND;
    if (given.has("--json")) {
      out.json(json(told, exit == Exit.FINE));
    } else {
      out.say(told);
      if (exit == Exit.FOUND) {
        out.say(exit, "expected " + expected + ", told " + told.receivers());
      }
    }
    return exit;
  }

  private static Map<String, String> labels(Arguments given) {
    var labels = new LinkedHashMap<String, String>();
    for (var text : given.from(1)) {
      var equals = text.indexOf('=');
      if (equals < 1) {
        throw given.misuse("label '" + text + "': expected name=value, such as severity=critical");
      }
      var before = labels.put(text.substring(0, equals), text.substring(equals + 1));
      if (before != null) {
        throw given.misuse("label " + text.substring(0, equals) + " is given twice");
      }
    }
    return labels;
  }

  private static Explanation explain(
      AlertmanagerConfig config, Map<String, String> labels, Instant at) {
    var receivers = config.receivers().stream().map(Named::new).toArray(Receiver[]::new);
    var still = new TimeSource(InstantSource.fixed(at), () -> 0, (delay, task) -> () -> {});
    try (var router = AlertRouter.create(r -> config.applyTo(r, receivers).time(still))) {
      return router.explain(labels);
    }
  }

  private static Json json(Explanation told, boolean asExpected) {
    return Json.object()
        .put("receivers", told.receivers())
        .put("as_expected", asExpected)
        .put("muted_by", told.mutedBy())
        .put(
            "routes",
            told.matches().stream()
                .map(
                    match ->
                        Json.object()
                            .put("route", match.route())
                            .put("receivers", match.options().receivers())
                            .put("group_by", match.options().groupBy())
                            .put("closed_by", match.closedBy()))
                .toList());
  }
}
