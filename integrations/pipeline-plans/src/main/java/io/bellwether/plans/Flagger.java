package io.bellwether.plans;

import com.fasterxml.jackson.databind.JsonNode;
import io.bellwether.BellwetherException;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads the plans of Flagger: every {@code Canary} of a text. Stateless and thread-safe.
 *
 * <p>How words map: {@code stepWeight} up to {@code maxWeight}, or {@code stepWeights}, are weights
 * that bake for an {@code interval} each; {@code iterations} with {@code match} let in a header,
 * without it they are a blue-green switch watched before; {@code request-success-rate} and {@code
 * request-duration} become a gate with the same limits and windows.
 */
public final class Flagger {
  private static final int MOST_STEPS = 100;

  private final JsonNode analysis;
  private final JsonNode canary;
  private final String name;
  private final Duration interval;
  private final List<String> notes = new ArrayList<>();

  private Flagger(JsonNode canary) {
    this.canary = canary;
    analysis =
        Foreign.at(canary, "/spec/analysis")
            .or(() -> Foreign.at(canary, "/spec/canaryAnalysis"))
            .orElseGet(canary::deepCopy);
    name = Foreign.text(canary, "/metadata/name").orElse("unnamed");
    interval = Foreign.duration(analysis, "/interval").orElse(Duration.ofMinutes(1));
  }

  /**
   * The plans of a text, in its order.
   *
   * @param yaml one document or several
   * @throws BellwetherException if it is no YAML, has no {@code Canary}, or a value no plan can
   *     have
   */
  public static List<Converted> convert(String yaml) {
    var plans =
        Foreign.documents("the text with Flagger's plans", yaml).stream()
            .filter(Flagger::isCanary)
            .map(canary -> new Flagger(canary).converted())
            .toList();
    if (plans.isEmpty()) {
      throw new BellwetherException(
          "no Canary of flagger.app in the text: expected a document with kind: Canary");
    }
    return plans;
  }

  private static boolean isCanary(JsonNode document) {
    return document.path("kind").asText().equals("Canary")
        && document.path("apiVersion").asText().startsWith("flagger.app/");
  }

  private Converted converted() {
    var plan = new LinkedHashMap<String, Object>();
    plan.put("release", name);
    var iterations = analysis.path("iterations").asInt(0);
    if (iterations > 0 && analysis.path("match").isEmpty()) {
      blueGreen(plan, iterations);
    } else {
      plan.put("strategy", "canary");
      plan.put("steps", iterations > 0 ? matched(iterations) : weights());
    }
    gates(plan);
    plan.put("timing", timing());
    webhooks();
    notes.add("what is deployed (target, autoscaler, service) stays with the host");
    var text = Foreign.yaml(plan);
    return new Converted(text, PlanFile.parse("Canary " + name, text), notes);
  }

  private List<Map<String, Object>> weights() {
    var steps = new ArrayList<Map<String, Object>>();
    if (analysis.path("mirror").asBoolean(false)) {
      steps.add(step("shadow", Foreign.number(analysis, "/mirrorWeight").orElse(100.0), interval));
    }
    for (var weight : stepWeights()) {
      steps.add(step("weight", weight, interval));
    }
    confirmed(steps);
    steps.add(new LinkedHashMap<>(Map.of("weight", 100)));
    notes.add(
        "Flagger promotes after the last weight; here that is a weight of 100, without a bake: give"
            + " it one, and the gates watch before the candidate is stable");
    return steps;
  }

  private List<Double> stepWeights() {
    var stated = StreamSupport.stream(analysis.path("stepWeights").spliterator(), false);
    var weights = new ArrayList<>(stated.map(JsonNode::asDouble).toList());
    var step = analysis.path("stepWeight").asDouble(0);
    var most = Foreign.number(analysis, "/maxWeight").orElse(100.0);
    if (weights.isEmpty() && step > 0 && most / step > MOST_STEPS) {
      throw new BellwetherException(
          "Canary " + name + ": more than " + MOST_STEPS + " steps of stepWeight " + step);
    }
    if (weights.isEmpty() && step > 0) {
      for (var weight = step; weight <= most; weight += step) {
        weights.add(weight);
      }
    }
    weights.removeIf(weight -> weight >= 100);
    return weights;
  }

  private List<Map<String, Object>> matched(int iterations) {
    var steps = new ArrayList<Map<String, Object>>();
    var bake = interval.multipliedBy(iterations);
    for (var match : analysis.path("match")) {
      match
          .path("headers")
          .properties()
          .forEach(header -> match(steps, header.getKey(), header.getValue(), bake));
    }
    if (steps.isEmpty()) {
      steps.add(step("cohort", "matched", bake));
      notes.add(
          "no header could be carried over, so a cohort 'matched' stands in their place; the router"
              + " has to know it");
    }
    confirmed(steps);
    steps.add(new LinkedHashMap<>(Map.of("weight", 100)));
    return steps;
  }

