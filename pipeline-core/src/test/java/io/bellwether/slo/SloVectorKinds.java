package io.bellwether.slo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.Ratio;
import io.bellwether.release.ChangeKind;
import io.bellwether.slo.Composite.Slice;
import io.bellwether.slo.DowntimeRule.MaintenanceTime;
import io.bellwether.slo.LedgerEntry.Kind;
import io.bellwether.slo.Scale.Level;
import io.bellwether.slo.Scorecard.Outcome;
import io.bellwether.vectors.VectorObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the library says to the inputs of each kind of vector. */
final class SloVectorKinds {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String NAME = "slo";

  private final VectorObject in;
  private final Map<String, Object> out = new HashMap<>();

  private SloVectorKinds(VectorObject in) {
    this.in = in;
  }

  static Map<String, Object> run(String kind, VectorObject in) {
    var vector = new SloVectorKinds(in);
    vector.run(kind);
    return vector.out;
  }

  private void run(String kind) {
    switch (kind) {
      case "report_from_counts" -> reportFromCounts();
      case "report_from_sli" -> reportFromSli();
      case "budget_fraction_at_threshold" -> budgetFraction();
      case "burn_rate_factor" -> burnRateFactor();
      case "budget_burn_down" -> burnDown();
      case "scaled_windows" -> scaledWindows();
      case "absent_metric_alert_delay" -> absentDelay();
      case "max_burn_rate" -> maxBurnRate();
      case "correction" -> correction();
      case "composite_time_slices" -> compositeTimeSlices();
      case "budget_seconds" -> budget("budget_seconds", 1);
      case "budget_minutes" -> budget("budget_minutes", 60);
      case "budget_consumed" -> budgetConsumed();
      case "sli" -> sli();
      case "timeslice_sli" -> timesliceSli();
      case "burn_rate" -> burnRate();
      case "burn_rate_slices" -> burnRateSlices();
      case "calendar_window" -> calendarWindow();
      case "rolling_window" -> rollingWindow();
      case "budgeting_method" -> budgetingMethod();
      case "timeslice_budget" -> timesliceBudget();
      case "ratio_timeslices_exhaustion" -> ratioTimeslicesExhaustion();
      case "composite_ratio_timeslices" -> compositeRatioTimeslices();
      case "percentile" -> percentile();
      case "weighted_gate_score" -> weightedGateScore();
      case "harness_band" -> harnessBand();
      case "calendar_budget" -> calendarBudget();
      case "budget_consumption" -> budgetConsumption();
      case "availability" -> availability();
      case "availability_vs_month_budget" -> availabilityVsMonthBudget();
      case "error_rate" -> errorRate();
      case "success_rate" -> successRate();
      case "time_to_exhaustion" -> timeToExhaustion();
      case "detection_time" -> detectionTime();
      case "low_traffic" -> lowTraffic();
      case "multiwindow_alert" -> multiwindowAlert();
      case "ratio_aggregation" -> ratioAggregation();
      case "counter_increase" -> counterIncrease();
      case "exactly_consumed" -> exactlyConsumed();
      case "policy_decision" -> policyDecision();
      default -> throw new AssertionError("unknown kind of vector: " + kind);
    }
  }

  // Reports from counts

  private void reportFromCounts() {
    var window = ofSeconds(whole("window_seconds"));
    var series = new ArrayList<Long>();
    for (var name : List.of("good", "bad")) {
      in.optionalNumber(name).ifPresentOrElse(n -> series.add((long) n), () -> series.add(0L));
    }
    var counts = Counts.ofGoodAndBad(series.get(0), series.get(1));
    var least = in.has("min_valid_events") ? whole("min_valid_events") : 1;
    out.put("valid", counts.total() >= least);
    report(window, counts);
  }

  private void reportFromSli() {
    var sli = decimal("sli");
    var scale = BigDecimal.TEN.pow(Math.max(0, sli.scale()));
    out.put("valid", true);
    report(
        ofSeconds(whole("window_seconds")),
        new Counts(sli.multiply(scale).longValueExact(), scale.longValueExact()));
  }

