package io.bellwether.spring;

import io.bellwether.rollout.RolloutStore;
import io.bellwether.runtime.RolloutRuntime;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the endpoint {@code bellwether} and the health contributor, where there is Actuator. */
@AutoConfiguration(after = BellwetherAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnProperty(name = "bellwether.enabled", matchIfMissing = true)
public class BellwetherActuatorAutoConfiguration {
  /** For Spring. */
  public BellwetherActuatorAutoConfiguration() {}

  @Bean
  @ConditionalOnProperty(name = "bellwether.endpoint.actions.enabled", havingValue = "true")
  @ConditionalOnAvailableEndpoint(endpoint = BellwetherActionsEndpoint.class)
  BellwetherActionsEndpoint bellwetherActionsEndpoint(
      RolloutRuntime runtime,
      RolloutStore store,
      Releases releases,
      BellwetherProperties properties) {
    return new BellwetherActionsEndpoint(
        new RolloutView(runtime, store, releases.names()),
        runtime,
        properties.endpoint().actions().allowAnonymous());
  }

  @Bean
  @ConditionalOnMissingBean(BellwetherActionsEndpoint.class)
  @ConditionalOnAvailableEndpoint(endpoint = BellwetherEndpoint.class)
  BellwetherEndpoint bellwetherEndpoint(
      RolloutRuntime runtime, RolloutStore store, Releases releases) {
    return new BellwetherEndpoint(new RolloutView(runtime, store, releases.names()));
  }

  /** As 3.5 has it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  static class HealthOfBoot3 {
    @Bean
    @org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator(
        "bellwether")
    @ConditionalOnMissingBean(name = "bellwetherHealthIndicator")
    Boot3Health bellwetherHealthIndicator(LastStates states, Releases releases) {
      return new Boot3Health(new RolloutHealth(states, releases.names()));
    }
  }

  /** As 4.0 has it, which moved health to a module of its own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  static class HealthOfBoot4 {
    @Bean
    @org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator(
        "bellwether")
    @ConditionalOnMissingBean(name = "bellwetherHealthIndicator")
    Boot4Health bellwetherHealthIndicator(LastStates states, Releases releases) {
      return new Boot4Health(new RolloutHealth(states, releases.names()));
    }
  }
}
