package io.bellwether.benchmarks.judge;

import io.bellwether.benchmarks.judge.Row.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** All rows of the benchmark. */
final class Rows {
  private static final DoubleUnaryOperator BURSTY = t -> (int) t % 5 == 0 ? 3000 : 60;
  private static final DoubleUnaryOperator OUTAGE = t -> t >= 12 && t < 17 ? 0.12 : Row.ERRORS;
  private static final DoubleUnaryOperator COLD = t -> Row.ERRORS + (t < 3 ? 0.04 : 0);
  private static final DoubleFunction<double[]> COLD_LATENCY =
      t -> t < 3 ? Latencies.SLOW_START : Latencies.HEALTHY;

  static final List<Row> ALL =
      List.of(
          row("01", "healthy", Truth.GOOD, r -> r),
          row("02", "errors +1 pp", Truth.BAD, r -> r.errors(plus(0.01))),
          row("03", "errors +3 pp", Truth.BAD, r -> r.errors(plus(0.03))),
          row("04", "errors +10 pp", Truth.BAD, r -> r.errors(plus(0.10))),
          row(
              "05",
              "slow leak 0 to +5 pp",
              Truth.BAD,
              r -> r.errors(t -> Row.ERRORS + 0.05 * t / 35)),
          row(
              "06",
              "latency tail, 10 % four times slower",
              Truth.BAD,
              r -> r.latency(t -> Latencies.TAIL)),
          row("07", "empty answers 0.5 to 4 %", Truth.BAD, r -> r.empties(0.04)),
          row("08a", "1 request a minute, healthy", Truth.GOOD, Builder::lowTraffic),
          row(
              "08b",
              "1 request a minute, errors +30 pp",
              Truth.BAD,
              r -> r.lowTraffic().errors(plus(0.30))),
          row("09a", "bursty traffic, healthy", Truth.GOOD, r -> r.perMinute(BURSTY)),
          row(
              "09b",
              "bursty traffic, errors +3 pp",
              Truth.BAD,
              r -> r.perMinute(BURSTY).errors(plus(0.03))),
          row(
              "10",
              "shared outage, 12 % errors for 5 min",
              Truth.GOOD,
              r -> r.errors(OUTAGE).stableErrors(OUTAGE)),
          row(
              "11",
              "cold start of 3 min, not announced",
              Truth.GOOD,
              r -> r.errors(COLD).latency(COLD_LATENCY)),
          row(
              "11b",
              "cold start of 3 min, announced as warm-up",
              Truth.GOOD,
              r -> r.errors(COLD).latency(COLD_LATENCY).warmUp(3)),
          row(
              "12",
              "errors +10 pp and telemetry gone from minute 4",
              Truth.BAD,
              r -> r.errors(t -> Row.ERRORS + (t >= 4 ? 0.10 : 0)).telemetryEnds(4)),
          row("13a", "drift shared by both arms, healthy", Truth.GOOD, r -> r.sharedDrift(0.6)),
          row("13b", "errors in bursts of 3, healthy", Truth.GOOD, r -> r.burst(3)),
          row(
              "13c",
              "drift of each arm apart, healthy on average",
              Truth.GOOD,
              r -> r.armDrift(0.5)),
          row("14", "better candidate, 0.3 % errors", Truth.GOOD, r -> r.errors(t -> 0.003)),
          row("15", "errors +0.2 pp", Truth.TOLERATED, r -> r.errors(plus(0.002))),
          row(
              "16",
              "8 % errors in both arms",
              Truth.GOOD,
              r -> r.errors(t -> 0.08).stableErrors(t -> 0.08)),
          row(
              "17a",
              "successes seen after 8 s, 8 % errors in both arms",
              Truth.GOOD,
              r -> r.delayed(8, 0)),
          row(
              "17b",
              "successes seen after 8 s, 8 % errors, candidate +3 pp",
              Truth.BAD,
              r -> r.delayed(8, 0.03)),
          row(
              "17c",
              "successes seen after 30 s, 8 % errors in both arms",
              Truth.GOOD,
              r -> r.delayed(30, 0)),
          row(
              "17d",
              "successes seen after 30 s, 8 % errors, candidate +3 pp",
              Truth.BAD,
              r -> r.delayed(30, 0.03)),
          row(
              "18",
              "late onset, errors +3 pp from minute 12",
              Truth.BAD,
              r -> r.errors(t -> Row.ERRORS + (t >= 12 ? 0.03 : 0))));