  private void report(Duration window, Counts counts) {
    var objective = Objective.atLeast(Ratio.of(decimal("goal")));
    var slo = Slo.named(NAME, s -> s.ratio(objective).over(window));
    var now = START.plus(window);
    var events = CountSeries.of(Span.of(START, window), counts);
    var measured = Measurements.of(NAME, events);
    var calculator = SloCalculator.of(slo);
    var threshold = fraction("burn_threshold");
    var result = calculator.report(measured, now).result(NAME);
    if (result.budget().isPresent()) {
      var good = result.good().orElseThrow();
      var budget = result.budget().orElseThrow();
      var outage = ErrorBudget.ofTime(objective, window);
      var burn = calculator.burnRate(NAME, measured, window, now).orElseThrow().rate();
      out.put("sli", good);
      out.put("gap", good.minus(Fraction.of(objective.target())));
      out.put("budget_minutes", Times.minutes(outage.total()));
      out.put("error_minutes", Times.minutes(outage.total().times(budget.consumedShare())));
      out.put("remaining_minutes", Times.minutes(outage.total().times(budget.remainingShare())));
      out.put("consumed_percent", budget.consumedShare().times(100));
      out.put("burn_rate", burn);
      out.put("alert", burn.isAbove(threshold));
    }
  }

  private void sli() {
    if (in.number("total") == 0) {
      in.skip("good");
      out.put("no_data", new Counts(0, 0).goodShare().isEmpty());
    } else {
      var share = new Counts(whole("good"), whole("total")).goodShare();
      out.put("no_data", share.isEmpty());
      share.ifPresent(good -> out.put("sli", good));
    }
  }

  private void budgetConsumed() {
    var slo = Slo.named(NAME, s -> s.ratio(Objective.atLeast(ratio("target"))));
    var events = CountSeries.of(span(30), new Counts(whole("good"), whole("total")));
    var budget = result(slo, events).budget().orElseThrow();
    out.put("consumed_fraction", budget.consumedShare());
    out.put("remaining_fraction", budget.remainingShare());
  }

  private void ratioAggregation() {
    var cells = new ArrayList<CountCell>();
    var mean = Fraction.ZERO;
    for (var bucket : in.objects("buckets")) {
      var counts =
          Counts.ofBadAndTotal((long) bucket.number("errors"), (long) bucket.number("total"));
      var from = START.plus(ofMinutes(cells.size()));
      cells.add(CountCell.of(Span.of(from, ofMinutes(1)), counts));
      mean = mean.plus(counts.badShare().orElse(Fraction.ZERO));
    }
    out.put("weighted_error_fraction", CountSeries.of(cells).sum().badShare().orElseThrow());
    out.put("mean_of_ratios", mean.dividedBy(Fraction.of(cells.size())));
  }

  private void counterIncrease() {
    var counter = new CounterIncrease();
    Arrays.stream(in.numbers("samples")).forEach(sample -> counter.read((long) sample));
    out.put("increase", Fraction.of(counter.total()));
  }

  private void errorRate() {
    var counts =
        new HttpCounts(
            whole("http_5xx"), whole("http_4xx_not_429"), whole("http_429"), whole("total"));
    var below = Objective.below(Ratio.of(percent("target_percent")));
    out.put("no_data", counts.literal().isEmpty());
    ratios("numerator_only", counts.literal(), below);
    ratios("valid_events", counts.validEventsOnly(), below);
  }

  private void ratios(String prefix, Counts counts, Objective below) {
    counts
        .goodShare()
        .ifPresent(
            good -> {
              out.put(prefix + "_percent", below.stated(good).times(100));
              out.put(prefix + "_below_1", below.metBy(good));
            });
  }

  private void successRate() {
    var good = new Counts(whole("successful"), whole("total")).goodShare();
    var target = Ratio.of(percent("target_percent"));
    out.put("no_data", good.isEmpty());
    good.ifPresent(
        share -> {
          out.put("success_percent", share.times(100));
          out.put("strictly_above", Objective.above(target).metBy(share));
          out.put("at_least", Objective.atLeast(target).metBy(share));
        });
  }

