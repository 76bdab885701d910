package io.bellwether.rollout;

import io.bellwether.gate.Breaches;
import io.bellwether.gate.GateOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the current step's bake has come. Time counts only while it runs: not in holds, not while
 * nobody watched.
 *
 * @param done what had been baked when the clock last stopped
 * @param runningFrom when the clock last started, or will start after the warm-up; empty while it
 *     stands
 * @param checkDue when the gates are to be checked first after the last thing known of them, and
 *     then at every interval
 * @param judgedFrom the candidate is not judged on anything older
 * @param breaches what the gates remember
 * @param outcomes how the gates came out, one per gate; empty before the step's first check
 */
public record Bake(
    Duration done,
    Optional<Instant> runningFrom,
    Instant checkDue,
    Instant judgedFrom,
    Breaches breaches,
    List<GateOutcome> outcomes) {

  /** Copies the outcomes. */
  public Bake {
    outcomes = List.copyOf(outcomes);
  }

  static Bake none(Instant at) {
    return new Bake(Duration.ZERO, Optional.empty(), at, at, Breaches.NONE, List.of());
  }

  /** How long the step has baked at this time. */
  public Duration elapsed(Instant now) {
    if (runningFrom.isEmpty()) {
      return done;
    }
    var running = positive(Duration.between(runningFrom.get(), now));
    return done.isZero() ? running : done.plus(running);
  }

  /** When this much will have been baked, if the clock runs. */
  Optional<Instant> reaches(Duration wanted) {
    return runningFrom.isPresent()
        ? Optional.of(runningFrom.get().plus(done.isZero() ? wanted : wanted.minus(done)))
        : runningFrom;
  }

  Bake begunAt(Instant from, Instant checkDue, Instant judgedFrom) {
    return new Bake(Duration.ZERO, Optional.of(from), checkDue, judgedFrom, breaches, List.of());
  }

  Bake stoppedAt(Instant at) {
    return new Bake(elapsed(at), Optional.empty(), checkDue, judgedFrom, breaches, outcomes);
  }

  Bake resumedAt(Instant at, Instant judgedFrom) {
    var afresh = judgedFrom.equals(this.judgedFrom) ? breaches : Breaches.NONE;
    return new Bake(done, Optional.of(at), checkDue, judgedFrom, afresh, outcomes);
  }

  Bake delayedBy(Duration blind) {
    return new Bake(
        done, runningFrom.map(from -> from.plus(blind)), checkDue, judgedFrom, breaches, outcomes);
  }

  Bake checked(Instant nextCheck, Breaches breaches, List<GateOutcome> outcomes) {
    return new Bake(done, runningFrom, nextCheck, judgedFrom, breaches, outcomes);
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
