package io.bellwether.config.settings;

import io.bellwether.Problems;
import io.bellwether.config.Default;
import io.bellwether.metrics.RateLimits;
import java.util.Optional;

/**
 * The section {@code rate_limits}.
 *
 * @param requestsPerMinute in the long run, at least 1; nothing is limited without it
 * @param burstSize at once after a quiet time, at least 1; 10 unless said otherwise
 */
public record RateLimitSettings(Optional<Integer> requestsPerMinute, @Default("10") int burstSize) {
  /** Refuses, all at once, limits under which nothing could be sent. */
  public RateLimitSettings {
    var problems = new Problems();
    requestsPerMinute
        .filter(value -> value < 1)
        .ifPresent(
            value -> problems.add("requests_per_minute is " + value + ", expected at least 1"));
    problems.require(burstSize >= 1, "burst_size is " + burstSize + ", expected at least 1");
    problems.throwIfAny("rate_limits");
  }

  /** The limits, if there are any. */
  public Optional<RateLimits> limits() {
    return requestsPerMinute.map(rate -> new RateLimits(rate, burstSize));
  }
}
