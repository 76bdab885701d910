package io.bellwether.examples.quickstart.report;

import io.bellwether.metrics.Outcome;
import java.util.concurrent.atomic.LongAdder;

/** Counts how requests ended. Thread-safe. */
final class Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder empties = new LongAdder();

  void count(Outcome.Kind outcome) {
    requests.increment();
    switch (outcome) {
      case ERROR -> failures.increment();
      case EMPTY -> empties.increment();
      case SUCCESS, RATE_LIMITED -> {}
    }
  }

  Counts counts() {
    return new Counts(requests.sum(), failures.sum(), empties.sum());
  }

  /**
   * How many requests ended how.
   *
   * @param requests all of them
   * @param failures those that failed
   * @param empties those that were answered with nothing
   */
  record Counts(long requests, long failures, long empties) {}
}