  private void match(
      List<Map<String, Object>> steps, String header, JsonNode value, Duration bake) {
    var exact = Foreign.text(value, "/exact");
    if (exact.isPresent()) {
      steps.add(step("header", Map.of(header, exact.get()), bake));
    } else {
      notes.add(
          "header "
              + header
              + " is matched by a prefix or an expression, which is left out; use a cohort, whose"
              + " rule is code of the host's");
    }
  }

  private void blueGreen(Map<String, Object> plan, int iterations) {
    var part = new LinkedHashMap<String, Object>();
    var preview = interval.multipliedBy(iterations);
    if (hook("confirm-promotion")) {
      part.put("promote_by_hand", true);
    } else {
      part.put("promote_after", Durations.plain(preview));
    }
    plan.put("strategy", "blue_green");
    plan.put("blue_green", part);
    notes.add(
        "Flagger asks its metrics before the switch; here the gates watch after it, and code may"
            + " add prePromotionGates and smoke tests");
  }

  private void confirmed(List<Map<String, Object>> steps) {
    if (hook("confirm-promotion")) {
      steps.add(new LinkedHashMap<>(Map.of("approval", Map.of())));
      notes.add("the webhook confirm-promotion is an approval by anybody here; name who may");
    }
  }

  private boolean hook(String type) {
    return StreamSupport.stream(analysis.path("webhooks").spliterator(), false)
        .anyMatch(hook -> hook.path("type").asText().equals(type));
  }

  private void webhooks() {
    for (var hook : analysis.path("webhooks")) {
      var type = hook.path("type").asText("rollout");
      if (!type.equals("confirm-promotion")) {
        notes.add(
            "the webhook '"
                + hook.path("name").asText()
                + "' ("
                + type
                + ") is left out; work of a step, a smoke test or a listener does that in code");
      }
    }
  }

  private Map<String, Object> timing() {
    var timing = new LinkedHashMap<String, Object>();
    timing.put("check_interval", Durations.plain(interval));
    Foreign.duration(canary, "/spec/progressDeadlineSeconds")
        .ifPresent(limit -> timing.put("progress_deadline", Durations.plain(limit)));
    return timing;
  }

  private void gates(Map<String, Object> plan) {
    var failed = analysis.path("threshold").asInt(1);
    if (failed > 1) {
      notes.add(
          "threshold "
              + failed
              + " puts up with failed checks, however far apart; here the first breach fails: say"
              + " 'failing after 2m' in a condition to put up with short ones");
    }
    if (canary.at("/spec/skipAnalysis").asBoolean(false)) {
      notes.add("skipAnalysis is not carried over: here the gates watch");
    }
    var require = new ArrayList<String>();
    for (var metric : analysis.path("metrics")) {
      condition(metric).ifPresent(require::add);
    }
    if (require.isEmpty()) {
      plan.put("gates", List.of(Map.of("preset", isCanary(plan) ? "canary" : "blue_green")));
      notes.add("no metric could be carried over, so the usual gate watches");
    } else {
      var gate = new LinkedHashMap<String, Object>();
      gate.put("name", "flagger");
      gate.put("require", require);
      plan.put("gates", List.of(gate));
      notes.add(
          "a condition needs 100 requests to say anything, and a p99 3000; Flagger judges any"
              + " number of them: see min_samples");
    }
  }

  private static boolean isCanary(Map<String, Object> plan) {
    return "canary".equals(plan.get("strategy"));
  }

  private Optional<String> condition(JsonNode metric) {
    var kind = metric.path("name").asText();
    var window =
        Foreign.duration(metric, "/interval").map(w -> ", over " + Durations.plain(w)).orElse("");
    var least = Foreign.number(metric, "/thresholdRange/min");
    var most = Foreign.number(metric, "/thresholdRange/max");
    var old = Foreign.number(metric, "/threshold");
    var limit =
        switch (kind) {
          case "request-success-rate" ->
              least.or(() -> old).map(min -> "success_rate at least " + Foreign.plain(min) + "%");
          case "request-duration" ->
              most.or(() -> old).map(max -> "latency_p99 at most " + Foreign.plain(max) + "ms");
          default -> Optional.<String>empty();
        };
    if (limit.isEmpty()) {
      notes.add(
          "the metric '" + kind + "' is left out; its query is the provider's: say it as a gate");
    }
    return limit.map(words -> words + window);
  }

  private static Map<String, Object> step(String kind, Object value, Duration bake) {
    var step = new LinkedHashMap<String, Object>();
    step.put(kind, value instanceof Double number ? Foreign.plain(number) : value);
    step.put("bake", Durations.plain(bake));
    return step;
  }
}