  private void percentile() {
    in.skip("samples_description");
    var sorted =
        Arrays.stream(in.numbers("samples"))
            .sorted()
            .mapToObj(sample -> Fraction.of(BigDecimal.valueOf(sample)))
            .toList();
    var p = Ratio.of(decimal("p"));
    for (var way : Percentile.values()) {
      out.put(way.name().toLowerCase(Locale.ROOT), way.of(sorted, p));
    }
    if (in.has("method")) {
      var method = in.text("method");
      var way =
          switch (method) {
            case "nearest_rank" -> Percentile.NEAREST_RANK;
            case "n_minus_1_linear", "linear_n_minus_1" -> Percentile.LINEAR_N_MINUS_1;
            case "n_plus_1_linear", "linear_n_plus_1" -> Percentile.LINEAR_N_PLUS_1;
            default -> throw new AssertionError("unknown method of percentile: " + method);
          };
      out.put("value", way.of(sorted, p));
    }
    var nanos = sorted.stream().mapToLong(ms -> ms.times(1_000_000).rounded()).toArray();
    var below = LatencySamples.ofNanos(nanos).below(Duration.ofMillis(2000));
    out.put("share_below_2000", below.goodShare().orElseThrow());
  }

  // Slices

  private void timesliceSli() {
    var slice = ofMinutes(1);
    var window = slice.multipliedBy(whole("slices_in_window"));
    var budgeting =
        Budgeting.timeslices(slice, Ratio.percent(95)).whenMissing(missing(in.text("missing")));
    var slo =
        Slo.named(
            NAME,
            s -> s.ratio(Objective.atLeast(Ratio.percent(99))).over(window).budgetedBy(budgeting));
    var series = slices(whole("observed_slices"), whole("good_slices"), slice);
    out.put("sli", resultAt(slo, series, START.plus(window)).good().orElseThrow());
  }

  private static Budgeting.Missing missing(String text) {
    return switch (text) {
      case "good" -> Budgeting.Missing.GOOD;
      case "bad" -> Budgeting.Missing.BAD;
      case "excluded", "exclude", "ignored" -> Budgeting.Missing.EXCLUDED;
      default -> throw new AssertionError("unknown view of missing slices: " + text);
    };
  }

  private static CountSeries slices(long observed, long good, Duration slice) {
    var cells = new ArrayList<CountCell>();
    for (var i = 0L; i < observed; i++) {
      var span = Span.of(START.plus(slice.multipliedBy(i)), slice);
      cells.add(CountCell.of(span, new Counts(i < good ? 10 : 0, 10)));
    }
    return CountSeries.of(cells);
  }

  private void burnRateSlices() {
    var slice = ofMinutes(1);
    var window = slice.multipliedBy(whole("slices_in_window"));
    var target = Objective.atLeast(ratio("target"));
    var bad = whole("bad_slices");
    for (var view : List.of(Budgeting.Missing.GOOD, Budgeting.Missing.EXCLUDED)) {
      var budgeting = Budgeting.timeslices(slice, Ratio.percent(95)).whenMissing(view);
      var slo = Slo.named(NAME, s -> s.ratio(target).budgetedBy(budgeting));
      var rate =
          SloCalculator.of(slo)
              .burnRate(
                  NAME, Measurements.of(NAME, slices(bad, 0, slice)), window, START.plus(window));
      out.put(
          view == Budgeting.Missing.GOOD ? "burn_rate" : "naive_burn_rate",
          rate.orElseThrow().rate());
    }
  }

  private void budgetingMethod() {
    var slice = ofMinutes(1);
    var target = Objective.atLeast(ratio("target"));
    var sliceTarget = in.optionalNumber("timeslice_target");
    var method = in.text("method");
    var budgeting =
        switch (method) {
          case "occurrences" -> Budgeting.OCCURRENCES;
          case "timeslices" -> Budgeting.timeslices(slice, Ratio.of(sliceTarget.orElseThrow()));
          case "ratio_timeslices" -> Budgeting.ratioTimeslices(slice);
          default -> throw new AssertionError("unknown method of budgeting: " + method);
        };
    var good = in.numbers("good");
    var total = in.numbers("total");
    var cells = new ArrayList<CountCell>();
    for (var i = 0; i < good.length; i++) {
      var span = Span.of(START.plus(slice.multipliedBy(i)), slice);
      cells.add(CountCell.of(span, new Counts((long) good[i], (long) total[i])));
    }
    var slo =
        Slo.named(
            NAME, s -> s.ratio(target).over(slice.multipliedBy(good.length)).budgetedBy(budgeting));
    var now = START.plus(slice.multipliedBy(good.length));
    var result = resultAt(slo, CountSeries.of(cells), now);
    out.put("sli", result.good().orElseThrow());
    out.put("consumed_fraction", result.budget().orElseThrow().consumedShare());
  }