  private Rows() {}

  /** The rows of a comma-separated list; a number without letter takes all of its variants. */
  static List<Row> named(String list) {
    if (list.equals("all")) {
      return ALL;
    }
    var rows = new ArrayList<Row>();
    for (var wanted : Arrays.asList(list.split(","))) {
      var exact = ALL.stream().filter(row -> row.id().equals(wanted)).toList();
      var found =
          exact.isEmpty()
              ? ALL.stream().filter(row -> row.id().startsWith(wanted)).toList()
              : exact;
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "no row " + wanted + "; there are " + ALL.stream().map(Row::id).toList());
      }
      rows.addAll(found);
    }
    return rows.stream().distinct().toList();
  }

  private static DoubleUnaryOperator plus(double points) {
    return t -> Row.ERRORS + points;
  }

  private static Row row(String id, String title, Truth truth, UnaryOperator<Builder> change) {
    return change.apply(new Builder()).build(id, title, truth);
  }

  /** A row that is healthy unless said otherwise. */
  private static final class Builder {
    private DoubleUnaryOperator perMinute = t -> 600;
    private int tick = 10;
    private int stretch = 1;
    private DoubleUnaryOperator candidateErrors = t -> Row.ERRORS;
    private DoubleUnaryOperator stableErrors = t -> Row.ERRORS;
    private double candidateEmpties = Row.EMPTIES;
    private DoubleFunction<double[]> candidateLatency = t -> Latencies.HEALTHY;
    private double[] stableLatency = Latencies.HEALTHY;
    private double telemetryEnds = Double.POSITIVE_INFINITY;
    private double sharedDrift;
    private double armDrift;
    private double burst;
    private double warmUp;
    private int successDelay;

    Builder perMinute(DoubleUnaryOperator rate) {
      perMinute = rate;
      return this;
    }

    Builder lowTraffic() {
      tick = 60;
      stretch = 8;
      return perMinute(t -> 1);
    }

    Builder errors(DoubleUnaryOperator rate) {
      candidateErrors = rate;
      return this;
    }

    Builder stableErrors(DoubleUnaryOperator rate) {
      stableErrors = rate;
      return this;
    }

    Builder empties(double rate) {
      candidateEmpties = rate;
      return this;
    }

    Builder latency(DoubleFunction<double[]> distribution) {
      candidateLatency = distribution;
      return this;
    }

    Builder telemetryEnds(double minute) {
      telemetryEnds = minute;
      return this;
    }

    Builder sharedDrift(double deviation) {
      sharedDrift = deviation;
      return this;
    }

    Builder armDrift(double deviation) {
      armDrift = deviation;
      return this;
    }

    Builder burst(double mean) {
      burst = mean;
      return this;
    }

    Builder warmUp(double minutes) {
      warmUp = minutes;
      return this;
    }

    Builder delayed(int seconds, double worse) {
      successDelay = seconds;
      stableLatency = Latencies.constant(1000.0 * seconds);
      return latency(t -> stableLatency).stableErrors(t -> 0.08).errors(t -> 0.08 + worse);
    }

    Row build(String id, String title, Truth truth) {
      var empties = candidateEmpties;
      return new Row(
          id,
          title,
          truth,
          perMinute,
          tick,
          stretch,
          candidateErrors,
          stableErrors,
          t -> empties,
          candidateLatency,
          stableLatency,
          telemetryEnds,
          sharedDrift,
          armDrift,
          burst,
          warmUp,
          successDelay);
    }
  }
}
