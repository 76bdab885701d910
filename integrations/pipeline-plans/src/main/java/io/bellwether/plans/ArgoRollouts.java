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
import java.util.Set;

/**
 * Reads the plans of Argo Rollouts: every {@code Rollout} of a text, its other documents are passed
 * over but for their {@code AnalysisTemplate}s, which notes quote. Stateless and thread-safe.
 *
 * <p>How words map: {@code setWeight} with the {@code pause} behind it is a weight with a bake, a
 * pause without duration waits for somebody, {@code setHeaderRoute} and {@code setMirrorRoute} are
 * a header and a shadow step, {@code blueGreen} is blue-green, and a canary without steps is
 * rolling. An analysis asks a provider in its own language; its place is taken by the usual gate,
 * and a note tells what was asked.
 */
public final class ArgoRollouts {
  private static final Duration WATCH = Duration.ofMinutes(5);
  private static final Set<String> ROUTED_ELSEWHERE =
      Set.of("setCanaryScale", "experiment", "plugin");

  private final JsonNode rollout;
  private final List<JsonNode> documents;
  private final String name;
  private final List<String> notes = new ArrayList<>();
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private boolean analysed;
  private boolean full;

  private ArgoRollouts(JsonNode rollout, List<JsonNode> documents) {
    this.rollout = rollout;
    this.documents = documents;
    name = Foreign.text(rollout, "/metadata/name").orElse("unnamed");
  }

  /**
   * The plans of a text, in its order.
   *
   * @param yaml one document or several
   * @throws BellwetherException if it is no YAML, has no {@code Rollout}, or a value no plan can
   *     have
   */
  public static List<Converted> convert(String yaml) {
    var documents = Foreign.documents("the text with Argo Rollouts' plans", yaml);
    var plans =
        documents.stream()
            .filter(ArgoRollouts::isRollout)
            .map(rollout -> new ArgoRollouts(rollout, documents).converted())
            .toList();
    if (plans.isEmpty()) {
      throw new BellwetherException(
          "no Rollout of argoproj.io in the text: expected a document with kind: Rollout");
    }
    return plans;
  }

  private static boolean isRollout(JsonNode document) {
    return document.path("kind").asText().equals("Rollout")
        && document.path("apiVersion").asText().startsWith("argoproj.io/");
  }

  private Converted converted() {
    var plan = new LinkedHashMap<String, Object>();
    plan.put("release", name);
    var canary = Foreign.at(rollout, "/spec/strategy/canary");
    var blueGreen = Foreign.at(rollout, "/spec/strategy/blueGreen");
    if (blueGreen.isPresent()) {
      blueGreen(plan, blueGreen.get());
    } else if (canary.isPresent() && canary.get().path("steps").size() > 0) {
      canary(plan, canary.get());
    } else {
      rolling(plan, canary);
    }
    Foreign.duration(rollout, "/spec/progressDeadlineSeconds")
        .ifPresent(
            limit -> plan.put("timing", Map.of("progress_deadline", Durations.plain(limit))));
    notes.add("what is deployed (template, replicas, services) stays with the host");
    var text = Foreign.yaml(plan);
    return new Converted(text, PlanFile.parse("Rollout " + name, text), notes);
  }

  private void canary(Map<String, Object> plan, JsonNode canary) {
    plan.put("strategy", "canary");
    Foreign.at(canary, "/analysis").ifPresent(analysis -> analysed("in the background", analysis));
    var given = canary.path("steps");
    for (var i = 0; i < given.size(); i++) {
      step(i + 1, given.get(i));
    }
    if (!full) {
      steps.add(step("weight", 100));
      notes.add(
          "Argo Rollouts promotes after the last step; here that is a weight of 100, without a"
              + " bake: give it one, and the gates watch before the candidate is stable");
    }
    plan.put("steps", steps);
    gates(plan, "canary");
    if (!canary.has("trafficRouting")) {
      notes.add(
          "without traffic routing Argo Rollouts reaches a weight by numbers of pods; here it is"
              + " what users get");
    }
  }

  private void step(int number, JsonNode step) {
    if (step.has("setWeight")) {
      var weight = step.path("setWeight").asDouble();
      if (weight == 0) {
        notes.add("step " + number + ": a weight of 0 is left out, as no user gets the candidate");
      } else {
        full = weight == 100;
        steps.add(step("weight", Foreign.plain(weight)));
      }
    } else if (step.has("pause")) {
      pause(step.path("pause"));
    } else if (step.has("analysis")) {
      analysed("at step " + number, step.path("analysis"));
    } else if (step.has("setHeaderRoute")) {
      header(number, step.path("setHeaderRoute"));
    } else if (step.has("setMirrorRoute")) {
      mirror(number, step.path("setMirrorRoute"));
    } else {
      step.fieldNames()
          .forEachRemaining(
              kind ->
                  notes.add(
                      "step "
                          + number
                          + ": "
                          + kind
                          + (ROUTED_ELSEWHERE.contains(kind)
                              ? " is left out; what it deploys is work of the host's: see"
                                  + " CanaryBuilder.work"
                              : " is not known and left out")));
    }
  }

  /** A pause belongs to the step before it, whose traffic it holds. */
  private void pause(JsonNode pause) {
    var duration = Foreign.duration(pause, "/duration");
    var last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    if (duration.isEmpty()) {
      steps.add(step("pause", true));
    } else if (last == null || last.containsKey("pause")) {
      notes.add(
          "a pause of "
              + Durations.plain(duration.get())
              + " behind no step that moves traffic is left out");
    } else {
      var held = last.get("bake");
      var before = held == null ? Duration.ZERO : Durations.parse(held.toString());
      last.put("bake", Durations.plain(before.plus(duration.get())));
    }
  }