  private void timesliceBudget() {
    var slice = ofMinutes(whole("slice_minutes"));
    var window = ofDays(whole("period_days"));
    var budgeting = Budgeting.timeslices(slice, Ratio.percent(95));
    var slo =
        Slo.named(
            NAME,
            s -> s.ratio(Objective.atLeast(ratio("target"))).over(window).budgetedBy(budgeting));
    var result = resultAt(slo, slices(1, 1, slice), START.plus(window));
    out.put("total_slices", Fraction.of(budgeting.slicesIn(window)));
    out.put("bad_slices_allowed", result.budget().orElseThrow().total());
  }

  private void ratioTimeslicesExhaustion() {
    var slice = ofMinutes(whole("slice_minutes"));
    var slices = Budgeting.ratioTimeslices(slice).slicesIn(ofDays(whole("period_days")));
    var exhausted =
        BurnMath.slicesOfShortage(
            ratio("target").complement(), slices, ratio("normal_ratio"), ratio("attack_ratio"));
    out.put("minutes_to_exhaust", exhausted.orElseThrow().times(slice.toMinutes()));
  }

  private void compositeTimeSlices() {
    in.skip("legend", "rule");
    var members = new ArrayList<List<Slice>>();
    for (var member : in.texts("members")) {
      members.add(member.chars().mapToObj(SloVectorKinds::slice).toList());
    }
    out.put("member_percent", members.stream().map(SloVectorKinds::goodPercent).toList());
    out.put("overall_percent", goodPercent(Composite.slices(members)));
  }

  private static Slice slice(int letter) {
    return switch (letter) {
      case 'O' -> Slice.GOOD;
      case 'A' -> Slice.BAD;
      default -> throw new AssertionError("unknown slice: " + (char) letter);
    };
  }

  private static Fraction goodPercent(List<Slice> slices) {
    return Composite.counts(slices).goodShare().orElseThrow().times(100);
  }

  private void compositeRatioTimeslices() {
    out.put("sli", Composite.ofRatios(fractions("members"), fractions("weights")));
  }

  // Burning

  private void budgetFraction() {
    out.put(
        "budget_fraction",
        BurnMath.spent(fraction("burn_rate"), hours("window_hours"), days("slo_period_days")));
  }

  private void burnRateFactor() {
    out.put(
        "factor",
        BurnMath.factor(
            Ratio.of(percent("budget_percent")),
            days("slo_period_days"),
            hours("long_window_hours")));
  }

  private void burnDown() {
    in.skip("steps_in_period");
    var steps = whole("steps_in_period");
    var slice = ofDays(1);
    var elapsed = whole("elapsed_steps");
    var window = slice.multipliedBy(steps);
    var slo =
        Slo.named(
            NAME,
            s ->
                s.ratio(Objective.atLeast(Ratio.of(percent("objective_percent"))))
                    .over(window)
                    .budgetedBy(Budgeting.ratioTimeslices(slice)));
    var cells = new ArrayList<CountCell>();
    for (var sli : in.numbers("sli_percent_per_step")) {
      var percent = BigDecimal.valueOf(sli);
      var scale = BigDecimal.TEN.pow(Math.max(0, percent.scale()));
      var counts =
          new Counts(percent.multiply(scale).longValueExact(), scale.longValueExact() * 100);
      cells.add(CountCell.of(Span.of(START.plus(slice.multipliedBy(cells.size())), slice), counts));
    }
    var line =
        BurnDown.of(
            slo,
            Measurements.of(NAME, CountSeries.of(cells)),
            Span.of(START, window),
            START.plus(slice.multipliedBy(elapsed)),
            slice);
    var remaining =
        line.points().stream().map(p -> p.remaining().orElseThrow().times(100)).toList();
    out.put("remaining_percent_per_step", remaining.subList(1, 1 + cells.size()));
    var last = line.points().get(line.points().size() - 1);
    out.put("current_remaining_percent", last.remaining().orElseThrow().times(100));
    out.put("expected_remaining_percent", last.ideal().times(100));
  }

