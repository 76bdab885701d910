package io.bellwether.openslo;

import static io.bellwether.openslo.BundleWriter.plain;

import io.bellwether.gate.Limit.Bound;
import io.bellwether.slo.Budgeting;
import io.bellwether.slo.DowntimeRule;
import io.bellwether.slo.Slo;
import io.bellwether.slo.Slo.Sli;
import io.bellwether.slo.SloWindow;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an SLO. */
final class SloWriter {
  private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final Duration USUAL_PROBE = Duration.ofSeconds(30);

  private final List<String> problems;
  private final ServiceSlo entry;
  private final Slo slo;
  private final boolean referenced;

  SloWriter(List<String> problems, ServiceSlo entry, boolean referenced) {
    this.problems = problems;
    this.entry = entry;
    this.slo = entry.slo();
    this.referenced = referenced;
  }

  Map<String, Object> write() {
    if (slo.ofTime()) {
      problem(
          "sli", "AVAILABILITY is of time, which OpenSLO has no words for; write a timeslice SLO");
    }
    if (!slo.members().isEmpty()) {
      problem("sli", "a composite of " + slo.members() + ", which OpenSLO v1 says otherwise");
    }
    if (!slo.downtime().equals(DowntimeRule.DEFAULT)) {
      problem("downtime", "OpenSLO has no words for the cost of incidents");
    }
    var document = BundleWriter.document("SLO", slo.name(), entry.words(), extras());
    var spec = entry.words().spec();
    if (!entry.service().isEmpty()) {
      spec.put("service", entry.service());
    }
    indicator(spec);
    spec.put("timeWindow", List.of(window(slo.window())));
    spec.put("budgetingMethod", method());
    spec.put("objectives", List.of(objective()));
    if (!entry.policies().isEmpty()) {
      spec.put(
          "alertPolicies",
          entry.policies().stream().map(p -> Map.of("alertPolicyRef", p.name())).toList());
    }
    document.put("spec", spec);
    return document;
  }

  private void indicator(Map<String, Object> spec) {
    var indicator = entry.indicator();
    if (referenced) {
      spec.put("indicatorRef", indicator.name());
      return;
    }
    var inline = new LinkedHashMap<String, Object>();
    var metadata = new LinkedHashMap<String, Object>();
    if (!indicator.name().isEmpty()) {
      metadata.put("name", indicator.name());
    }
    indicator.words().writeName(metadata);
    if (!metadata.isEmpty()) {
      inline.put("metadata", metadata);
    }
    inline.put("spec", IndicatorWriter.spec(indicator));
    spec.put("indicator", inline);
  }

  private Map<String, Object> window(SloWindow window) {
    var out = new LinkedHashMap<String, Object>();
    if (window instanceof SloWindow.Rolling rolling) {
      out.put("duration", shorthand("window", Shorthand.of(rolling.length())));
      out.put("isRolling", true);
    } else if (window instanceof SloWindow.RollingPeriod rolling) {
      if (!rolling.zone().equals(java.time.ZoneOffset.UTC)) {
        problem("window", "a rolling window in " + rolling.zone() + "; OpenSLO's has no time zone");
      }
      out.put("duration", shorthand("window", months(rolling)));
      out.put("isRolling", true);
    } else if (window instanceof SloWindow.Calendar calendar) {
      if (!calendar.every().equals(calendar.length())) {
        problem("window", "windows that overlap, " + calendar);
      }
      out.put("duration", shorthand("window", Shorthand.of(calendar.length())));
      out.put("isRolling", false);
      var start = new LinkedHashMap<String, Object>();
      start.put("startTime", START.format(calendar.anchor()));
      start.put("timeZone", calendar.zone().getId());
      out.put("calendar", start);
    }
    return out;
  }

  /** Days would be read as a duration, which a day of 23 hours is not. */
  private static Optional<String> months(SloWindow.RollingPeriod rolling) {
    return rolling.length().toTotalMonths() > 0 ? Shorthand.of(rolling.length()) : Optional.empty();
  }

  private Map<String, Object> objective() {
    var out = new LinkedHashMap<String, Object>();
    if (!entry.objectiveName().isEmpty()) {
      out.put("displayName", entry.objectiveName());
    }
    entry
        .comparison()
        .ifPresent(
            c -> {
              out.put("op", c.op());
              out.put("value", plain(c.value()));
            });
    out.put("target", plain(slo.objective().target().exact()));
    slo.budgeting().sliceTarget().ifPresent(t -> out.put("timeSliceTarget", plain(t.exact())));
    if (!slo.budgeting().slice().isZero()) {
      out.put("timeSliceWindow", shorthand("budgeting", Shorthand.of(slo.budgeting().slice())));
    }
    return out;
  }

  private String method() {
    return switch (slo.budgeting().method()) {
      case OCCURRENCES -> "Occurrences";
      case TIMESLICES -> "Timeslices";
      case RATIO_TIMESLICES -> "RatioTimeslices";
    };
  }

  private Map<String, String> extras() {
    var extras = new LinkedHashMap<String, String>();
    var bound = slo.objective().bound();
    if (bound == Bound.ABOVE || bound == Bound.BELOW) {
      extras.put(Extras.STRICT, "true");
    }
    if (slo.sli() != Sli.RATIO) {
      extras.put(Extras.SLI, slo.sli().name());
    } else if (bound == Bound.BELOW || bound == Bound.AT_MOST) {
      problem("objective", slo.objective() + " bad; say it of the good ones");
    }
    slo.threshold().ifPresent(t -> extras.put(Extras.LATENCY, t.toString()));
    var usual =
        slo.budgeting().method() == Budgeting.Method.OCCURRENCES
            || slo.budgeting().missing() == Budgeting.Missing.GOOD;
    if (!usual) {
      extras.put(Extras.MISSING, slo.budgeting().missing().name());
    }
    slo.expectedEvents().ifPresent(n -> extras.put(Extras.EXPECTED_EVENTS, Long.toString(n)));
    if (slo.minimumCoverage().exact().signum() > 0) {
      extras.put(Extras.MINIMUM_COVERAGE, plain(slo.minimumCoverage().exact()));
    }
    if (!slo.probeInterval().equals(USUAL_PROBE)) {
      extras.put(Extras.PROBE_INTERVAL, slo.probeInterval().toString());
    }
    if (!slo.forBudget()) {
      extras.put(Extras.NOT_FOR_BUDGET, "true");
    }
    return extras;
  }

  private String shorthand(String field, Optional<String> shorthand) {
    return shorthand.orElseGet(
        () -> {
          problem(field, "has no short duration such as 5m, 30d or 1M");
          return "";
        });
  }

  private void problem(String field, String what) {
    problems.add("slo '" + slo.name() + "'." + field + ": " + what);
  }
}
