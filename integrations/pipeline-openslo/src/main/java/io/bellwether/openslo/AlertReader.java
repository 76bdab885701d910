package io.bellwether.openslo;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Severity;
import io.bellwether.slo.BurnRateAlert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads alert policies, conditions and targets. */
final class AlertReader {
  private final Map<String, Field> conditions;
  private final Map<String, NotificationTarget> targets;

  AlertReader(Map<String, Field> conditions, Map<String, NotificationTarget> targets) {
    this.conditions = conditions;
    this.targets = targets;
  }

  static NotificationTarget target(Field document) {
    document.text("kind");
    document.text("apiVersion");
    var name = BundleReader.nameOf(document);
    var spec = document.required("spec");
    return new NotificationTarget(name, spec.required("target").text(), Words.of(document));
  }

  Optional<AlertPolicy> policy(Field document) {
    document.text("kind");
    document.text("apiVersion");
    var name = BundleReader.nameOf(document);
    var spec = document.required("spec");
    var words = Words.of(document);
    var all = spec.required("conditions").elements();
    if (all.size() != 1 && spec.has("conditions")) {
      spec.problem("conditions has " + all.size() + ", expected one");
    }
    var told = new ArrayList<NotificationTarget>();
    for (var place : spec.optional("notificationTargets").map(Field::elements).orElse(List.of())) {
      BundleReader.inlineOrNamed(place, "targetRef", targets, f -> Optional.of(target(f)))
          .ifPresent(told::add);
    }
    var breaching = spec.flag("alertWhenBreaching");
    var resolved = spec.flag("alertWhenResolved");
    var noData = spec.flag("alertWhenNoData");
    var watched =
        all.stream()
            .findFirst()
            .flatMap(
                place ->
                    BundleReader.inlineOrNamed(place, "conditionRef", conditions, Optional::of));
    return watched
        .flatMap(this::condition)
        .map(
            alert ->
                new AlertPolicy(
                    name,
                    words,
                    alert,
                    watched.map(Words::of).orElse(Words.NONE),
                    breaching,
                    resolved,
                    noData,
                    told));
  }

  Optional<BurnRateAlert> condition(Field document) {
    document.text("kind");
    document.text("apiVersion");
    var name = BundleReader.nameOf(document);
    var extras = document.required("metadata").optional("annotations");
    var spec = document.required("spec");
    Words.of(document);
    var severity = severity(spec.required("severity"));
    var condition = spec.required("condition");
    requireOrAbsent(condition, "kind", "burnrate");
    requireOrAbsent(condition, "op", "gt");
    var threshold = condition.required("threshold").number();
    var lookback = condition.required("lookbackWindow").duration();
    var after = condition.optional("alertAfter").flatMap(Field::duration);
    var shortWindow = extras.flatMap(e -> e.optional(Extras.SHORT_WINDOW)).flatMap(Field::duration);
    var least = count(extras, Extras.MINIMUM_EVENTS);
    var leastBad = count(extras, Extras.MINIMUM_BAD_EVENTS);
    if (threshold.isEmpty() || lookback.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          BurnRateAlert.of(
              name,
              a ->
                  a.severity(severity)
                      .factor(threshold.get())
                      .over(lookback.get())
                      .confirmedOver(shortWindow.orElse(lookback.get()))
                      .holdFor(after.orElse(Duration.ZERO))
                      .unlessFewerThan(least, leastBad)));
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(condition::problem);
      return Optional.empty();
    }
  }

  private static long count(Optional<Field> extras, String name) {
    return extras.flatMap(e -> e.optional(name)).flatMap(Field::count).orElse(0L);
  }

  private static void requireOrAbsent(Field place, String name, String only) {
    place
        .optional(name)
        .filter(field -> !field.text().equals(only))
        .ifPresent(field -> field.problem("'" + field.text() + "' does not map, only " + only));
  }

  private static Severity severity(Field field) {
    return switch (field.text().toLowerCase(Locale.ROOT)) {
      case "critical", "page" -> Severity.CRITICAL;
      case "warning", "ticket" -> Severity.WARNING;
      case "info" -> Severity.INFO;
      default -> {
        field.problem(
            "'" + field.text() + "' does not map, only critical, page, warning, ticket and info");
        yield Severity.CRITICAL;
      }
    };
  }
}
