package io.bellwether.slo;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.Ratio;
import io.bellwether.vectors.VectorObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reports from counts, and rates of events. */
final class CountVectors extends SloVectorFamily {
  CountVectors(VectorObject in) {
    super(in);
  }

  @Override
  boolean answers(String kind) {
    switch (kind) {
      case "report_from_counts" -> reportFromCounts();
      case "report_from_sli" -> reportFromSli();
      case "budget_consumed" -> budgetConsumed();
      case "sli" -> sli();
      case "percentile" -> percentile();
      case "error_rate" -> errorRate();
      case "success_rate" -> successRate();
      case "ratio_aggregation" -> ratioAggregation();
      case "counter_increase" -> counterIncrease();
      default -> {
        return false;
      }
    }
    return true;
  }

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
}
