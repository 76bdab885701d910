package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a band from flapping while a rolling window moves back and forth over an edge: worse is
 * believed at once, better only with a margin and after a while. Immutable and thread-safe.
 *
 * @param margin how far above the edge a better band begins to be believed
 * @param leastHold how long a band is kept at least before a better one
 */
public record Hysteresis(Ratio margin, Duration leastHold) {
  /** Believes everything at once. The default. */
  public static final Hysteresis NONE = new Hysteresis(Ratio.ZERO, Duration.ZERO);

  /**
   * A band and since when it holds.
   *
   * @param status the band
   * @param since when it began
   */
  public record Held(BudgetStatus status, Instant since) {}

  /** Refuses a hold that cannot be. */
  public Hysteresis {
    var problems = new Problems();
    problems.require(!leastHold.isNegative(), "least hold " + leastHold + ": not negative");
    problems.throwIfAny("hysteresis");
  }

  /** The band that holds now. */
  public Held next(Optional<Held> before, Fraction remaining, BudgetBands bands, Instant now) {
    var plain = bands.statusOf(remaining);
    if (before.isEmpty()) {
      return new Held(plain, now);
    }
    var held = before.get();
    if (plain.compareTo(held.status()) > 0) {
      return new Held(plain, now);
    }
    var careful = bands.statusOf(remaining.minus(Fraction.of(margin)));
    var early = Duration.between(held.since(), now).compareTo(leastHold) < 0;
    return early || careful.compareTo(held.status()) >= 0 ? held : new Held(careful, now);
  }
}
