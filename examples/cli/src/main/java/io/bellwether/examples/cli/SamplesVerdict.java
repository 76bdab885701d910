package io.bellwether.examples.cli;

import io.bellwether.analysis.KayentaConfig;
import io.bellwether.analysis.KayentaJudge;
import io.bellwether.analysis.KayentaMetric.Direction;
import io.bellwether.analysis.KayentaMetricResult;
import io.bellwether.analysis.KayentaResult;
import io.bellwether.analysis.KayentaSamples;
import io.bellwether.examples.cli.io.Csv;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Input;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.examples.cli.io.Refusal;
import io.bellwether.plans.KayentaFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Kayenta's judge on two tables of samples, a column per metric. */
record SamplesVerdict(Arguments given, Output out) {
  /** A column that says when, and is no metric. */
  private static final String TIME = "time";

  Exit judge(Csv baseline, Csv canary) {
    var config =
        given
            .<Path>option("--config")
            .map(this::configured)
            .orElseGet(() -> usual(baseline, canary));
    var samples =
        config.metrics().stream().map(metric -> samples(metric.name(), baseline, canary)).toList();
    var result = KayentaJudge.of(config).judge(samples);
    var exit = exit(result);
    if (given.has("--json")) {
      out.json(json(result));
    } else {
      out.say(exit, result);
      result.metrics().forEach(metric -> out.say("  " + metric));
    }
    if (!result.errors().isEmpty()) {
      out.note(
          "metrics in error count in no score, so a pass is none: look at what was measured of "
              + result.errors().stream().map(error -> error.metric().name()).toList());
    }
    return exit;
  }

  private KayentaConfig configured(Path file) {
    if (given.has("--direction")) {
      throw given.misuse("--direction and --config: the configuration says the direction");
    }
    return KayentaFile.parse(Input.text("the configuration", file, Input.DOCUMENT)).config();
  }

  /** All metrics both tables have, alike. */
  private KayentaConfig usual(Csv baseline, Csv canary) {
    var direction =
        given.<String>option("--direction").map(this::direction).orElse(Direction.EITHER);
    var metrics =
        baseline.columns().stream().filter(canary::has).filter(name -> !name.equals(TIME)).toList();
    if (metrics.isEmpty()) {
      throw new Refusal(
          "the tables have no metric in common: "
              + baseline.columns()
              + " and "
              + canary.columns()
              + "; name their columns alike");
    }
    return KayentaConfig.create(
        c -> {
          metrics.forEach(name -> c.metric(name, m -> m.groups("metrics").direction(direction)));
          return c;
        });
  }

  private Direction direction(String word) {
    return Stream.of(Direction.values())
        .filter(direction -> direction.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                given.misuse("--direction '" + word + "': expected increase, decrease or either"));
  }

  private static KayentaSamples samples(String metric, Csv baseline, Csv canary) {
    return KayentaSamples.of(metric)
        .baseline(points(metric, "baseline", baseline))
        .canary(points(metric, "canary", canary));
  }

  private static double[] points(String metric, String arm, Csv table) {
    if (!table.has(metric)) {
      throw new Refusal(
          "the "
              + arm
              + " has no column '"
              + metric
              + "', only "
              + table.columns()
              + "; add it, empty where nothing was measured");
    }
    return table.rows().stream().mapToDouble(row -> row.number(metric)).toArray();
  }

  private static Exit exit(KayentaResult result) {
    return switch (result.verdict()) {
      case PASS -> result.errors().isEmpty() ? Exit.FINE : Exit.UNDECIDED;
      case MARGINAL -> Exit.UNDECIDED;
      case FAIL -> Exit.FOUND;
    };
  }

  private static Json json(KayentaResult result) {
    return Json.object()
        .put("judge", "kayenta")
        .put("verdict", result.verdict())
        .put("score", result.score())
        .put("reason", result.reason())
        .put("groups", groups(result))
        .put("metrics", result.metrics().stream().map(SamplesVerdict::json).toList());
  }

  private static List<Json> groups(KayentaResult result) {
    return result.groups().stream()
        .map(
            g ->
                Json.object()
                    .put("name", g.name())
                    .put("score", g.score())
                    .put("weight", g.weight()))
        .toList();
  }

  private static Json json(KayentaMetricResult metric) {
    return Json.object()
        .put("name", metric.metric().name())
        .put("classification", metric.classification())
        .put("critical", metric.critical())
        .put("reason", metric.reason())
        .put("baseline_points", metric.baseline().count())
        .put("canary_points", metric.canary().count());
  }
}
