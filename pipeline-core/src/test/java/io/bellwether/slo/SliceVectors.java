package io.bellwether.slo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;

import io.bellwether.Ratio;
import io.bellwether.slo.Composite.Slice;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Budgets of time slices, and of several services taken for one. */
final class SliceVectors extends SloVectorFamily {
  SliceVectors(VectorObject in) {
    super(in);
  }

  @Override
  boolean answers(String kind) {
    switch (kind) {
      case "composite_time_slices" -> compositeTimeSlices();
      case "timeslice_sli" -> timesliceSli();
      case "burn_rate_slices" -> burnRateSlices();
      case "budgeting_method" -> budgetingMethod();
      case "timeslice_budget" -> timesliceBudget();
      case "ratio_timeslices_exhaustion" -> ratioTimeslicesExhaustion();
      case "composite_ratio_timeslices" -> compositeRatioTimeslices();
      default -> {
        return false;
      }
    }
    return true;
  }

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
      members.add(member.chars().mapToObj(SliceVectors::slice).toList());
    }
    out.put("member_percent", members.stream().map(SliceVectors::goodPercent).toList());
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
}
