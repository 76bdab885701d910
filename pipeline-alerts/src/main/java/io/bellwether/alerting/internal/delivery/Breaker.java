package io.bellwether.alerting.internal.delivery;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Leaves a receiver alone that fails most of the time, and one that said it is gone. */
final class Breaker {
  static final Duration OPEN = Duration.ofSeconds(30);
  static final Duration GONE = Duration.ofMinutes(5);

  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed() {
      super("failed", null, false, false);
    }
  }

  /** The library's time as resilience4j takes it. */
  private static final class Wall extends Clock {
    private final InstantSource source;

    Wall(InstantSource source) {
      this.source = source;
    }

    @Override
    public Instant instant() {
      return source.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final CircuitBreaker breaker;

  Breaker(String receiver, InstantSource clock) {
    breaker =
        CircuitBreaker.of(
            receiver,
            CircuitBreakerConfig.custom()
                .clock(new Wall(clock))
                .slidingWindowSize(10)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(60)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  boolean admits() {
    return breaker.tryAcquirePermission();
  }

  void learn(Delivery delivery) {
    switch (delivery.outcome()) {
      case DELIVERED -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      case RETRY -> breaker.onError(0, TimeUnit.NANOSECONDS, new Failed());
      case PERMANENT -> {
        // it answered; what it did not take was the message
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      }
      case DISABLED -> breaker.transitionToOpenStateFor(GONE);
    }
  }

  static Delivery refusal() {
    return Delivery.retry(
        Failure.CIRCUIT_OPEN, OPEN, "it failed so often that it is left alone for a while");
  }
}
