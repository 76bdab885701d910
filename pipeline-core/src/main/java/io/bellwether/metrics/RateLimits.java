package io.bellwether.metrics;

import io.bellwether.Problems;

/**
 * How many requests may be sent to a provider. Immutable and thread-safe.
 *
 * @param requestsPerMinute in the long run; at least 1
 * @param burst at once, after a quiet time; at least 1
 */
public record RateLimits(int requestsPerMinute, int burst) {
  /** Refuses limits under which nothing could be sent. */
  public RateLimits {
    new Problems()
        .require(
            requestsPerMinute >= 1,
            "requestsPerMinute is " + requestsPerMinute + ", expected at least 1")
        .require(burst >= 1, "burst is " + burst + ", expected at least 1")
        .throwIfAny("rate limits");
  }

  /** For example {@code 60 requests a minute, bursts of 10}. */
  @Override
  public String toString() {
    return requestsPerMinute + " requests a minute, bursts of " + burst;
  }
}
