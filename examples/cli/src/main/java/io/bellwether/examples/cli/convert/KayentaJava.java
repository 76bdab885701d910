package io.bellwether.examples.cli.convert;

import io.bellwether.analysis.KayentaEffectSize;
import io.bellwether.analysis.KayentaMetric;
import io.bellwether.analysis.KayentaOutliers;
import io.bellwether.analysis.KayentaScoreThresholds;
import io.bellwether.plans.KayentaFile;
import java.util.stream.Collectors;

/** A configuration of Kayenta's judge as the expression that makes ours. */
final class KayentaJava {
  private KayentaJava() {}

  static Conversion of(KayentaFile file) {
    var config = file.config();
    var text = new StringBuilder("KayentaJudge.create(c -> c");
    config
        .metrics()
        .forEach(
            metric ->
                text.append("\n    .metric(")
                    .append(quoted(metric.name()))
                    .append(", m -> m")
                    .append(rules(metric))
                    .append(')'));
    config
        .groupWeights()
        .forEach(
            (group, weight) ->
                text.append("\n    .groupWeight(")
                    .append(quoted(group))
                    .append(", ")
                    .append(weight)
                    .append(')'));
    text.append("\n    .scoreThresholds(")
        .append(threshold(config.scoreThresholds().pass()))
        .append(", ")
        .append(threshold(config.scoreThresholds().marginal()))
        .append("));\n");
    return new Conversion(text.toString(), file.notes());
  }

  private static String rules(KayentaMetric metric) {
    var text = new StringBuilder();
    if (!metric.groups().isEmpty()) {
      var groups = metric.groups().stream().map(KayentaJava::quoted);
      text.append(".groups(").append(groups.collect(Collectors.joining(", "))).append(')');
    }
    if (metric.direction() != KayentaMetric.Direction.EITHER) {
      text.append(".direction(KayentaMetric.Direction.").append(metric.direction()).append(')');
    }
    if (metric.nanStrategy() != KayentaMetric.NanStrategy.REMOVE) {
      text.append(".nanStrategy(KayentaMetric.NanStrategy.")
          .append(metric.nanStrategy())
          .append(')');
    }
    text.append(metric.critical() ? ".critical(true)" : "")
        .append(metric.mustHaveData() ? ".mustHaveData(true)" : "")
        .append(metric.muted() ? ".muted(true)" : "");
    if (metric.outliers() instanceof KayentaOutliers.InterquartileRange range) {
      text.append(".outliers(KayentaOutliers.remove(").append(range.factor()).append("))");
    }
    return text.append(effect(metric.effectSize())).toString();
  }

  private static String effect(KayentaEffectSize effect) {
    var neutral = effect.measure().neutral();
    var text = new StringBuilder();
    limit(text, "withAllowedIncrease", effect.allowedIncrease(), neutral);
    limit(text, "withAllowedDecrease", effect.allowedDecrease(), neutral);
    limit(text, "withCriticalIncrease", effect.criticalIncrease(), neutral);
    limit(text, "withCriticalDecrease", effect.criticalDecrease(), neutral);
    return text.length() == 0
        ? ""
        : ".effectSize(KayentaEffectSize.of(KayentaEffectSize.Measure."
            + effect.measure().name()
            + ")"
            + text
            + ")";
  }

  private static void limit(StringBuilder text, String name, double value, double neutral) {
    if (value != neutral) {
      text.append('.').append(name).append('(').append(value).append(')');
    }
  }

  private static String threshold(double score) {
    return score == KayentaScoreThresholds.NONE
        ? "KayentaScoreThresholds.NONE"
        : String.valueOf(score);
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }
}
