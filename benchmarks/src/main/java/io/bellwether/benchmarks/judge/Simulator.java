package io.bellwether.benchmarks.judge;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/** Draws runs of a row; the same number and run give the same counts whatever else is drawn. */
final class Simulator {
  private static final int SHARED = 0;
  private static final int CANDIDATE = 1;
  private static final int STABLE = 2;
  private static final int CLONE = 3;
  private static final int PAST = 4;
  private static final double HIGHEST_RATE = 0.95;
  private static final double DRIFT_MINUTES = 3;
  private static final double FAST_FAILURE_MILLIS = 50;
  private static final double HISTORY_MINUTES = 10;

  private final Row row;
  private final long number;
  private final double[] shares;

  Simulator(Row row, long number) {
    this.row = row;
    this.number = number;
    shares = new double[row.ticks()];
    Arrays.setAll(shares, row::shareAt);
  }

  /** How an arm behaves. */
  private record Behaviour(
      DoubleUnaryOperator errors, DoubleUnaryOperator empties, DoubleFunction<double[]> latency) {}

  Run run(int index) {
    var shared = drift(row.sharedDrift(), shares.length, draws(index, SHARED));
    var stable = new Behaviour(row.stableErrors(), t -> Row.EMPTIES, t -> row.stableLatency());
    var given =
        new Behaviour(row.candidateErrors(), row.candidateEmpties(), row.candidateLatency());
    var a = arm(given, t -> shares[t], 0, shared, draws(index, CANDIDATE));
    var b = arm(stable, t -> 1 - shares[t], 0, shared, draws(index, STABLE));
    var e = arm(stable, t -> shares[t], 0, shared, draws(index, CLONE));
    var exposed = new long[shares.length + 1];
    for (var tick = 0; tick < shares.length; tick++) {
      exposed[tick + 1] = exposed[tick] + a.requests[tick];
    }
    hide(a, b, e);
    return new Run(
        row,
        a,
        b,
        byEnd(a, draws(index, CANDIDATE + 10)),
        byEnd(b, draws(index, STABLE + 10)),
        byEnd(e, draws(index, CLONE + 10)),
        past(stable, index),
        exposed);
  }

  private Draws draws(int index, int part) {
    return new Draws(number, row.id().hashCode(), index, part);
  }

  private Arm past(Behaviour stable, int index) {
    var draws = draws(index, PAST);
    var minutes = HISTORY_MINUTES * row.stretch();
    var ticks = row.ticks(minutes);
    var drift = drift(row.sharedDrift(), ticks, draws);
    return arm(stable, t -> 1, -minutes, drift, draws);
  }

  private interface Share {
    double at(int tick);
  }

  private Arm arm(Behaviour behaviour, Share share, double start, double[] shared, Draws draws) {
    var arm = new Arm(shared.length);
    var own = drift(row.armDrift(), shared.length, draws);
    var perTick = row.minutesPerTick();
    for (var tick = 0; tick < shared.length; tick++) {
      var t = start + tick * perTick;
      var n = draws.poisson(row.perMinute().applyAsDouble(t) * perTick * share.at(tick));
      var rate =
          Math.min(HIGHEST_RATE, behaviour.errors.applyAsDouble(t) * shared[tick] * own[tick]);
      arm.requests[tick] = n;
      arm.errors[tick] = row.burst() > 0 ? burst(n, rate, draws) : draws.binomial(n, rate);
      arm.empties[tick] = draws.binomial(n, behaviour.empties.applyAsDouble(t));
      latencies(arm, tick, behaviour.latency.apply(t), draws);
    }
    return arm;
  }

  private void latencies(Arm arm, int tick, double[] chances, Draws draws) {
    var offset = tick * Latencies.BINS;
    if (row.successDelay() == 0) {
      draws.multinomial(arm.requests[tick], chances, arm.latencies, offset);
    } else {
      var failures = arm.errors[tick];
      arm.latencies[offset + Latencies.firstBinFrom(FAST_FAILURE_MILLIS)] += failures;
      draws.multinomial(arm.requests[tick] - failures, chances, arm.latencies, offset);
    }
  }

  private int burst(int n, double rate, Draws draws) {
    var bursts = draws.poisson(n * rate / row.burst());
    return Math.min(n, bursts + draws.poisson(bursts * (row.burst() - 1)));
  }

  /** A slow random factor around 1 with a memory of some minutes; 1 without deviation. */
  private double[] drift(double deviation, int ticks, Draws draws) {
    var factors = new double[ticks];
    Arrays.fill(factors, 1);
    if (deviation > 0) {
      var keep = StrictMath.exp(-row.minutesPerTick() / DRIFT_MINUTES);
      var z = 0.0;
      for (var tick = 0; tick < ticks; tick++) {
        z = keep * z + Math.sqrt(1 - keep * keep) * draws.normal();
        factors[tick] = StrictMath.exp(deviation * z);
      }
    }
    return factors;
  }

  private void hide(Arm a, Arm b, Arm e) {
    var warm = row.ticks(row.warmUp());
    for (var arm : new Arm[] {a, b, e}) {
      arm.clear(0, warm);
    }
    if (row.telemetryEnds() < Double.POSITIVE_INFINITY) {
      a.clear(row.ticks(row.telemetryEnds()), a.ticks());
    }
  }

  /** The same arm as it is seen by whoever counts requests when they end. */
  private Arm byEnd(Arm arm, Draws draws) {
    if (row.successDelay() == 0) {
      return arm;
    }
    var seen = new Arm(arm.ticks());
    var whole = row.successDelay() / row.tick();
    var later = row.successDelay() % row.tick() / (double) row.tick();
    var fast = Latencies.firstBinFrom(FAST_FAILURE_MILLIS);
    for (var tick = 0; tick < arm.ticks(); tick++) {
      var failures = arm.errors[tick];
      seen.requests[tick] += failures;
      seen.errors[tick] += failures;
      seen.latencies[tick * Latencies.BINS + fast] += failures;
      var successes = arm.requests[tick] - failures;
      var second = draws.binomial(successes, later);
      arrive(seen, tick + whole, successes - second, draws);
      arrive(seen, tick + whole + 1, second, draws);
    }
    return seen;
  }

  private void arrive(Arm seen, int tick, int successes, Draws draws) {
    if (tick < seen.ticks()) {
      seen.requests[tick] += successes;
      seen.empties[tick] += draws.binomial(successes, Row.EMPTIES);
      draws.multinomial(successes, row.stableLatency(), seen.latencies, tick * Latencies.BINS);
    }
  }
}
