package io.bellwether.spring;

import static java.util.Objects.requireNonNull;

import io.bellwether.alert.Notifier;
import io.bellwether.alerting.AlertListener;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.FileAlertStore;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.config.Config;
import io.bellwether.config.ConfigLoader;
import io.bellwether.config.settings.DeliverySettings;
import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.Thresholds;
import io.bellwether.release.Release;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.FileRolloutStore;
import io.bellwether.runtime.InMemoryRolloutStore;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.time.Ticker;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Sets up a runtime with its ports from {@link BellwetherProperties}; each bean gives way to one of
 * the host's.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "bellwether.enabled", matchIfMissing = true)
@EnableConfigurationProperties(BellwetherProperties.class)
public class BellwetherAutoConfiguration {
  /** For Spring. */
  public BellwetherAutoConfiguration() {}

  @Bean
  @ConfigurationPropertiesBinding
  static RatioConverter bellwetherRatioConverter() {
    return new RatioConverter();
  }

  @Bean
  @ConfigurationPropertiesBinding
  static SecretConverter bellwetherSecretConverter() {
    return new SecretConverter();
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("bellwether.config.directory")
  Config bellwetherConfig(BellwetherProperties properties) {
    var files = properties.config();
    return ConfigLoader.from(requireNonNull(files.directory(), "the condition"))
        .environment(files.environment())
        .load();
  }

  @Bean
  @ConditionalOnMissingBean
  DeliverySettings deliverySettings(
      BellwetherProperties properties, ObjectProvider<Config> config) {
    var files = config.getIfAvailable();
    return files == null ? Settings.from(properties) : DeliverySettings.from(files);
  }

  @Bean
  @ConditionalOnMissingBean
  Thresholds bellwetherThresholds(DeliverySettings settings) {
    return settings.thresholds();
  }

  /** What every canary of the host asks, unless it has gates of its own. */
  @Bean
  @ConditionalOnMissingBean
  MetricGate bellwetherGate(Thresholds thresholds) {
    return Gates.canary(thresholds);
  }

  @Bean
  @ConditionalOnMissingBean
  RolloutStore rolloutStore(BellwetherProperties properties) {
    var store = properties.store();
    return store.directory() == null
        ? new InMemoryRolloutStore()
        : FileRolloutStore.open(store.directory(), store.runsKept());
  }

  @Bean
  @ConditionalOnMissingBean(Notifier.class)
  AlertRouter alertRouter(
      BellwetherProperties properties,
      ObjectProvider<Receiver> receivers,
      ObjectProvider<AlertListener> listener) {
    var builder = AlertRouter.builder();
    Receivers.addTo(builder, properties.alerts(), receivers.orderedStream());
    listener.ifUnique(builder::listener);
    var directory = properties.store().directory();
    if (directory != null) {
      builder.store(FileAlertStore.open(directory.resolve("alerts.log")));
    }
    return builder.build();
  }

  @Bean
  Releases bellwetherReleases(BellwetherProperties properties, ObjectProvider<Release> beans) {
    return Releases.of(properties, beans.orderedStream());
  }

  @Bean
  LastStates bellwetherLastStates() {
    return new LastStates();
  }

  @Bean
  @ConditionalOnMissingBean
  RolloutRuntime rolloutRuntime(
      Releases releases, TrafficRouter router, RuntimePorts ports, RolloutStore store) {
    return ports.runtime(releases, router, store);
  }

  @Bean
  RuntimePorts bellwetherRuntimePorts(ApplicationContext context) {
    return new RuntimePorts(context);
  }

  @Bean
  RuntimeLifecycle bellwetherLifecycle(ApplicationContext context, RolloutRuntime runtime) {
    return new RuntimeLifecycle(context, runtime);
  }

  /** Routing inside the process, where the host brings no router. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(TrafficRouter.class)
  static class RoutingHere {
    @Bean
    @ConditionalOnMissingBean
    OutcomeWindows outcomeWindows() {
      return OutcomeWindows.create(Ticker.system());
    }

    @Bean
    LocalRouters localRouters(OutcomeWindows windows, Releases releases) {
      var routers = LocalRouters.create(windows);
      releases.all().forEach(routers::router);
      return routers;
    }
  }

  /** The windows of routers that the host made. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(LocalRouters.class)
  static class RoutingOfTheHost {
    @Bean
    @ConditionalOnMissingBean
    OutcomeWindows outcomeWindows(LocalRouters routers) {
      return routers.windows();
    }
  }
}
