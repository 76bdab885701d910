package io.bellwether.examples.quickstart.model;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How the model answers one prompt.
 *
 * <p>Every answer, good or bad, takes a time drawn from {@code latency}. Errors are half HTTP 500,
 * half HTTP 503.
 *
 * @param latency how long an answer takes
 * @param errors the share of requests that end in an error
 * @param rateLimited the share that is turned away with HTTP 429
 * @param empties the share that is answered with HTTP 200 and no content
 */
public record Behaviour(LogNormal latency, Ratio errors, Ratio rateLimited, Ratio empties) {
  /** Refuses shares that add up to more than the whole. */
  public Behaviour {
    if (errors.value() + rateLimited.value() + empties.value() > 1) {
      throw new IllegalArgumentException(
          "model behaviour: errors "
              + errors
              + ", rate limited "
              + rateLimited
              + " and empties "
              + empties
              + " are more than 100% together");
    }
  }

  /** A good prompt on a good day: median 400 ms, 1 % errors, 0.2 % empty answers. */
  public static Behaviour healthy() {
    return new Behaviour(
        new LogNormal(Duration.ofMillis(400), 0.5),
        Ratio.percent(1),
        Ratio.percent(0.1),
        Ratio.percent(0.2));
  }

  /** The same with other answer times. */
  public Behaviour withLatency(LogNormal latency) {
    return new Behaviour(latency, errors, rateLimited, empties);
  }

  /** The same with another share of errors. */
  public Behaviour withErrors(Ratio errors) {
    return new Behaviour(latency, errors, rateLimited, empties);
  }

  /** The same with another share of empty answers. */
  public Behaviour withEmpties(Ratio empties) {
    return new Behaviour(latency, errors, rateLimited, empties);
  }

  /** The same on a faster clock: only the latencies change. */
  public Behaviour faster(double speed) {
    return withLatency(latency.faster(speed));
  }

  /** Decides what becomes of the next request. */
  Fate draw(RandomGenerator random) {
    return new Fate(kind(random.nextDouble(), random.nextBoolean()), latency.draw(random));
  }

  private Fate.Kind kind(double lot, boolean heads) {
    if (lot < errors.value()) {
      return heads ? Fate.Kind.BROKEN : Fate.Kind.OVERLOADED;
    }
    if (lot < errors.value() + rateLimited.value()) {
      return Fate.Kind.RATE_LIMITED;
    }
    return lot < errors.value() + rateLimited.value() + empties.value()
        ? Fate.Kind.EMPTY
        : Fate.Kind.ANSWER;
  }

  /** For example {@code median 400 ms (p95 910 ms), 1% errors, 0.2% empty answers}. */
  @Override
  public String toString() {
    return "median "
        + latency.median().toMillis()
        + " ms (p95 "
        + latency.quantile(1.645).toMillis()
        + " ms), "
        + errors
        + " errors, "
        + empties
        + " empty answers";
  }
}
