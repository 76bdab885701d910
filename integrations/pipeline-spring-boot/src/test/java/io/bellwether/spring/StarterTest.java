package io.bellwether.spring;

import static io.bellwether.Ratio.percent;
import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Notifier;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.config.Config;
import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.RateLimits;
import io.bellwether.metrics.Thresholds;
import io.bellwether.release.Release;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.FileRolloutStore;
import io.bellwether.runtime.InMemoryRolloutStore;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StarterTest {
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "prompt", c -> c.step(10, Duration.ofHours(1)).step(100, Duration.ofHours(1)).ungated());

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  BellwetherMetersAutoConfiguration.class,
                  BellwetherAutoConfiguration.class,
                  BellwetherActuatorAutoConfiguration.class));
  private final ApplicationContextRunner runner =
      bare.withPropertyValues("bellwether.releases.prompt.initial=v6");

  @Test
  void it_runs_on_the_line_of_boot_this_execution_is_for() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("boot.under.test"));
  }

  @Test
  void one_property_makes_a_runtime_that_routes_and_remembers_in_memory() {
    runner.run(
        context -> {
          assertThat(context).hasSingleBean(RolloutRuntime.class).hasSingleBean(AlertRouter.class);
          assertThat(context.getBean(RolloutStore.class)).isInstanceOf(InMemoryRolloutStore.class);
          var routers = context.getBean(LocalRouters.class);
          var runtime = context.getBean(RolloutRuntime.class);
          assertThat(runtime.router()).isSameAs(routers);
          assertThat(routers.windows()).isSameAs(context.getBean(OutcomeWindows.class));
          assertThat(runtime.stable("prompt")).isEqualTo(version("v6"));
          assertThat(routers.router("prompt").<String, RuntimeException>call("ann", v -> v.id()))
              .isEqualTo("v6");
          assertThat(context.getBean(MetricGate.class).toString())
              .isEqualTo(Gates.canary(Thresholds.defaults()).toString());
        });
  }

  @Test
  void nothing_is_set_up_where_it_is_not_wanted() {
    runner
        .withPropertyValues("bellwether.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(RolloutRuntime.class));
  }

  @Test
  void a_context_without_releases_starts() {
    bare.run(context -> assertThat(context).hasSingleBean(RolloutRuntime.class));
  }

  @Test
  void thresholds_come_from_the_properties() {
    runner
        .withPropertyValues(
            "bellwether.monitoring.error-threshold=1%",
            "bellwether.monitoring.error-critical=0.03",
            "bellwether.monitoring.latency-p95=1500ms",
            "bellwether.monitoring.min-samples=200",
            "bellwether.rate-limits.requests-per-minute=600",
            "bellwether.rate-limits.burst-size=20")
        .run(
            context -> {
              var thresholds = context.getBean(Thresholds.class);
              assertThat(thresholds.errorWarning()).isEqualTo(percent(1));
              assertThat(thresholds.errorCritical()).isEqualTo(percent(3));
              assertThat(thresholds.latencyP95()).isEqualTo(Duration.ofMillis(1500));
              assertThat(thresholds.minSamples()).isEqualTo(200);
              assertThat(thresholds.rateLimits()).contains(new RateLimits(600, 20));
            });
  }

  @Test
  void thresholds_come_from_the_configuration_files_where_there_are_any(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("base.yml"), "monitoring: {error_threshold: 0.02}\n");
    Files.writeString(folder.resolve("production.yml"), "monitoring: {error_critical: 0.04}\n");
    runner
        .withPropertyValues(
            "bellwether.config.directory=" + folder, "bellwether.config.environment=production")
        .run(
            context -> {
              assertThat(context).hasSingleBean(Config.class);
              assertThat(context.getBean(Thresholds.class).errorCritical()).isEqualTo(percent(4));
            });
  }

  @Test
  void limits_that_contradict_each_other_stop_the_start_and_say_why() {
    runner
        .withPropertyValues(
            "bellwether.monitoring.error-threshold=10%", "bellwether.monitoring.error-critical=5%")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("10%"));
    runner
        .withPropertyValues("bellwether.monitoring.error-critical=five")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("expected a percentage such as 5%"));
  }

  @Test
  void a_release_without_first_version_stops_the_start_and_names_the_property() {
    bare.withPropertyValues("bellwether.releases.prompt.initial=")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("bellwether.releases.prompt.initial"));
  }

  @Test
  void every_bean_gives_way_to_the_hosts() {
    var routers = LocalRouters.of(Release.named("model").initial("small"));
    var store = new InMemoryRolloutStore();
    runner
        .withBean(LocalRouters.class, () -> routers)
        .withBean(RolloutStore.class, () -> store)
        .withBean(Notifier.class, Notifier::none)
        .withBean(Release.class, () -> Release.named("model").initial("small"))
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(AlertRouter.class);
              assertThat(context.getBean(TrafficRouter.class)).isSameAs(routers);
              assertThat(context.getBean(OutcomeWindows.class)).isSameAs(routers.windows());
              assertThat(context.getBean(RolloutStore.class)).isSameAs(store);
              assertThat(context.getBean(RolloutRuntime.class).stable("model"))
                  .isEqualTo(version("small"));
            });
  }

  @Test
  void alerts_go_to_the_receivers_the_properties_name_and_no_secret_is_printed() {
    runner
        .withPropertyValues(
            "bellwether.alerts.receivers.incidents.type=slack",
            "bellwether.alerts.receivers.incidents.secret=https://hooks.slack.com/services/T/B/x9f",
            "bellwether.alerts.critical=incidents,team",
            "bellwether.alerts.warning=team")
        .withBean(LogReceiver.class, () -> LogReceiver.named("team"))
        .run(
            context -> {
              var router = context.getBean(AlertRouter.class);
              assertThat(router.waiting()).containsOnlyKeys("incidents", "team", "log");
              assertThat(context.getBean(BellwetherProperties.class).toString())
                  .doesNotContain("x9f");
            });
  }

  @Test
  void an_unknown_receiver_stops_the_start() {
    runner
        .withPropertyValues("bellwether.alerts.critical=nobody")
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining("nobody"));
  }

  @Test
  void a_rollout_rests_when_the_context_closes_and_goes_on_in_the_next(@TempDir Path folder) {
    var durable =
        runner
            .withPropertyValues("bellwether.store.directory=" + folder)
            .withBean(DeploymentStrategy.class, () -> CANARY);
    var ids = new String[1];
    durable.run(
        context -> {
          assertThat(context.getBean(RolloutStore.class)).isInstanceOf(FileRolloutStore.class);
          var rollout = context.getBean(RolloutRuntime.class).start(CANARY, version("v7"));
          Await.until(() -> rollout.state().phase() == Phase.BAKING);
          ids[0] = rollout.id();
        });
    durable.run(
        context -> {
          var runtime = context.getBean(RolloutRuntime.class);
          var rollout = runtime.current("prompt").orElseThrow();
          assertThat(rollout.id()).isEqualTo(ids[0]);
          Await.until(() -> rollout.state().phase() == Phase.BAKING);
          var router = context.getBean(LocalRouters.class); // forgets, and is told again
          Await.until(() -> router.read("prompt").weight().percent() == 10);
        });
  }

  @Test
  void a_context_that_is_stopped_and_started_again_goes_on() {
    runner.run(
        context -> {
          var runtime = context.getBean(RolloutRuntime.class);
          var rollout = runtime.start(CANARY, version("v7"));
          context.getSourceApplicationContext().stop();
          context.getSourceApplicationContext().start();
          Await.until(() -> rollout.state().phase() == Phase.BAKING);
          rollout.abort("ann", "done");
        });
  }

  @Test
  void no_thread_is_left_when_the_context_is_started_and_closed_again_and_again(
      @TempDir Path folder) {
    for (var i = 0; i < 5; i++) {
      runner
          .withPropertyValues("bellwether.store.directory=" + folder)
          .run(
              context -> {
                var rollout =
                    context
                        .getBean(RolloutRuntime.class)
                        .current("prompt")
                        .orElseGet(
                            () ->
                                context.getBean(RolloutRuntime.class).start(CANARY, version("v7")));
                Await.until(() -> rollout.isQueued() || rollout.state() != null);
              });
    }
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().contains("bellwether")));
  }
}
