package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;

/**
 * Several objectives weighed into one answer, as Keptn's quality gates do. Immutable and
 * thread-safe.
 *
 * <p>An objective that passes scores its weight, one that warns a half of it, one that fails
 * nothing. One marked as key fails everything when it fails. Objectives of weight 0 only inform; a
 * card with nothing else passes, an empty card fails.
 *
 * @param passFrom the share of all weights that passes
 * @param warnFrom the share that passes with a warning
 * @param entries the objectives
 */
public record Scorecard(Ratio passFrom, Ratio warnFrom, List<Entry> entries) {
  /** How an objective or the card came out. */
  public enum Outcome {
    /** Good. */
    PASS,
    /** Just good enough. */
    WARN,
    /** Not good enough. */
    FAIL
  }

  /**
   * One objective.
   *
   * @param outcome how it came out; what could not be measured has failed
   * @param weight not negative
   * @param key whether it fails the card on its own
   */
  public record Entry(Outcome outcome, long weight, boolean key) {}

  /** Refuses, all at once, a card that cannot be read. */
  public Scorecard {
    entries = List.copyOf(entries);
    var problems = new Problems();
    problems.require(
        warnFrom.compareTo(passFrom) <= 0,
        "warning from " + warnFrom + ": not above pass from " + passFrom);
    entries.stream()
        .filter(entry -> entry.weight() < 0)
        .forEach(entry -> problems.add("weight " + entry.weight() + ": not negative"));
    problems.throwIfAny("scorecard");
  }

  /** An empty card. */
  public static Scorecard of(Ratio passFrom, Ratio warnFrom) {
    return new Scorecard(passFrom, warnFrom, List.of());
  }

  /** This card with one more objective. */
  public Scorecard with(Outcome outcome, long weight) {
    return with(new Entry(outcome, weight, false));
  }

  /** This card with one more objective. */
  public Scorecard with(Entry entry) {
    var more = new ArrayList<>(entries);
    more.add(entry);
    return new Scorecard(passFrom, warnFrom, more);
  }

  /** What was scored of all weights; everything if nothing weighs, nothing if nothing is there. */
  public Fraction score() {
    var weights = entries.stream().mapToLong(Entry::weight).sum();
    if (weights == 0) {
      return entries.isEmpty() ? Fraction.ZERO : Fraction.ONE;
    }
    var halves = 0L;
    for (var entry : entries) {
      halves +=
          switch (entry.outcome()) {
            case PASS -> 2 * entry.weight();
            case WARN -> entry.weight();
            case FAIL -> 0;
          };
    }
    return Fraction.of(halves, 2 * weights);
  }

  /** The answer. */
  public Outcome outcome() {
    if (entries.stream().anyMatch(e -> e.key() && e.outcome() == Outcome.FAIL)) {
      return Outcome.FAIL;
    }
    if (!score().isBelow(Fraction.of(passFrom)) && !entries.isEmpty()) {
      return Outcome.PASS;
    }
    return !score().isBelow(Fraction.of(warnFrom)) && !entries.isEmpty()
        ? Outcome.WARN
        : Outcome.FAIL;
  }

  /** For example {@code PASS with 95% of 20}. */
  @Override
  public String toString() {
    return outcome() + " with " + score().percent();
  }
}
