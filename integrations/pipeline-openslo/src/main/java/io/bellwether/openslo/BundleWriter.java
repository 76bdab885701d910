package io.bellwether.openslo;

import io.bellwether.slo.BurnRateAlert;
import io.bellwether.slo.Fraction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a bundle as documents; policies and targets that an SLO refers to stand for themselves.
 */
final class BundleWriter {
  private final List<String> problems = new ArrayList<>();
  private final Map<String, NotificationTarget> targets = new LinkedHashMap<>();
  private final Map<String, AlertPolicy> policies = new LinkedHashMap<>();
  private final Map<String, ServiceSlo> slos = new LinkedHashMap<>();
  private final Map<String, Indicator> indicators = new LinkedHashMap<>();

  List<Map<String, Object>> write(OpenSloBundle bundle) {
    bundle.targets().forEach(target -> put("target", targets, target.name(), target));
    bundle.indicators().forEach(i -> put("indicator", indicators, i.name(), i));
    bundle.policies().forEach(this::collect);
    bundle.slos().forEach(slo -> slo.policies().forEach(this::collect));
    var documents = new ArrayList<Map<String, Object>>();
    for (var slo : bundle.slos()) {
      put("SLO", slos, slo.slo().name(), slo);
      documents.add(
          new SloWriter(problems, slo, indicators.containsValue(slo.indicator())).write());
    }
    indicators.values().forEach(i -> documents.add(indicator(i)));
    policies.values().forEach(policy -> documents.add(policy(policy)));
    targets.values().forEach(target -> documents.add(target(target)));
    if (!problems.isEmpty()) {
      throw new OpenSloException(problems);
    }
    return documents;
  }

  private void collect(AlertPolicy policy) {
    put("policy", policies, policy.name(), policy);
    policy.targets().forEach(target -> put("target", targets, target.name(), target));
  }

  private <T> void put(String what, Map<String, T> named, String name, T value) {
    var there = named.putIfAbsent(name, value);
    if (there != null && !there.equals(value)) {
      problems.add(what + " '" + name + "': there are two different ones of this name");
    }
  }

  static Map<String, Object> document(
      String kind, String name, Words words, Map<String, String> extras) {
    var document = new LinkedHashMap<String, Object>();
    document.put("apiVersion", OpenSlo.VERSION);
    document.put("kind", kind);
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", name);
    words.writeName(metadata);
    if (!extras.isEmpty()) {
      metadata.put("annotations", extras);
    }
    document.put("metadata", metadata);
    return document;
  }

  private static Map<String, Object> indicator(Indicator indicator) {
    var document = document("SLI", indicator.name(), indicator.words(), Map.of());
    document.put("spec", IndicatorWriter.spec(indicator));
    return document;
  }

  private static Map<String, Object> target(NotificationTarget target) {
    var document = document("AlertNotificationTarget", target.name(), target.words(), Map.of());
    var spec = target.words().spec();
    spec.put("target", target.target());
    document.put("spec", spec);
    return document;
  }

  private Map<String, Object> policy(AlertPolicy policy) {
    var document = document("AlertPolicy", policy.name(), policy.words(), Map.of());
    var spec = policy.words().spec();
    spec.put("alertWhenBreaching", policy.whenBreaching());
    spec.put("alertWhenResolved", policy.whenResolved());
    spec.put("alertWhenNoData", policy.whenNoData());
    spec.put("conditions", List.of(condition(policy)));
    spec.put(
        "notificationTargets",
        policy.targets().stream().map(target -> Map.of("targetRef", target.name())).toList());
    document.put("spec", spec);
    return document;
  }

  private Map<String, Object> condition(AlertPolicy policy) {
    var alert = policy.condition();
    var path = "policy '" + policy.name() + "'.condition";
    var document =
        document("AlertCondition", alert.name(), policy.conditionWords(), extras(path, alert));
    document.remove("apiVersion");
    var condition = new LinkedHashMap<String, Object>();
    condition.put("kind", "burnrate");
    condition.put("threshold", decimal(path + ".factor", alert.factor()));
    condition.put("lookbackWindow", shorthand(path + ".longWindow", alert.longWindow()));
    condition.put("alertAfter", shorthand(path + ".holdFor", alert.holdFor()));
    var spec = policy.conditionWords().spec();
    spec.put("severity", alert.severity().toString().toLowerCase(java.util.Locale.ROOT));
    spec.put("condition", condition);
    document.put("spec", spec);
    return document;
  }

  private Map<String, String> extras(String path, BurnRateAlert alert) {
    var extras = new LinkedHashMap<String, String>();
    if (!alert.shortWindow().equals(alert.longWindow())) {
      extras.put(Extras.SHORT_WINDOW, shorthand(path + ".shortWindow", alert.shortWindow()));
    }
    if (alert.minimumEvents() > 0) {
      extras.put(Extras.MINIMUM_EVENTS, Long.toString(alert.minimumEvents()));
    }
    if (alert.minimumBadEvents() > 0) {
      extras.put(Extras.MINIMUM_BAD_EVENTS, Long.toString(alert.minimumBadEvents()));
    }
    return extras;
  }

  private String decimal(String path, Fraction number) {
    var decimal = number.decimal(12);
    if (!Fraction.of(decimal).equals(number)) {
      problems.add(path + ": " + number + " is no decimal; take one that is");
    }
    return plain(decimal);
  }

  static String plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }

  private String shorthand(String path, Duration length) {
    return Shorthand.of(length)
        .orElseGet(
            () -> {
              problems.add(path + ": " + length + " is no whole number of minutes");
              return "";
            });
  }
}
