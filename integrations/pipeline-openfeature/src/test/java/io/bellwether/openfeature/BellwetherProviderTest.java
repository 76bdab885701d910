package io.bellwether.openfeature;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.ProviderNotReadyError;
import io.bellwether.release.Release;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BellwetherProviderTest {
  private static final String DOMAIN = "bellwether-test";
  private static final EvaluationContext ANN = new ImmutableContext("ann");

  private final LocalRouters routers =
      LocalRouters.create(
          r ->
              r.release(Release.named("prompt").initial("v6"))
                  .release(Release.named("model").initial("small"))
                  .cohort("beta", user -> user.startsWith("beta-")));
  private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();

  @AfterEach
  void shutDown() {
    api.shutdown();
  }

  @Test
  void it_runs_on_the_version_this_execution_is_for() {
    var jar = FeatureProvider.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).endsWith("sdk-" + System.getProperty("version.under.test") + ".jar");
  }

  @Test
  void without_a_rollout_everybody_gets_stable_and_the_reason_is_static() {
    var client = client(BellwetherProvider.of(routers));
    var details = client.getStringDetails("prompt", "none", ANN);
    assertThat(details.getValue()).isEqualTo("v6");
    assertThat(details.getVariant()).isEqualTo("stable");
    assertThat(details.getReason()).isEqualTo("STATIC");
    assertThat(details.getFlagMetadata().getString("version")).isEqualTo("v6");
  }

  @Test
  void a_split_gives_each_user_what_the_router_gives() {
    var client = client(BellwetherProvider.of(routers));
    split(40, List.of());
    var candidates = 0;
    for (var i = 0; i < 500; i++) {
      var user = "user-" + i;
      var details = client.getStringDetails("prompt", "none", new ImmutableContext(user));
      var routed = routers.router("prompt").route(user);
      assertThat(details.getValue()).isEqualTo(routed.id());
      assertThat(details.getReason()).isEqualTo("SPLIT");
      assertThat(details.getVariant()).isEqualTo(routed.id().equals("v7") ? "candidate" : "stable");
      assertThat(details.getFlagMetadata().getDouble("position")).isBetween(0.0, 100.0);
      assertThat(client.getBooleanValue("prompt", false, new ImmutableContext(user)))
          .isEqualTo(routed.id().equals("v7"));
      candidates += routed.id().equals("v7") ? 1 : 0;
    }
    assertThat(candidates).isBetween(150, 250);
  }

  @Test
  void an_audience_is_a_targeting_match_by_user_cohort_and_attribute() {
    var client = client(BellwetherProvider.of(routers));
    split(
        0,
        List.of(Audience.users("ann"), Audience.cohort("beta"), Audience.header("x-plan", "gold")));
    var byPlan = new ImmutableContext("bob", Map.of("X-Plan", new Value("gold")));
    for (var context : List.of(ANN, new ImmutableContext("beta-1"), byPlan)) {
      var details = client.getStringDetails("prompt", "none", context);
      assertThat(details.getValue()).isEqualTo("v7");
      assertThat(details.getReason()).isEqualTo("TARGETING_MATCH");
    }
    assertThat(client.getStringValue("prompt", "none", new ImmutableContext("bob")))
        .isEqualTo("v6");
  }

  @Test
  void without_targeting_key_stable_is_the_default_or_an_error_where_that_was_asked_for() {
    split(100, List.of());
    var client = client(BellwetherProvider.of(routers));
    var details = client.getStringDetails("prompt", "none");
    assertThat(details.getValue()).isEqualTo("v6");
    assertThat(details.getReason()).isEqualTo("DEFAULT");
    assertThat(details.getFlagMetadata().getDouble("position")).isNull();

    var strict = client(BellwetherProvider.create(routers, p -> p.requireTargetingKey()));
    assertError(strict.getStringDetails("prompt", "none"), ErrorCode.TARGETING_KEY_MISSING);
    assertThat(strict.getStringDetails("model", "none").getReason()).isEqualTo("STATIC");
  }

  @Test
  void an_unknown_release_is_no_flag() {
    var client = client(BellwetherProvider.of(routers));
    assertError(client.getStringDetails("promt", "none", ANN), ErrorCode.FLAG_NOT_FOUND);
    assertError(client.getStringDetails("", "none", ANN), ErrorCode.FLAG_NOT_FOUND);
  }

  @Test
  void a_version_is_no_number() {
    var client = client(BellwetherProvider.of(routers));
    var asked = client.getIntegerDetails("prompt", 7, ANN);
    assertThat(asked.getValue()).isEqualTo(7);
    assertThat(asked.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(asked.getErrorMessage()).contains("values(");
    assertThat(client.getDoubleDetails("prompt", 7.5, ANN).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
  }

  @Test
  void an_object_tells_the_release_the_version_and_whether_it_is_the_candidate() {
    var value = client(BellwetherProvider.of(routers)).getObjectValue("prompt", new Value(), ANN);
    assertThat(value.asStructure().asObjectMap())
        .isEqualTo(Map.of("release", "prompt", "version", "v6", "candidate", false));
  }

  @Test
  void a_flags_own_values_have_one_type() {
    var temperatures = Map.of(version("small"), new Value(2.0), version("large"), new Value(0.5));
    var client =
        client(BellwetherProvider.create(routers, p -> p.values("model", temperatures::get)));
    assertThat(client.getDoubleValue("model", 9.0, ANN)).isEqualTo(2.0);
    assertThat(client.getIntegerValue("model", 9, ANN)).isEqualTo(2);
    assertThat(client.getObjectValue("model", new Value(), ANN).asDouble()).isEqualTo(2.0);
    assertThat(client.getStringDetails("model", "none", ANN).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(client.getBooleanDetails("model", true, ANN).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
  }

  @Test
  void half_a_number_is_no_integer() {
    var client =
        client(BellwetherProvider.create(routers, p -> p.values("model", v -> new Value(0.5))));
    assertThat(client.getIntegerDetails("model", 9, ANN).getErrorCode())
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
  }

  @Test
  void it_answers_only_between_initialisation_and_shut_down() {
    var provider = BellwetherProvider.of(routers);
    assertThatThrownBy(() -> provider.getStringEvaluation("prompt", "none", ANN))
        .isInstanceOf(ProviderNotReadyError.class);
    var client = client(provider);
    assertThat(client.getStringValue("prompt", "none", ANN)).isEqualTo("v6");
    provider.shutdown();
    assertThatThrownBy(() -> provider.getStringEvaluation("prompt", "none", ANN))
        .isInstanceOf(ProviderNotReadyError.class);
  }

  @Test
  void a_changed_split_is_told_once() throws InterruptedException {
    var provider = BellwetherProvider.of(routers);
    var client = client(provider);
    var heard = new LinkedBlockingQueue<EventDetails>();
    client.onProviderConfigurationChanged(heard::add);
    var router = provider.announcing(routers);
    var split = splitAt(10, List.of());
    router.apply(split);
    router.apply(split);
    router.apply(splitAt(25, List.of()));
    for (var i = 0; i < 2; i++) {
      var event = heard.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      assertThat(event.getFlagsChanged()).containsExactly("prompt");
    }
    assertThat(heard).isEmpty();
    assertThat(router.read("prompt")).isEqualTo(routers.read("prompt"));
  }

  @Test
  void hooks_run_around_an_evaluation() {
    var client = client(BellwetherProvider.of(routers));
    var seen = new ArrayList<String>();
    client.addHooks(new Noting(seen));
    client.getStringValue("prompt", "none", ANN);
    client.getStringValue("nothing", "none", ANN);
    assertThat(seen)
        .containsExactly("bellwether", "prompt v6 STATIC", "bellwether", "nothing failed");
  }

  @Test
  void tracked_outcomes_count_for_the_version_the_user_gets() {
    var client = client(BellwetherProvider.of(routers));
    split(100, List.of());
    client.track("prompt", ANN, new MutableTrackingEventDetails(120));
    client.track("prompt", ANN, new MutableTrackingEventDetails(80).add("outcome", "quota"));
    client.track("prompt", ANN, new MutableTrackingEventDetails(80).add("outcome", "rate_limited"));
    client.track("prompt", ANN, new MutableTrackingEventDetails(9).add("outcome", "timeout"));
    client.track(
        "prompt",
        ANN,
        new MutableTrackingEventDetails(90).add("outcome", "empty").add("tokens", 512));
    client.track("prompt", ANN, new MutableTrackingEventDetails(70).add("version", "v6"));
    var candidate = routers.windows().of("prompt", version("v7")).snapshot();
    assertThat(candidate.requests()).isEqualTo(5);
    assertThat(candidate.errors()).isEqualTo(2);
    assertThat(candidate.empties()).isEqualTo(1);
    assertThat(candidate.rateLimited()).isEqualTo(1);
    assertThat(candidate.tokens()).isEqualTo(512);
    assertThat(routers.windows().of("prompt", version("v6")).snapshot().requests()).isEqualTo(1);
  }

  @Test
  void what_is_not_an_outcome_does_not_count_and_does_not_hurt() {
    var client = client(BellwetherProvider.of(routers));
    client.track("prompt", ANN);
    client.track("prompt", ANN, new MutableTrackingEventDetails().add("outcome", "empty"));
    client.track("prompt", ANN, new MutableTrackingEventDetails(-1));
    client.track("prompt", ANN, new MutableTrackingEventDetails(Double.NaN));
    client.track("prompt", ANN, new MutableTrackingEventDetails(1).add("outcome", " "));
    client.track("checkout", ANN, new MutableTrackingEventDetails(99.5));
    assertThat(routers.windows().of("prompt", version("v6")).snapshot().requests()).isZero();
    assertThat(routers.windows().find("checkout", version("v6"))).isEmpty();
  }

  private Client client(BellwetherProvider provider) {
    api.setProviderAndWait(DOMAIN, provider);
    return api.getClient(DOMAIN);
  }

  private void split(double percent, List<Audience> audiences) {
    routers.apply(splitAt(percent, audiences));
  }

  private static TrafficSplit splitAt(double percent, List<Audience> audiences) {
    return TrafficSplit.weighted("prompt", version("v6"), version("v7"), Weight.percent(percent))
        .withAudiences(audiences);
  }

  private static void assertError(FlagEvaluationDetails<String> details, ErrorCode code) {
    assertThat(details.getValue()).isEqualTo("none");
    assertThat(details.getErrorCode()).isEqualTo(code);
    assertThat(details.getReason()).isEqualTo("ERROR");
    assertThat(details.getErrorMessage()).isNotBlank();
  }

  private record Noting(List<String> seen) implements Hook<String> {
    @Override
    public Optional<EvaluationContext> before(
        HookContext<String> context, Map<String, Object> hints) {
      seen.add(context.getProviderMetadata().getName());
      return Optional.empty();
    }

    @Override
    public void after(
        HookContext<String> context,
        FlagEvaluationDetails<String> details,
        Map<String, Object> hints) {
      seen.add(context.getFlagKey() + " " + details.getValue() + " " + details.getReason());
    }

    @Override
    public void error(HookContext<String> context, Exception error, Map<String, Object> hints) {
      seen.add(context.getFlagKey() + " failed");
    }
  }
}
