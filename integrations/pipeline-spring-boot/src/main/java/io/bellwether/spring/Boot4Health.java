package io.bellwether.spring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The health of rollouts for Spring Boot 4.0. */
final class Boot4Health implements HealthIndicator {
  private final RolloutHealth rollouts;

  Boot4Health(RolloutHealth rollouts) {
    this.rollouts = rollouts;
  }

  @Override
  public Health health() {
    return (rollouts.isDown() ? Health.down() : Health.up())
        .withDetails(rollouts.details())
        .build();
  }
}
