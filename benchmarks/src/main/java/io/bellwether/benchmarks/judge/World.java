package io.bellwether.benchmarks.judge;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/**
 * One run of a row, drawn tick by tick at the weights it is given. As long as they are the same,
 * two worlds of one run draw the same. Not thread-safe.
 */
final class World {
  private static final int SHARED = 0;
  private static final int CANDIDATE = 1;
  private static final int STABLE = 2;
  private static final int CLONE = 3;
  private static final int PAST = 4;
  private static final int BY_END = 10;
  private static final int LATER = 20;
  private static final double HIGHEST_RATE = 0.95;
  private static final double FAST_FAILURE_MILLIS = 50;
  private static final double HISTORY_MINUTES = 10;

  private final Row row;
  private final IntFunction<Draws> draws;
  private final Drift shared;
  private final Drawn candidate;
  private final Drawn stable;
  private final Drawn clone;
  private final Arm history;
  private long[] exposed;
  private int tick;

  World(Row row, IntFunction<Draws> draws) {
    this.row = row;
    this.draws = draws;
    var usual = new Behaviour(row.stableErrors(), t -> Row.EMPTIES, t -> row.stableLatency());
    var given =
        new Behaviour(row.candidateErrors(), row.candidateEmpties(), row.candidateLatency());
    shared = drift(row.sharedDrift(), row.ticks(), draws.apply(SHARED), SHARED);
    candidate = new Drawn(given, CANDIDATE);
    stable = new Drawn(usual, STABLE);
    clone = new Drawn(usual, CLONE);
    history = past(usual);
    exposed = new long[row.ticks() + 1];
  }

  /** How an arm behaves. */
  private record Behaviour(
      DoubleUnaryOperator errors, DoubleUnaryOperator empties, DoubleFunction<double[]> latency) {}

  /** Draws one tick more. */
  void next(double share) {
    if (tick == candidate.arm.ticks()) {
      grow(2 * tick);
    }
    var factor = shared.at(tick);
    candidate.next(share, factor);
    stable.next(1 - share, factor);
    clone.next(share, factor);
    exposed[tick + 1] = exposed[tick] + candidate.arm.requests[tick];
    hide();
    candidate.seeByEnd();
    stable.seeByEnd();
    clone.seeByEnd();
    tick++;
  }

  /** How many requests the candidate has been given. */
  long exposed() {
    return exposed[tick];
  }

  /** All that was drawn; it changes as more is. */
  Run run() {
    return new Run(
        row,
        candidate.arm,
        stable.arm,
        candidate.seen,
        stable.seen,
        clone.seen,
        history,
        exposed,
        () -> new World(row, draws));
  }

  private void grow(int ticks) {
    candidate.grow(ticks);
    stable.grow(ticks);
    clone.grow(ticks);
    exposed = Arrays.copyOf(exposed, ticks + 1);
  }

  private void hide() {
    if (tick < row.ticks(row.warmUp())) {
      candidate.arm.clear(tick);
      stable.arm.clear(tick);
      clone.arm.clear(tick);
    }
    if (row.telemetryEnds() < Double.POSITIVE_INFINITY && tick >= row.ticks(row.telemetryEnds())) {
      candidate.arm.clear(tick);
    }
  }

  private Arm past(Behaviour usual) {
    var own = draws.apply(PAST);
    var minutes = HISTORY_MINUTES * row.stretch();
    var ticks = row.ticks(minutes);
    var drift = drift(row.sharedDrift(), ticks, own, PAST);
    var apart = drift(row.armDrift(), ticks, own, PAST);
    var arm = new Arm(ticks);
    for (var i = 0; i < ticks; i++) {
      var t = i * row.minutesPerTick() - minutes;
      draw(arm, i, t, 1, usual, drift.at(i) * apart.at(i), own);
    }
    return arm;
  }

  private Drift drift(double deviation, int ticks, Draws from, int part) {
    return new Drift(deviation, row.minutesPerTick(), ticks, from, draws.apply(part + LATER));
  }

  private void draw(
      Arm arm, int at, double t, double share, Behaviour behaviour, double factor, Draws from) {
    var n = from.poisson(row.perMinute().applyAsDouble(t) * row.minutesPerTick() * share);
    var rate = Math.min(HIGHEST_RATE, behaviour.errors.applyAsDouble(t) * factor);
    arm.requests[at] = n;
    arm.errors[at] = row.burst() > 0 ? burst(n, rate, from) : from.binomial(n, rate);
    arm.empties[at] = from.binomial(n, behaviour.empties.applyAsDouble(t));
    latencies(arm, at, behaviour.latency.apply(t), from);
  }

  private void latencies(Arm arm, int at, double[] chances, Draws from) {
    var offset = at * Latencies.BINS;
    if (row.successDelay() == 0) {
      from.multinomial(arm.requests[at], chances, arm.latencies, offset);
    } else {
      var failures = arm.errors[at];
      arm.latencies[offset + Latencies.firstBinFrom(FAST_FAILURE_MILLIS)] += failures;
      from.multinomial(arm.requests[at] - failures, chances, arm.latencies, offset);
    }
  }

  private int burst(int n, double rate, Draws from) {
    var bursts = from.poisson(n * rate / row.burst());
    return Math.min(n, bursts + from.poisson(bursts * (row.burst() - 1)));
  }

  /** An arm by the time its requests start, and as it is seen by whoever counts when they end. */
  private final class Drawn {
    private final Behaviour behaviour;
    private final Draws from;
    private final Draws arrivals;
    private final Drift own;
    private Arm arm = new Arm(row.ticks());
    private Arm seen;

    Drawn(Behaviour behaviour, int part) {
      this.behaviour = behaviour;
      from = draws.apply(part);
      arrivals = draws.apply(part + BY_END);
      own = drift(row.armDrift(), row.ticks(), from, part);
      seen = row.successDelay() == 0 ? arm : new Arm(row.ticks());
    }

    void grow(int ticks) {
      var isOne = seen == arm;
      arm = arm.grown(ticks);
      seen = isOne ? arm : seen.grown(ticks);
    }

    void next(double share, double factor) {
      draw(arm, tick, tick * row.minutesPerTick(), share, behaviour, factor * own.at(tick), from);
    }

    void seeByEnd() {
      if (row.successDelay() == 0) {
        return;
      }
      var failures = arm.errors[tick];
      seen.requests[tick] += failures;
      seen.errors[tick] += failures;
      var fast = Latencies.firstBinFrom(FAST_FAILURE_MILLIS);
      seen.latencies[tick * Latencies.BINS + fast] += failures;
      var successes = arm.requests[tick] - failures;
      var whole = tick + row.successDelay() / row.tick();
      var later = row.successDelay() % row.tick() / (double) row.tick();
      var second = arrivals.binomial(successes, later);
      arrive(whole, successes - second);
      arrive(whole + 1, second);
    }

    private void arrive(int at, int successes) {
      if (at < seen.ticks()) {
        seen.requests[at] += successes;
        seen.empties[at] += arrivals.binomial(successes, Row.EMPTIES);
        arrivals.multinomial(successes, row.stableLatency(), seen.latencies, at * Latencies.BINS);
      }
    }
  }
}
