package io.bellwether.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.Evidence;
import io.bellwether.gate.Gates;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.RateLimits;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Thresholds;
import io.bellwether.release.Version;
import io.bellwether.testing.MutableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {
  private static final Version V7 = Version.version("v7");

  @Test
  void a_burst_goes_through_and_the_rest_is_turned_away() {
    var limiter = RequestLimiter.of(new RateLimits(1, 3)); // the next burst is three minutes away
    for (var i = 0; i < 3; i++) {
      assertThat(limiter.tryAcquire()).isTrue();
    }
    assertThat(limiter.tryAcquire()).isFalse();
    assertThat(limiter.turnedAway()).isEqualTo(1);
    assertThat(limiter).hasToString("1 requests a minute, bursts of 3; 1 turned away");
  }

  @Test
  void a_gate_asks_whether_the_limit_is_being_hit() {
    var limits = new RateLimits(1, 98);
    var limiter = RequestLimiter.of(limits);
    var windows = OutcomeWindows.create(MutableClock.create());
    var window = windows.of("chat", V7);
    for (var i = 0; i < 98; i++) {
      assertThat(limiter.tryAcquire(window)).isTrue();
      window.record(Duration.ofMillis(100), Outcome.success(), 0);
    }
    for (var i = 0; i < 2; i++) {
      assertThat(limiter.tryAcquire(window)).isFalse();
    }
    var gate = Gates.rateLimits(Thresholds.create(t -> t.rateLimits(limits)));
    var reading =
        windows.read(new MetricQuery("chat", V7, Metric.RATE_LIMITED_RATE, Duration.ofMinutes(5)));
    assertThat(reading.value()).isEqualTo(0.02);
    var verdict = gate.evaluate(evidence(windows));
    assertThat(verdict.failed()).as(verdict.toString()).isTrue();
  }

  private static Evidence evidence(OutcomeWindows windows) {
    return new Evidence() {
      @Override
      public Reading candidate(Metric metric, Duration window) {
        return windows.read(new MetricQuery("chat", V7, metric, window));
      }

      @Override
      public Optional<Reading> stable(Metric metric, Duration window) {
        return Optional.empty();
      }
    };
  }
}
