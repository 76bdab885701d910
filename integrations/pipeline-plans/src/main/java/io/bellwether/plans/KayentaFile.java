package io.bellwether.plans;

import com.fasterxml.jackson.databind.JsonNode;
import io.bellwether.BellwetherException;
import io.bellwether.analysis.KayentaConfig;
import io.bellwether.analysis.KayentaEffectSize;
import io.bellwether.analysis.KayentaMetric;
import io.bellwether.analysis.KayentaOutliers;
import io.bellwether.analysis.KayentaScoreThresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;

/**
 * A configuration of Kayenta's judge, read from its JSON. Immutable.
 *
 * @param name of the configuration
 * @param config what {@link io.bellwether.analysis.KayentaJudge} judges by
 * @param notes what was not carried over, such as the queries: the samples come from the host
 */
public record KayentaFile(String name, KayentaConfig config, List<String> notes) {
  private static final String RULES = "/analysisConfigurations/canary/";
  private static final Set<String> KNOWN =
      Set.of(
          "direction",
          "nanStrategy",
          "critical",
          "mustHaveData",
          "muted",
          "outliers",
          "effectSize");
  private static final Map<String, BiFunction<KayentaEffectSize, Double, KayentaEffectSize>>
      EFFECTS =
          Map.of(
              "allowedIncrease", KayentaEffectSize::withAllowedIncrease,
              "allowedDecrease", KayentaEffectSize::withAllowedDecrease,
              "criticalIncrease", KayentaEffectSize::withCriticalIncrease,
              "criticalDecrease", KayentaEffectSize::withCriticalDecrease);

  /** Copies the notes. */
  public KayentaFile {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a configuration, or the {@code canaryConfig} of a request that has one.
   *
   * @throws BellwetherException if it is no JSON, no configuration, or has a word the judge does
   *     not know
   * @throws io.bellwether.InvalidConfigurationException if its numbers are no configuration
   */
  public static KayentaFile parse(String json) {
    var document =
        Foreign.documents("the Kayenta configuration", json).stream()
            .findFirst()
            .orElseThrow(() -> new BellwetherException("the Kayenta configuration is empty"));
    var config = Foreign.at(document, "/canaryConfig").orElse(document);
    if (config.path("metrics").isEmpty()) {
      throw new BellwetherException(
          "the Kayenta configuration has no metrics; expected a list of them under metrics");
    }
    var notes = new ArrayList<String>();
    var rules = KayentaConfig.builder();
    config.path("metrics").forEach(metric -> rules.metric(metric(metric, notes)));
    config
        .at("/classifier/groupWeights")
        .properties()
        .forEach(w -> rules.groupWeight(w.getKey(), w.getValue().asDouble()));
    rules.scoreThresholds(thresholds(document, config));
    Foreign.text(config, "/judge/name")
        .filter(judge -> !judge.startsWith("NetflixACAJudge"))
        .ifPresent(
            judge -> notes.add("judge '" + judge + "' is judged by the NetflixACAJudge here"));
    notes.add("queries, scopes and times are the host's: it hands the judge its samples");
    return new KayentaFile(Foreign.text(config, "/name").orElse("unnamed"), rules.build(), notes);
  }

  private static KayentaScoreThresholds thresholds(JsonNode document, JsonNode config) {
    var usual = KayentaScoreThresholds.defaults();
    var stated =
        Foreign.at(document, "/executionRequest/thresholds")
            .or(() -> Foreign.at(config, "/classifier/scoreThresholds"))
            .orElse(config);
    return new KayentaScoreThresholds(
        Foreign.number(stated, "/pass").orElse(usual.pass()),
        Foreign.number(stated, "/marginal").orElse(usual.marginal()));
  }

  private static KayentaMetric metric(JsonNode given, List<String> notes) {
    var name = Foreign.text(given, "/name").orElse("");
    var groups =
        StreamSupport.stream(given.path("groups").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    given
        .at(RULES.substring(0, RULES.length() - 1))
        .fieldNames()
        .forEachRemaining(
            rule -> {
              if (!KNOWN.contains(rule)) {
                notes.add("metric '" + name + "': the rule " + rule + " is not known and left out");
              }
            });
    return KayentaMetric.named(
        name,
        metric ->
            metric
                .groups(groups)
                .direction(word(given, "direction", KayentaMetric.Direction.EITHER))
                .nanStrategy(word(given, "nanStrategy", KayentaMetric.NanStrategy.REMOVE))
                .critical(given.at(RULES + "critical").asBoolean(false))
                .mustHaveData(given.at(RULES + "mustHaveData").asBoolean(false))
                .muted(given.at(RULES + "muted").asBoolean(false))
                .outliers(outliers(given))
                .effectSize(effectSize(given)));
  }

  private static KayentaOutliers outliers(JsonNode given) {
    return Foreign.text(given, RULES + "outliers/strategy").filter("remove"::equals).isPresent()
        ? KayentaOutliers.remove(
            Foreign.number(given, RULES + "outliers/outlierFactor").orElse(3.0))
        : KayentaOutliers.keep();
  }

  private static KayentaEffectSize effectSize(JsonNode given) {
    var effect =
        KayentaEffectSize.of(
            Foreign.text(given, RULES + "effectSize/measure").filter("cles"::equals).isPresent()
                ? KayentaEffectSize.Measure.CLES
                : KayentaEffectSize.Measure.MEAN_RATIO);
    for (var rule : EFFECTS.entrySet()) {
      var stated = Foreign.number(given, RULES + "effectSize/" + rule.getKey());
      effect = stated.isPresent() ? rule.getValue().apply(effect, stated.get()) : effect;
    }
    return effect;
  }

  private static <E extends Enum<E>> E word(JsonNode given, String rule, E usual) {
    var word = Foreign.text(given, RULES + rule);
    if (word.isEmpty()) {
      return usual;
    }
    try {
      return Enum.valueOf(usual.getDeclaringClass(), word.get().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new BellwetherException(
          "metric '"
              + given.path("name").asText()
              + "': "
              + rule
              + " is '"
              + word.get()
              + "', expected one of "
              + List.of(usual.getDeclaringClass().getEnumConstants()),
          e);
    }
  }
}
