package io.bellwether.spring;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.rollout.Phase;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class ActuatorTest {
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "prompt", c -> c.step(10, Duration.ofHours(1)).step(100, Duration.ofHours(1)).ungated());
  private static final String EXPOSED = "management.endpoints.web.exposure.include=bellwether";
  private static final String ACTIONS = "bellwether.endpoint.actions.enabled=true";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  BellwetherMetersAutoConfiguration.class,
                  BellwetherAutoConfiguration.class,
                  BellwetherActuatorAutoConfiguration.class))
          .withPropertyValues("bellwether.releases.prompt.initial=v6");

  private record Named(String name) implements SecurityContext {
    @Override
    public Principal getPrincipal() {
      return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }
  }

  private static Rollout baking(ApplicationContext context) {
    var rollout = context.getBean(RolloutRuntime.class).start(CANARY, version("v7"));
    Await.until(() -> rollout.state().phase() == Phase.BAKING);
    return rollout;
  }

  @Test
  void the_endpoint_is_not_exposed_unless_the_host_says_so() {
    runner.run(context -> assertThat(context).doesNotHaveBean(BellwetherEndpoint.class));
    runner
        .withPropertyValues(ACTIONS)
        .run(context -> assertThat(context).doesNotHaveBean(BellwetherEndpoint.class));
  }

  @Test
  void exposed_it_can_be_read_and_changes_nothing() {
    runner
        .withPropertyValues(EXPOSED)
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(BellwetherEndpoint.class)
                  .doesNotHaveBean(BellwetherActionsEndpoint.class);
              var endpoint = context.getBean(BellwetherEndpoint.class);
              assertThat(endpoint.releases())
                  .isEqualTo(
                      Map.of(
                          "releases",
                          Map.of("prompt", Map.of("release", "prompt", "stable", "v6"))));
              baking(context);
              var body = endpoint.release("prompt").getBody();
              assertThat(body).containsKeys("rollout", "journal", "runs");
              assertThat(body.get("rollout"))
                  .asString()
                  .contains("candidate=v7", "phase=BAKING", "weight=10.0");
              assertThat(endpoint.release("promt").getStatus()).isEqualTo(404);
            });
  }

  @Test
  void actions_are_taken_by_somebody_with_a_name_once_they_are_enabled() {
    runner
        .withPropertyValues(EXPOSED, ACTIONS)
        .run(
            context -> {
              var endpoint = context.getBean(BellwetherActionsEndpoint.class);
              var ann = new Named("ann");
              assertThat(endpoint.act(ann, "prompt", "pause", "").getStatus()).isEqualTo(409);
              var rollout = baking(context);
              assertThat(endpoint.act(SecurityContext.NONE, "prompt", "abort", "").getStatus())
                  .isEqualTo(401);
              assertThat(endpoint.act(ann, "prompt", "explode", "").getStatus()).isEqualTo(400);
              assertThat(endpoint.act(ann, "promt", "abort", "").getStatus()).isEqualTo(404);
              assertThat(rollout.state().phase()).isEqualTo(Phase.BAKING);
              assertThat(endpoint.act(ann, "prompt", "pause", "lunch").getStatus()).isEqualTo(202);
              Await.until(() -> rollout.state().phase() == Phase.HELD);
              assertThat(rollout.state().explain()).contains("ann");
              assertThat(endpoint.act(ann, "prompt", "resume", "").getStatus()).isEqualTo(202);
              Await.until(() -> rollout.state().phase() == Phase.BAKING);
              assertThat(endpoint.act(ann, "prompt", "abort", "seen enough").getStatus())
                  .isEqualTo(202);
              Await.until(() -> rollout.state().phase() == Phase.ABORTING);
            });
  }

  @Test
  void a_host_that_guards_the_port_may_allow_requests_without_a_name() {
    runner
        .withPropertyValues(EXPOSED, ACTIONS, "bellwether.endpoint.actions.allow-anonymous=true")
        .run(
            context -> {
              var rollout = baking(context);
              var endpoint = context.getBean(BellwetherActionsEndpoint.class);
              assertThat(endpoint.act(SecurityContext.NONE, "prompt", "abort", "").getStatus())
                  .isEqualTo(202);
              Await.until(() -> rollout.state().phase() == Phase.ABORTING);
            });
  }

  @Test
  void rollouts_are_part_of_the_health_in_the_words_of_this_line_of_boot() {
    runner.run(
        context -> {
          baking(context);
          var indicator = context.getBean("bellwetherHealthIndicator");
          var health = indicator.getClass().getDeclaredMethod("health").invoke(indicator);
          assertThat(health.toString()).contains("UP").contains("prompt v7 is BAKING at 10%");
          var boot4 = System.getProperty("boot.under.test").startsWith("4");
          assertThat(indicator).isInstanceOf(boot4 ? Boot4Health.class : Boot3Health.class);
        });
  }

  @Test
  void the_health_contributor_can_be_turned_off() {
    runner
        .withPropertyValues("management.health.bellwether.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("bellwetherHealthIndicator"));
  }

  @Test
  void rollouts_are_metered_where_there_is_a_registry() {
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(
            context -> {
              baking(context);
              var registry = context.getBean(MeterRegistry.class);
              assertThat(
                      registry
                          .get("bellwether.rollout.weight")
                          .tag("release", "prompt")
                          .gauge()
                          .value())
                  .isEqualTo(10);
              assertThat(registry.get("bellwether.alert.queue").gauge().value()).isZero();
            });
  }
}
