package io.bellwether.spring;

import io.bellwether.alerting.AlertRouter;
import io.bellwether.micrometer.AlertMeters;
import io.bellwether.micrometer.RolloutMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Publishes meters of rollouts and alerts, where there is a registry. */
@AutoConfiguration(
    before = BellwetherAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnProperty(name = "bellwether.enabled", matchIfMissing = true)
public class BellwetherMetersAutoConfiguration {
  /** For Spring. */
  public BellwetherMetersAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  RolloutMeters rolloutMeters(MeterRegistry registry) {
    return RolloutMeters.of(registry);
  }

  @Bean
  @ConditionalOnMissingBean
  AlertMeters alertMeters(MeterRegistry registry) {
    return AlertMeters.of(registry);
  }

  @Bean
  SmartInitializingSingleton bellwetherQueueMeters(
      ObjectProvider<AlertRouter> router, AlertMeters meters) {
    return () -> router.ifAvailable(meters::queues);
  }
}
