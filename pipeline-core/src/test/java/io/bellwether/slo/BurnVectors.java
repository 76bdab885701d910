package io.bellwether.slo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;

import io.bellwether.Ratio;
import io.bellwether.vectors.VectorObject;
import java.math.BigDecimal;
import java.util.ArrayList;

/** How fast a budget burns, and who is told. */
final class BurnVectors extends SloVectorFamily {
  BurnVectors(VectorObject in) {
    super(in);
  }

  @Override
  boolean answers(String kind) {
    switch (kind) {
      case "budget_fraction_at_threshold" -> budgetFraction();
      case "burn_rate_factor" -> burnRateFactor();
      case "budget_burn_down" -> burnDown();
      case "scaled_windows" -> scaledWindows();
      case "absent_metric_alert_delay" -> absentDelay();
      case "max_burn_rate" -> maxBurnRate();
      case "burn_rate" -> burnRate();
      case "time_to_exhaustion" -> timeToExhaustion();
      case "detection_time" -> detectionTime();
      case "low_traffic" -> lowTraffic();
      case "multiwindow_alert" -> multiwindowAlert();
      default -> {
        return false;
      }
    }
    return true;
  }

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
}
