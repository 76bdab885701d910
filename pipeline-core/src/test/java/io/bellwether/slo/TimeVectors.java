package io.bellwether.slo;

import io.bellwether.Ratio;
import io.bellwether.slo.DowntimeRule.MaintenanceTime;
import io.bellwether.slo.LedgerEntry.Kind;
import io.bellwether.vectors.VectorObject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Windows, and time that is up or down. */
final class TimeVectors extends SloVectorFamily {
  TimeVectors(VectorObject in) {
    super(in);
  }

  @Override
  boolean answers(String kind) {
    switch (kind) {
      case "correction" -> correction();
      case "budget_seconds" -> budget("budget_seconds", 1);
      case "budget_minutes" -> budget("budget_minutes", 60);
      case "calendar_window" -> calendarWindow();
      case "rolling_window" -> rollingWindow();
      case "calendar_budget" -> calendarBudget();
      case "budget_consumption" -> budgetConsumption();
      case "availability" -> availability();
      case "availability_vs_month_budget" -> availabilityVsMonthBudget();
      case "exactly_consumed" -> exactlyConsumed();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void budget(String name, long seconds) {
    var objective = Objective.atLeast(Ratio.of(percent("target_percent")));
    var total = ErrorBudget.ofTime(objective, days("period_days")).total();
    out.put(name, total.dividedBy(Fraction.of(seconds * 1_000_000_000L)));
  }

  private void calendarWindow() {
    var zone = ZoneId.of(in.text("zone"));
    var anchor = LocalDateTime.ofInstant(Instant.parse(in.text("anchor")), zone);
    var window = SloWindow.calendarPerUnit(Period.parse(in.text("duration")), anchor, zone);
    span(window.at(Instant.parse(in.text("now"))));
  }

  private void rollingWindow() {
    span(SloWindow.rolling(Period.parse(in.text("duration"))).at(Instant.parse(in.text("now"))));
  }

  private void span(Span span) {
    out.put("from", span.from());
    out.put("to_exclusive", span.to());
  }

  private void calendarBudget() {
    var zone = ZoneId.of(in.text("zone"));
    var middle = YearMonth.parse(in.text("month")).atDay(15).atStartOfDay(zone).toInstant();
    var span = SloWindow.calendarMonth(zone).at(middle);
    span(span);
    var objective = Objective.atLeast(Ratio.of(percent("target_percent")));
    out.put("period_minutes", Fraction.of(span.length().toMinutes()));
    out.put("budget_minutes", Times.minutes(ErrorBudget.ofTime(objective, span.length()).total()));
  }

  private void budgetConsumption() {
    in.skip("unit");
    var window = days("period_days");
    var entries = new ArrayList<LedgerEntry>();
    entries("critical", Kind.CRITICAL, entries);
    entries("degraded", Kind.DEGRADED, entries);
    entries("maintenance", Kind.MAINTENANCE, entries);
    var slo =
        Slo.named(
            NAME,
            s ->
                s.availability(Ratio.of(percent("target_percent")))
                    .over(window)
                    .downtime(
                        d ->
                            d.degradedFrom(minutes(in.number("degraded_min_minutes")))
                                .degradedWeight(ratio("degraded_weight"))));
    var ledger = IncidentLedger.of(START, entries);
    var result =
        SloCalculator.of(slo).report(Measurements.of(ledger), START.plus(window)).result(NAME);
    var spent = result.consumption().orElseThrow();
    var budget = result.budget().orElseThrow();
    out.put("critical_minutes", inMinutes(spent.critical()));
    out.put("degraded_minutes", inMinutes(spent.degraded()));
    out.put("consumed_minutes", Times.minutes(spent.consumed()));
    out.put("remaining_minutes", budget.remainingMinutes());
    out.put("remaining_percent", budget.remainingShare().times(100));
    out.put("status", budget.status());
    out.put("longest_incident_minutes", inMinutes(spent.longestIncident()));
    out.put("single_incident_target_met", slo.downtime().allows(spent.longestIncident()));
  }

  private void entries(String name, Kind kind, List<LedgerEntry> entries) {
    if (!in.has(name)) {
      return;
    }
    for (var pair : in.list(name)) {
      var edges = (List<?>) pair;
      var from = START.plus(minutes((Double) edges.get(0)));
      var to = START.plus(minutes((Double) edges.get(1)));
      var id = name + entries.size();
      entries.add(
          kind == Kind.MAINTENANCE
              ? new LedgerEntry(id, kind, from, Optional.of(to), from, "ops", "planned")
              : LedgerEntry.incident(kind, id, from, to));
    }
  }

  private void availability() {
    var window = minutes(in.number("period_minutes"));
    var result = downFor(SloWindow.rolling(window), START.plus(window));
    var budget = result.budget().orElseThrow();
    out.put("availability_percent", result.good().orElseThrow().times(100));
    out.put("met", result.slo().objective().metBy(result.good().orElseThrow()));
    out.put("range_budget_minutes", Times.minutes(budget.total()));
    out.put("range_remaining_minutes", budget.remainingMinutes());
    out.put("remaining_minutes", budget.remainingMinutes());
    out.put("status", budget.status());
  }

  private void availabilityVsMonthBudget() {
    var days = (int) in.number("month_days");
    var window =
        SloWindow.calendar(
            Period.ofDays(days), LocalDateTime.ofInstant(START, ZoneOffset.UTC), ZoneOffset.UTC);
    var result = downFor(window, START.plus(days("elapsed_days")));
    var pace = result.pace().orElseThrow();
    var budget = result.budget().orElseThrow();
    out.put("elapsed_availability_percent", pace.good().times(100));
    out.put("elapsed_met", pace.met());
    out.put("month_remaining_minutes", budget.remainingMinutes());
    out.put("month_remaining_percent", budget.remainingShare().times(100));
    out.put("month_status", budget.status());
  }

  private void exactlyConsumed() {
    availability();
  }

  private SloResult downFor(SloWindow window, Instant now) {
    var slo =
        Slo.named(NAME, s -> s.availability(Ratio.of(percent("target_percent"))).over(window));
    var ledger = IncidentLedger.since(START);
    var down = minutes(in.number("downtime_minutes"));
    if (!down.isZero()) {
      ledger = ledger.critical("down", START, START.plus(down));
    }
    return SloCalculator.of(slo).report(Measurements.of(ledger), now).result(NAME);
  }

  private void correction() {
    var period = days("period_days");
    var mode = in.text("mode");
    var view =
        switch (mode) {
          case "remove_from_total" -> MaintenanceTime.TAKEN_OUT;
          case "count_as_uptime", "keep_total" -> MaintenanceTime.KEPT_IN_WINDOW;
          default -> throw new AssertionError("unknown mode of correction: " + mode);
        };
    var out0 = START.plus(minutes(in.number("correction_minutes")));
    var down = out0.plus(minutes(in.number("downtime_minutes")));
    var slo =
        Slo.named(
            NAME,
            s ->
                s.availability(Ratio.percent(99))
                    .over(period)
                    .downtime(d -> d.maintenance(view).noIncidentLimit()));
    var ledger =
        IncidentLedger.since(START)
            .exclude("correction", START, out0, down, "ops", "moved house")
            .critical("down", out0, down);
    var result =
        SloCalculator.of(slo).report(Measurements.of(ledger), START.plus(period)).result(NAME);
    out.put("downtime_percent", result.good().orElseThrow().complement().times(100));
  }
}
