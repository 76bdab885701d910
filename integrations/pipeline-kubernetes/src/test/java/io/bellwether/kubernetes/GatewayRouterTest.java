package io.bellwether.kubernetes;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.testing.TrafficRouterTck;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a mock: what it cannot show is told at {@link MockApiServer}. */
class GatewayRouterTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private static MockApiServer server;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    server = new MockApiServer();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void route() {
    server.disturb(0);
    create("chat");
  }

  private void create(String name) {
    var route =
        new HTTPRouteBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("shop")
            .addToLabels("team", "chat")
            .addToAnnotations("owner", "chat")
            .endMetadata()
            .withNewSpec()
            .addNewRule()
            .addNewMatch()
            .withNewPath("PathPrefix", "/health")
            .endMatch()
            .addNewBackendRef()
            .withName("probe")
            .withPort(80)
            .endBackendRef()
            .endRule()
            .addNewRule()
            .addNewBackendRef()
            .withName("chat-v1")
            .withPort(8080)
            .endBackendRef()
            .endRule()
            .endSpec()
            .build();
    client.resource(route).delete();
    client.resource(route).create();
  }

  @Test
  void it_keeps_the_contract_of_routers() {
    TrafficRouterTck.verify(
        (Release release) -> {
          create("chat");
          return router(release.name());
        },
        tck ->
            tck.rounds(10)
                .audiences(Audience.header("x-canary", "a b/ü"), Audience.header("x-b", "")));
  }

  @Test
  void both_services_stand_in_the_rule_with_their_weights_and_the_rest_is_left_alone() {
    router("chat").apply(weighted(0.1));
    var rules = rules();
    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).getBackendRefs().get(0).getName()).isEqualTo("probe");
    assertThat(rules.get(1).getBackendRefs())
        .extracting(ref -> ref.getName() + ":" + ref.getPort() + " " + ref.getWeight())
        .containsExactly("chat-v1:8080 99900", "chat-v2:8080 100");
    router("chat").apply(TrafficSplit.stable("chat", V2));
    assertThat(rules().get(1).getBackendRefs())
        .extracting(ref -> ref.getName() + ":" + ref.getPort() + " " + ref.getWeight())
        .containsExactly("chat-v2:8080 100000");
  }

  @Test
  void a_header_audience_is_a_rule_before_the_divided_one_and_goes_with_it() {
    var router = router("chat");
    router.apply(weighted(5).withAudiences(List.of(Audience.header("X-Canary", "yes"))));
    router.apply(weighted(10).withAudiences(List.of(Audience.header("X-Canary", "yes"))));
    assertThat(rules()).hasSize(3);
    var audience = rules().get(1);
    assertThat(audience.getMatches()).hasSize(1);
    assertThat(audience.getMatches().get(0).getHeaders())
        .extracting(header -> header.getName() + "=" + header.getValue())
        .containsExactly("x-canary=yes");
    assertThat(audience.getBackendRefs()).extracting(ref -> ref.getName()).containsOnly("chat-v2");
    router.apply(TrafficSplit.stable("chat", V1));
    assertThat(rules()).hasSize(2);
  }

  @Test
  void what_is_read_is_the_weight_the_route_has() {
    var router = router("chat");
    router.apply(weighted(10));
    edit(route -> route.getSpec().getRules().get(1).getBackendRefs().get(1).setWeight(30_000));
    assertThat(router.read("chat")).isEqualTo(weighted(25));
    router.apply(weighted(10));
    assertThat(router.read("chat")).isEqualTo(weighted(10));
  }

  @Test
  void a_change_is_a_server_side_apply_of_our_own_manager_with_the_version_that_was_read() {
    var version = found().getMetadata().getResourceVersion();
    router("chat").apply(weighted(10));
    assertThat(server.lastApply()).contains("fieldManager=bellwether").contains("force=true");
    assertThat(server.lastBody())
        .contains("\"resourceVersion\":\"" + version + "\"")
        .doesNotContain("labels", "parentRefs", "status");
    assertThat(found().getMetadata().getLabels()).containsEntry("team", "chat");
  }

  @Test
  void whoever_changed_the_route_meanwhile_is_not_written_over() {
    server.disturb(3);
    router("chat").apply(weighted(10));
    assertThat(found().getMetadata().getLabels()).containsEntry("at", "1");
    assertThat(router("chat").read("chat")).isEqualTo(weighted(10));
  }

  @Test
  void a_route_that_somebody_else_changes_all_the_time_is_given_up() {
    server.disturb(10);
    assertThatThrownBy(() -> router("chat").apply(weighted(10)))
        .isInstanceOf(KubernetesRoutingException.class)
        .hasMessageContaining("was changed by others at each of 10 attempts");
    assertThat(rules().get(1).getBackendRefs()).hasSize(1);
  }

  private void edit(Consumer<HTTPRoute> change) {
    client
        .resources(HTTPRoute.class)
        .inNamespace("shop")
        .withName("chat")
        .edit(
            route -> {
              change.accept(route);
              return route;
            });
  }

  @Test
  void another_process_reads_what_this_one_applied() {
    var split = weighted(33.333).withAudiences(List.of(Audience.header("x", "a,b c")));
    router("chat").apply(split);
    assertThat(router("chat").read("chat")).isEqualTo(split);
  }

  @Test
  void what_is_missing_is_told_with_the_next_step() {
    assertThatThrownBy(() -> router("chat").read("chat"))
        .hasMessageContaining("has no annotation bellwether.io/split-of-chat")
        .hasMessageContaining("apply a split");
    var nowhere = GatewayRouter.of(client, "shop").release("chat", "nix", v -> "chat-" + v);
    assertThatThrownBy(() -> nowhere.apply(weighted(10)))
        .isInstanceOf(KubernetesRoutingException.class)
        .hasMessageContaining("there is no HTTPRoute shop/nix; create it");
    var strange = GatewayRouter.of(client, "shop").release("chat", "chat", v -> "cat-" + v);
    assertThatThrownBy(() -> strange.apply(weighted(10)))
        .hasMessageContaining("no rule that sends to a version of 'chat'");
  }

  @Test
  void what_a_route_cannot_do_is_said_before_anything_is_changed() {
    var split =
        weighted(0.0001)
            .withMirror(Weight.percent(1))
            .withAudiences(List.of(Audience.users("ann"), Audience.cohort("beta")));
    assertThatThrownBy(() -> router("chat").apply(split))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "4 problems", "mirrored", "weight 0.0001%", "users [ann]: a route", "cohort beta");
    assertThat(rules().get(1).getBackendRefs()).hasSize(1);
    assertThatThrownBy(() -> router("chat").release("chat", "", v -> "x"))
        .hasMessageContainingAll("its name is blank", "is wired twice");
  }

  @Test
  void versions_without_a_service_of_their_own_are_refused() {
    var one = GatewayRouter.of(client, "shop").release("chat", "chat", v -> "chat-v1");
    assertThatThrownBy(() -> one.apply(weighted(10)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("v1 and v2 have one Service, 'chat-v1'");
    one.apply(TrafficSplit.stable("chat", V2));
    for (var name : List.of("7.1", "V7", "a b", "-", "x".repeat(64), "v7-", "\ud83c\udf89")) {
      var split = TrafficSplit.weighted("chat", V1, version(name), Weight.percent(10));
      assertThat(router("chat").problems(split))
          .as(name)
          .singleElement()
          .asString()
          .startsWith("Service 'chat-" + name + "' of " + name + ": expected 1 to 63 lower-case");
    }
    assertThat(rules().get(1).getBackendRefs()).hasSize(1);
  }

  @Test
  void a_version_is_healthy_while_its_deployment_is_available() {
    var health = DeploymentHealth.of(client, "shop", (release, v) -> release + "-" + v);
    assertThat(health.isHealthy("chat", V2)).isFalse();
    deployment(2, 9, "True");
    assertThat(health.isHealthy("chat", V2)).isTrue();
    deployment(1, 0, "True");
    assertThat(health.isHealthy("chat", V2)).as("a specification not yet seen").isFalse();
    deployment(1, 9, "False");
    assertThat(health.isHealthy("chat", V2)).as("too few replicas").isFalse();
    deployment(0, 9, "True");
    assertThat(health.isHealthy("chat", V2)).as("scaled to nothing").isFalse();
  }

  private void deployment(int available, long seen, String condition) {
    var deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("chat-v2")
            .withNamespace("shop")
            .withGeneration(1L)
            .endMetadata()
            .withNewStatus()
            .withAvailableReplicas(available)
            .withObservedGeneration(seen)
            .addNewCondition()
            .withType("Available")
            .withStatus(condition)
            .endCondition()
            .endStatus()
            .build();
    client.resource(deployment).delete();
    client.resource(deployment).create();
  }

  private GatewayRouter router(String release) {
    return GatewayRouter.of(client, "shop").release(release, "chat", v -> "chat-" + v);
  }

  private HTTPRoute found() {
    return client.resources(HTTPRoute.class).inNamespace("shop").withName("chat").get();
  }

  private List<HTTPRouteRule> rules() {
    return found().getSpec().getRules();
  }

  private static TrafficSplit weighted(double percent) {
    return TrafficSplit.weighted("chat", V1, V2, Weight.percent(percent));
  }
}