  private void header(int number, JsonNode route) {
    var matches = route.path("match");
    if (matches.isEmpty()) {
      notes.add(
          "step "
              + number
              + ": an empty header route takes a route away; here users who were let in stay in");
    }
    for (var match : matches) {
      var header = Foreign.text(match, "/headerName").orElse("");
      var exact = Foreign.text(match, "/headerValue/exact");
      if (exact.isPresent()) {
        steps.add(step("header", Map.of(header, exact.get())));
      } else {
        notes.add(
            "step "
                + number
                + ": header "
                + header
                + " is matched by a prefix or an expression, which is left out; use a cohort, whose"
                + " rule is code of the host's");
      }
    }
  }

  private void mirror(int number, JsonNode route) {
    if (route.path("match").size() == 0 && !route.has("percentage")) {
      notes.add("step " + number + ": the mirror ends by itself with its step");
      return;
    }
    steps.add(step("shadow", Foreign.plain(Foreign.number(route, "/percentage").orElse(100.0))));
    if (route.path("match").size() > 0) {
      notes.add(
          "step "
              + number
              + ": only some requests were mirrored; here it is a share of all, so make sure that"
              + " answering each of them twice does no harm");
    }
  }

  private void blueGreen(Map<String, Object> plan, JsonNode given) {
    plan.put("strategy", "blue_green");
    var part = new LinkedHashMap<String, Object>();
    if (!given.path("autoPromotionEnabled").asBoolean(true)) {
      Foreign.duration(given, "/autoPromotionSeconds")
          .ifPresentOrElse(
              preview -> part.put("promote_after", Durations.plain(preview)),
              () -> part.put("promote_by_hand", true));
    }
    part.put("standby", Durations.plain(standby(given)));
    plan.put("blue_green", part);
    Foreign.at(given, "/prePromotionAnalysis")
        .ifPresent(analysis -> analysed("before the switch", analysis));
    Foreign.at(given, "/postPromotionAnalysis")
        .ifPresent(analysis -> analysed("after the switch", analysis));
    plan.put("gates", List.of(Map.of("preset", "blue_green")));
    notes.add("after the switch the gates watch for 5 minutes, as watch: says; set what you need");
  }

  /** Argo Rollouts scales down after 30 seconds; that leaves no time to watch and go back. */
  private Duration standby(JsonNode given) {
    var stated = Foreign.duration(given, "/scaleDownDelaySeconds").orElse(Duration.ofSeconds(30));
    if (stated.compareTo(WATCH) >= 0) {
      return stated;
    }
    notes.add(
        "the old slot would be gone after "
            + Durations.plain(stated)
            + "; here it stands as long as the switch is watched");
    return WATCH;
  }

  private void rolling(Map<String, Object> plan, Optional<JsonNode> canary) {
    plan.put("strategy", "rolling");
    var part = new LinkedHashMap<String, Object>();
    for (var bound : Map.of("maxUnavailable", "max_unavailable", "maxSurge", "surge").entrySet()) {
      canary
          .flatMap(given -> Foreign.at(given, "/" + bound.getKey()))
          .ifPresent(
              value -> {
                if (value.canConvertToInt() && value.asInt() > 0) {
                  part.put(bound.getValue(), value.asInt());
                } else {
                  notes.add(
                      bound.getKey()
                          + " of "
                          + value.asText()
                          + " is left out; here it is a number of instances");
                }
              });
    }
    if (!part.isEmpty()) {
      plan.put("rolling", part);
    }
    plan.put("gates", List.of(Map.of("preset", "canary")));
    notes.add("a canary without steps is a rolling update; the usual gate watches its batches");
  }

  private void gates(Map<String, Object> plan, String preset) {
    if (analysed) {
      plan.put("gates", List.of(Map.of("preset", preset)));
    } else {
      plan.put("ungated", true);
      notes.add(
          "no analysis decides in the plan, so it is ungated here as well; put gates: [{preset: "
              + preset
              + "}] in the place of ungated, and a bad candidate goes back by itself");
    }
  }

  /** What an analysis asks is the provider's language: the usual gate takes its place. */
  private void analysed(String when, JsonNode analysis) {
    analysed = true;
    for (var template : analysis.path("templates")) {
      var wanted = template.path("templateName").asText();
      notes.add(
          "the analysis '"
              + wanted
              + "' "
              + when
              + " is replaced by the usual gate"
              + asked(wanted)
              + "; say what it asked as a gate with require:");
    }
  }

  private String asked(String template) {
    var asked = new ArrayList<String>();
    for (var document : documents) {
      if (document.path("kind").asText().endsWith("AnalysisTemplate")
          && document.at("/metadata/name").asText().equals(template)) {
        for (var metric : document.at("/spec/metrics")) {
          var condition =
              Foreign.text(metric, "/successCondition")
                  .or(() -> Foreign.text(metric, "/failureCondition").map(c -> "not " + c));
          asked.add(metric.path("name").asText() + condition.map(c -> " (" + c + ")").orElse(""));
        }
      }
    }
    return asked.isEmpty() ? "" : " (it asked " + String.join(", ", asked) + ")";
  }

  private static Map<String, Object> step(String kind, Object value) {
    var step = new LinkedHashMap<String, Object>();
    step.put(kind, value);
    return step;
  }
}
