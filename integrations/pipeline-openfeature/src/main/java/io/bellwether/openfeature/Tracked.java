package io.bellwether.openfeature;

import dev.openfeature.sdk.TrackingEventDetails;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracking events that tell outcomes. */
final class Tracked {
  private static final Logger log = LoggerFactory.getLogger(BellwetherProvider.class);
  private static final double LONGEST_MILLIS = Duration.ofDays(1000).toMillis();

  private final OutcomeWindows windows;
  private final AtomicBoolean complained = new AtomicBoolean();

  Tracked(OutcomeWindows windows) {
    this.windows = windows;
  }

  void record(String release, TrackingEventDetails details, Supplier<Version> routed) {
    try {
      var version = text(details, "version").map(Version::new).orElseGet(routed);
      var outcome = text(details, "outcome").map(Tracked::outcome).orElse(Outcome.success());
      windows.of(release, version).record(latency(details), outcome, tokens(details));
    } catch (IllegalArgumentException wrong) {
      if (complained.compareAndSet(false, true)) {
        log.warn("a tracked outcome of '{}' does not count: {}", release, wrong.getMessage());
      }
    }
  }

  private static Duration latency(TrackingEventDetails details) {
    var millis =
        details
            .getValue()
            .map(Number::doubleValue)
            .orElseThrow(() -> new IllegalArgumentException("give the latency in ms as its value"));
    if (!(millis >= 0 && millis <= LONGEST_MILLIS)) {
      throw new IllegalArgumentException("its value is " + millis + ", expected a latency in ms");
    }
    return Duration.ofNanos((long) (millis * 1e6));
  }

  private static long tokens(TrackingEventDetails details) {
    var tokens = details.getValue("tokens");
    return tokens != null && tokens.isNumber() ? Math.max(0, tokens.asDouble().longValue()) : 0;
  }

  private static Optional<String> text(TrackingEventDetails details, String name) {
    return Optional.ofNullable(details.getValue(name))
        .filter(value -> value.isString())
        .map(value -> value.asString());
  }

  private static Outcome outcome(String word) {
    return switch (word) {
      case "success" -> Outcome.success();
      case "empty" -> Outcome.empty();
      case "rate_limited" -> Outcome.rateLimited();
      case "timeout" -> Outcome.timeout();
      default -> Outcome.error(word);
    };
  }
}
