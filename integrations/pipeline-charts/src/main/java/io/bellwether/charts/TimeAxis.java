package io.bellwether.charts;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The level axis of a chart: time since a rollout's beginning.
 *
 * @param from its beginning
 * @param to its end; after the beginning
 */
record TimeAxis(Instant from, Instant to) {
  private static final int MOST_TICKS = 6;
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400
  };

  /** An axis of at least a second. */
  static TimeAxis of(Instant from, Instant to) {
    var least = from.plusSeconds(1);
    return new TimeAxis(from, to.isBefore(least) ? least : to);
  }

  /** How far along a moment is, from 0 to 1. */
  double share(Instant at) {
    var whole = seconds(to);
    return Math.max(0, Math.min(1, seconds(at) / whole));
  }

  private double seconds(Instant at) {
    var since = Duration.between(from, at);
    return since.getSeconds() + since.getNano() / 1e9;
  }

  List<Instant> ticks() {
    var whole = Duration.between(from, to).toSeconds();
    var step = STEPS[STEPS.length - 1];
    for (var i = STEPS.length - 1; i >= 0 && whole / STEPS[i] <= MOST_TICKS; i--) {
      step = STEPS[i];
    }
    while (whole / step > MOST_TICKS) {
      step *= 2;
    }
    var ticks = new ArrayList<Instant>();
    for (var second = 0L; second <= whole; second += step) {
      ticks.add(from.plusSeconds(second));
    }
    return ticks;
  }

  /** How long after the beginning. */
  String words(Instant at) {
    var since = Duration.between(from, at);
    return since.isZero() ? "0" : Durations.plain(since);
  }
}
