package io.bellwether.openslo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads all documents of a text: first what stands for itself, then what refers to it. */
final class BundleReader {
  private final List<String> problems = new ArrayList<>();
  private final Map<String, List<Field>> byKind = new LinkedHashMap<>();
  private final Map<String, Indicator> indicators = new LinkedHashMap<>();
  private final Map<String, NotificationTarget> targets = new LinkedHashMap<>();
  private final Map<String, Field> conditions = new LinkedHashMap<>();
  private final Map<String, AlertPolicy> policies = new LinkedHashMap<>();

  BundleReader(List<Object> documents) {
    for (var i = 0; i < documents.size(); i++) {
      var document = new Field("documents[" + i + "]", documents.get(i), problems);
      var version = document.required("apiVersion").text();
      if (!version.isEmpty() && !version.equals(OpenSlo.VERSION)) {
        document.problem("apiVersion '" + version + "', expected " + OpenSlo.VERSION);
      }
      var kind = document.required("kind").text();
      byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(document);
    }
    if (documents.isEmpty()) {
      problems.add("text: holds no document");
    }
  }

  OpenSloBundle read() {
    refuseOtherKinds();
    of("SLI").forEach(d -> put(d, indicators, IndicatorReader.read(d, true)));
    of("AlertNotificationTarget").forEach(d -> put(d, targets, AlertReader.target(d)));
    of("AlertCondition").forEach(d -> put(d, conditions, d));
    var alerts = new AlertReader(conditions, targets);
    of("AlertCondition").forEach(alerts::condition);
    of("AlertPolicy").forEach(d -> alerts.policy(d).ifPresent(p -> put(d, policies, p)));
    var reader = new SloReader(indicators, policies, alerts);
    var slos = new LinkedHashMap<String, ServiceSlo>();
    of("SLO").forEach(d -> reader.read(d).ifPresent(slo -> put(d, slos, slo)));
    byKind.values().forEach(documents -> documents.forEach(Field::refuseUnread));
    if (!problems.isEmpty()) {
      throw new OpenSloException(problems.stream().distinct().toList());
    }
    return new OpenSloBundle(
        List.copyOf(slos.values()),
        List.copyOf(indicators.values()),
        List.copyOf(policies.values()),
        List.copyOf(targets.values()));
  }

  private void refuseOtherKinds() {
    var known = List.of("SLO", "SLI", "AlertPolicy", "AlertCondition", "AlertNotificationTarget");
    for (var kind : List.copyOf(byKind.keySet())) {
      if (!known.contains(kind)) {
        var documents = Objects.requireNonNull(byKind.remove(kind));
        documents.forEach(
            d -> problems.add(d.path() + ".kind: '" + kind + "' does not map; there are " + known));
      }
    }
  }

  private List<Field> of(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  private static <T> void put(Field document, Map<String, T> named, T value) {
    var name = nameOf(document);
    if (named.putIfAbsent(name, value) != null) {
      document.problem("metadata.name '" + name + "' is there twice");
    }
  }

  static String nameOf(Field document) {
    var metadata = document.required("metadata");
    return metadata.required("name").text();
  }

  /** Something that stands here, or elsewhere by its name. */
  static <T> Optional<T> inlineOrNamed(
      Field place, String reference, Map<String, T> named, Function<Field, Optional<T>> inline) {
    if (!place.has(reference)) {
      return inline.apply(place);
    }
    var field = place.required(reference);
    var found = Optional.ofNullable(named.get(field.text()));
    if (found.isEmpty()) {
      field.problem("'" + field.text() + "' is nowhere in the text; there are " + named.keySet());
    }
    return found;
  }
}