  private void scaledWindows() {
    var alerts = BurnRateAlerts.scaled(days("slo_period_days"));
    var alert = alerts.get((int) in.number("rank") - 1);
    assertFactor(alert.factor());
    out.put("long_minutes", Fraction.of(alert.longWindow().toMinutes()));
    out.put("short_minutes", Fraction.of(alert.shortWindow().toMinutes()));
    out.put("for_minutes", Fraction.of(alert.holdFor().toMinutes()));
    var exhaustion =
        BurnMath.timeToExhaustion(Fraction.ONE, alert.factor(), days("slo_period_days"));
    out.put("exhaustion_hours", Times.nanos(exhaustion.orElseThrow()).dividedBy(nanosPerHour()));
  }

  private void assertFactor(Fraction factor) {
    if (!factor.equals(fraction("factor"))) {
      throw new AssertionError("factor of this rank: " + factor);
    }
  }

  private void absentDelay() {
    var objective = Objective.atLeast(ratio("target"));
    var delay = BurnRateAlerts.absentAfter(objective, days("slo_period_days"));
    out.put("delay_minutes", Fraction.of(delay.toMinutes()));
  }

  private void maxBurnRate() {
    var fastest = BurnMath.fastest(Ratio.of(percent("target_percent")).complement());
    out.put("max_burn_rate", fastest);
    out.put("threshold_14_4_reachable", fastest.isAbove(Fraction.of(144, 10)));
  }

  private void burnRate() {
    var percent = in.has("target_percent");
    var target = percent ? Ratio.of(percent("target_percent")) : ratio("target");
    var bad = percent ? Ratio.of(percent("error_percent")) : ratio("sli").complement();
    var burn = BurnMath.burnRate(Fraction.of(bad), target.complement());
    out.put("burn_rate", burn);
    out.put("strictly_above_14_4", burn.isAbove(Fraction.of(144, 10)));
    out.put("at_least_14_4", !burn.isBelow(Fraction.of(144, 10)));
  }

  private void timeToExhaustion() {
    var time =
        BurnMath.timeToExhaustion(
            fraction("remaining_fraction"), fraction("burn_rate"), days("slo_period_days"));
    out.put("hours", Times.nanos(time.orElseThrow()).dividedBy(nanosPerHour()));
  }

  private void detectionTime() {
    var time =
        BurnMath.detectionTime(
            Fraction.of(percent("error_percent")),
            Ratio.of(percent("target_percent")).complement(),
            fraction("burn_rate"),
            hours("long_window_hours"));
    out.put("seconds", Times.nanos(time.orElseThrow()).dividedBy(nanosPerHour()).times(3600));
  }

  private void lowTraffic() {
    var perHour = whole("requests_per_hour");
    var counts = Counts.ofBadAndTotal(whole("failed_in_hour"), perHour);
    var period = days("period_days");
    var slo =
        Slo.named(
            NAME,
            s ->
                s.ratio(Objective.atLeast(Ratio.of(percent("target_percent"))))
                    .over(period)
                    .expectingEvents(perHour * period.toHours()));
    var now = START.plus(period);
    var hour = CountSeries.of(Span.of(now.minusSeconds(3600), ofMinutes(60)), counts);
    var budget = resultAt(slo, hour, now).budget().orElseThrow();
    var burn =
        SloCalculator.of(slo)
            .burnRate(NAME, Measurements.of(NAME, hour), ofMinutes(60), now)
            .orElseThrow();
    out.put("hour_error_percent", counts.badShare().orElseThrow().times(100));
    out.put("burn_rate", burn.rate());
    out.put("period_budget_events", budget.total());
    out.put("budget_percent_spent", budget.consumedShare().times(100));
  }

  private void multiwindowAlert() {
    var objective = Objective.atLeast(Ratio.of(percent("target_percent")));
    var alert = BurnRateAlert.of("fast", a -> a.factor(decimal("threshold")).over(ofMinutes(60)));
    out.put(
        "fires",
        alert.isExceededBy(
            BurnMath.burnRate(Fraction.of(percent("long_error_percent")), objective.budget()),
            BurnMath.burnRate(Fraction.of(percent("short_error_percent")), objective.budget())));
  }

