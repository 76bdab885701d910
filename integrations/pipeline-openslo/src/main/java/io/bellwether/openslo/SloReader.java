package io.bellwether.openslo;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import io.bellwether.slo.Budgeting;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads an SLO. */
final class SloReader {
  private final Map<String, Indicator> indicators;
  private final Map<String, AlertPolicy> policies;
  private final AlertReader alerts;

  SloReader(
      Map<String, Indicator> indicators, Map<String, AlertPolicy> policies, AlertReader alerts) {
    this.indicators = indicators;
    this.policies = policies;
    this.alerts = alerts;
  }

  Optional<ServiceSlo> read(Field document) {
    var name = BundleReader.nameOf(document);
    var extras = document.required("metadata").optional("annotations");
    var spec = document.required("spec");
    var indicator = indicator(spec);
    var objective = onlyOne(spec, "objectives");
    var window = onlyOne(spec, "timeWindow").flatMap(WindowReader::read);
    spec.required("budgetingMethod");
    var budgeting = objective.flatMap(o -> budgeting(spec, o, extras));
    var target = objective.flatMap(SloReader::target);
    var watched = policies(spec);
    var comparison = objective.flatMap(o -> comparison(o, indicator));
    var service = spec.text("service");
    var words = Words.of(document);
    var objectiveName = objective.map(o -> o.text("displayName")).orElse("");
    var changes = new ArrayList<Consumer<SloBuilder>>();
    extras.ifPresent(e -> ExtrasReader.read(e, changes));
    if (window.isEmpty() || budgeting.isEmpty() || target.isEmpty() || indicator.isEmpty()) {
      return Optional.empty();
    }
    try {
      var slo =
          Slo.named(
              name,
              s -> {
                ExtrasReader.measure(s, extras, target.get());
                s.over(window.get()).budgetedBy(budgeting.get());
                changes.forEach(change -> change.accept(s));
                return s;
              });
      return Optional.of(
          new ServiceSlo(slo, service, words, objectiveName, indicator.get(), comparison, watched));
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(spec::problem);
    } catch (IllegalArgumentException e) {
      objective.get().problem(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<Indicator> indicator(Field spec) {
    if (spec.has("indicator") == spec.has("indicatorRef")) {
      spec.problem("has either an indicator or an indicatorRef");
    }
    return spec.has("indicator")
        ? Optional.of(IndicatorReader.read(spec.required("indicator"), false))
        : BundleReader.inlineOrNamed(spec, "indicatorRef", indicators, f -> Optional.empty());
  }

  private List<AlertPolicy> policies(Field spec) {
    var found = new ArrayList<AlertPolicy>();
    for (var place : spec.optional("alertPolicies").map(Field::elements).orElse(List.of())) {
      BundleReader.inlineOrNamed(place, "alertPolicyRef", policies, alerts::policy)
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Field> onlyOne(Field spec, String name) {
    var all = spec.required(name).elements();
    if (all.size() != 1 && spec.has(name)) {
      spec.problem(name + " has " + all.size() + ", only one maps");
    }
    return all.stream().findFirst();
  }

  private static Optional<Ratio> target(Field objective) {
    if (objective.has("target") == objective.has("targetPercent")) {
      objective.problem("has either a target or a targetPercent");
    }
    var share = objective.optional("target").flatMap(f -> ratio(f, 0));
    var percent = objective.optional("targetPercent").flatMap(f -> ratio(f, 2));
    return share.or(() -> percent);
  }

  static Optional<Ratio> ratio(Field field, int decimals) {
    var number = field.number().map(n -> n.movePointLeft(decimals));
    if (number.isPresent()
        && (number.get().signum() < 0 || number.get().compareTo(BigDecimal.ONE) > 0)) {
      field.problem("'" + field.text() + "' is no share of a whole");
      return Optional.empty();
    }
    return number.map(Ratio::of);
  }

  private static Optional<Budgeting> budgeting(
      Field spec, Field objective, Optional<Field> extras) {
    var method = spec.required("budgetingMethod");
    var slice = objective.optional("timeSliceWindow").flatMap(SloReader::slice);
    var sliceTarget = objective.optional("timeSliceTarget").flatMap(f -> ratio(f, 0));
    try {
      return switch (method.text()) {
        case "Occurrences" -> Optional.of(Budgeting.OCCURRENCES);
        case "Timeslices" -> {
          requirePresent(objective, "timeSliceWindow", slice);
          requirePresent(objective, "timeSliceTarget", sliceTarget);
          yield slice.flatMap(
              s -> sliceTarget.map(t -> missing(Budgeting.timeslices(s, t), extras)));
        }
        case "RatioTimeslices" -> {
          requirePresent(objective, "timeSliceWindow", slice);
          yield slice.map(s -> missing(Budgeting.ratioTimeslices(s), extras));
        }
        default -> {
          method.problem(
              "'" + method.text() + "', expected Occurrences, Timeslices or RatioTimeslices");
          yield Optional.empty();
        }
      };
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(objective::problem);
      return Optional.empty();
    }
  }

  private static void requirePresent(Field objective, String name, Optional<?> value) {
    if (value.isEmpty() && !objective.has(name)) {
      objective.problem(name + " is missing");
    }
  }

  private static Budgeting missing(Budgeting budgeting, Optional<Field> extras) {
    return extras
        .flatMap(e -> e.optional(Extras.MISSING))
        .flatMap(f -> ExtrasReader.constant(f, Budgeting.Missing.class))
        .map(budgeting::whenMissing)
        .orElse(budgeting);
  }

  /** A bare number is of minutes. */
  private static Optional<Duration> slice(Field field) {
    var text = field.text();
    return text.matches("[1-9][0-9]{0,5}")
        ? Optional.of(Duration.ofMinutes(Long.parseLong(text)))
        : field.duration();
  }

  /** The comparison is the source's to make; it has to be there where it is needed. */
  private static Optional<ServiceSlo.Comparison> comparison(
      Field objective, Optional<Indicator> indicator) {
    var op = objective.optional("op");
    var value = objective.optional("value").flatMap(Field::number);
    op.filter(o -> !List.of("lte", "gte", "lt", "gt").contains(o.text()))
        .ifPresent(o -> o.problem("'" + o.text() + "', expected lte, gte, lt or gt"));
    var needed = indicator.filter(i -> i.kind() == Indicator.Kind.THRESHOLD).isPresent();
    var both = op.isPresent() && objective.has("value");
    var any = op.isPresent() || objective.has("value");
    if (indicator.isPresent() && (needed ? !both : any)) {
      objective.problem("op and value belong to a thresholdMetric, and to nothing else");
    }
    return op.flatMap(o -> value.map(v -> new ServiceSlo.Comparison(o.text(), v)));
  }
}
