package io.bellwether.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** The health of rollouts for Spring Boot 3.5. */
final class Boot3Health implements HealthIndicator {
  private final RolloutHealth rollouts;

  Boot3Health(RolloutHealth rollouts) {
    this.rollouts = rollouts;
  }

  @Override
  public Health health() {
    return (rollouts.isDown() ? Health.down() : Health.up())
        .withDetails(rollouts.details())
        .build();
  }
}