  // Windows and time

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

  // Bands and policy

  private void harnessBand() {
    var bands =
        Scale.of(
            List.of(
                Level.above("healthy", Ratio.percent(75)),
                Level.from("observe", Ratio.percent(50)),
                Level.from("need_attention", Ratio.percent(25)),
                Level.above("unhealthy", Ratio.ZERO)),
            "exhausted");
    out.put("band", bands.levelOf(Fraction.of(percent("remaining_percent"))));
  }

  private void weightedGateScore() {
    var card =
        Scorecard.of(Ratio.of(percent("pass_percent")), Ratio.of(percent("warning_percent")));
    var weights = in.numbers("weights");
    var results = in.texts("results");
    for (var i = 0; i < results.size(); i++) {
      card = card.with(outcome(results.get(i)), (long) weights[i]);
    }
    out.put("score", card.score().times(100));
    out.put("outcome", text(card.outcome()));
  }

  private static Outcome outcome(String text) {
    return switch (text) {
      case "pass" -> Outcome.PASS;
      case "warning", "warn" -> Outcome.WARN;
      case "fail", "missing" -> Outcome.FAIL;
      default -> throw new AssertionError("unknown result of an objective: " + text);
    };
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case PASS -> "pass";
      case WARN -> "warning";
      case FAIL -> "fail";
    };
  }

  private void policyDecision() {
    var kind = kind(in.text("change"), in.flag("critical_feature", false));
    var change = Change.of("chat", kind);
    if (in.flag("enhanced_review", false)) {
      change = change.reviewed("a reviewer");
    }
    if (in.flag("vp_approved", false)) {
      change = change.approvedByVp("the VP");
    }
    var deploys = (int) in.optionalNumber("deploys_in_last_7_days").orElse(0);
    var decision =
        ErrorBudgetPolicy.standard()
            .decide(BudgetStatus.valueOf(in.text("status")), change, deploys);
    out.put("allowed", decision.allowed());
  }

  private static ChangeKind kind(String change, boolean critical) {
    return switch (change) {
      case "critical_feature" -> ChangeKind.CRITICAL_FEATURE;
      case "feature" -> critical ? ChangeKind.CRITICAL_FEATURE : ChangeKind.FEATURE;
      case "experiment" -> ChangeKind.EXPERIMENT;
      case "fix" -> ChangeKind.FIX;
      case "critical_fix" -> ChangeKind.CRITICAL_FIX;
      case "rollback" -> ChangeKind.ROLLBACK;
      default -> throw new AssertionError("unknown kind of change: " + change);
    };
  }

  // Reading the inputs

  private static SloResult result(Slo slo, CountSeries events) {
    return resultAt(slo, events, START.plus(ofDays(30)));
  }

  private static SloResult resultAt(Slo slo, CountSeries events, Instant now) {
    return SloCalculator.of(slo).report(Measurements.of(NAME, events), now).result(NAME);
  }

  private static Span span(int days) {
    return Span.of(START, ofDays(days));
  }

  private long whole(String name) {
    return decimal(name).longValueExact();
  }

  private BigDecimal decimal(String name) {
    return BigDecimal.valueOf(in.number(name));
  }

  private Fraction fraction(String name) {
    return Fraction.of(decimal(name));
  }

  private List<Fraction> fractions(String name) {
    return Arrays.stream(in.numbers(name))
        .mapToObj(number -> Fraction.of(BigDecimal.valueOf(number)))
        .toList();
  }

  private Ratio ratio(String name) {
    return Ratio.of(decimal(name));
  }

  private BigDecimal percent(String name) {
    return decimal(name).movePointLeft(2);
  }

  private Duration days(String name) {
    return Times.duration(fraction(name).times(86_400_000_000_000L));
  }

  private Duration hours(String name) {
    return Times.duration(fraction(name).times(3_600_000_000_000L));
  }

  private static Duration minutes(double minutes) {
    return Times.duration(Fraction.of(BigDecimal.valueOf(minutes)).times(60_000_000_000L));
  }

  private static Fraction inMinutes(Duration length) {
    return Times.minutes(Times.nanos(length));
  }

  private static Fraction nanosPerHour() {
    return Fraction.of(3_600_000_000_000L);
  }
}
