package io.bellwether.routing.local;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.allocation.Allocations;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.UserHash;
import io.bellwether.routing.Weight;
import io.bellwether.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRouterTest {
  static final Version V6 = version("v6");
  static final Version V7 = version("v7");
  static final Release PROMPT = Release.named("support-prompt").initial(V6);

  private final LocalRouter router =
      LocalRouter.of(PROMPT, r -> r.cohort("beta", Set.of("ann", "bob")::contains));

  static TrafficSplit weighted(double percent) {
    return TrafficSplit.weighted("support-prompt", V6, V7, Weight.percent(percent));
  }

  private static TrafficSplit targeted(Audience... audiences) {
    return weighted(0).withAudiences(List.of(audiences));
  }

  @Test
  void a_router_of_nothing_is_refused_by_name() {
    assertThatThrownBy(() -> LocalRouter.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("release is missing: expected what is routed");
  }

  @Test
  void everybody_gets_the_initial_version_until_a_split_is_applied() {
    assertThat(router.route("user-1")).isEqualTo(V6);
    assertThat(router.read("support-prompt")).isEqualTo(TrafficSplit.stable("support-prompt", V6));
    assertThat(router).hasToString("router of support-prompt: v6 100%");
  }

  @Test
  void a_split_is_read_back_as_it_was_applied() {
    var split =
        weighted(0.1)
            .withAudiences(
                List.of(
                    Audience.users("eve"), Audience.cohort("beta"), Audience.header("X-T", "1")));
    router.apply(split);
    assertThat(router.read("support-prompt")).isEqualTo(split);
    router.apply(TrafficSplit.stable("support-prompt", V7));
    assertThat(router.read("support-prompt")).isEqualTo(TrafficSplit.stable("support-prompt", V7));
  }

  @Test
  void no_weight_is_nobody_and_the_full_weight_everybody() {
    router.apply(weighted(0));
    assertThat(users(10_000)).allMatch(user -> router.route(user).equals(V6));
    router.apply(weighted(100));
    assertThat(users(10_000)).allMatch(user -> router.route(user).equals(V7));
  }

  @Test
  void a_share_of_users_as_large_as_the_weight_gets_the_candidate_and_always_the_same_users() {
    for (var percent : List.of(10, 25, 50, 90)) {
      router.apply(weighted(percent));
      var chosen = users(100_000).stream().filter(user -> router.route(user).equals(V7)).toList();
      assertThat(chosen.size() / 1000.0).isCloseTo(percent, within(0.5));
      var restarted = LocalRouter.of(PROMPT);
      restarted.apply(weighted(percent));
      assertThat(chosen).allMatch(user -> restarted.route(user).equals(V7));
    }
  }

  @Test
  void growing_the_weight_takes_nobodys_candidate_away() {
    var inside = Set.<String>of();
    for (var percent : List.of(0.1, 1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 99.9, 100.0)) {
      router.apply(weighted(percent));
      assertThat(inside).allMatch(user -> router.route(user).equals(V7));
      inside = Set.copyOf(users(10_000).stream().filter(u -> router.route(u).equals(V7)).toList());
    }
    assertThat(inside).hasSize(10_000);
  }

  @Test
  void the_choice_is_the_published_hash() {
    router.apply(weighted(10));
    var hash = UserHash.of("support-prompt");
    assertThat(users(1_000))
        .allMatch(user -> router.route(user).equals(V7) == hash.within(user, Weight.percent(10)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "\t\n",
        "\u2003",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\ufeff",
        " \u2060\u00a0"
      })
  void a_missing_or_blank_key_gets_stable_even_at_full_weight_and_with_a_header(String key) {
    router.apply(weighted(100).withAudiences(List.of(Audience.header("x-canary", "always"))));
    assertThat(router.route(key)).isEqualTo(V6);
    assertThat(router.route(key, RequestHeaders.of(Map.of("X-Canary", "always")))).isEqualTo(V6);
    router.apply(TrafficSplit.stable("support-prompt", V7));
    assertThat(router.route(key)).isEqualTo(V7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00e4nne",
        "\u200bann",
        "\u0000",
        "\u200e",
        "\u00a0ann",
        " ann",
        "\ud83d\ude00",
        "\u4e2d"
      })
  void a_key_with_anything_to_see_in_it_is_a_user(String key) {
    router.apply(weighted(100));
    assertThat(router.route(key)).isEqualTo(V7);
    assertThat(router.explain(key).rule()).isNotEqualTo(RoutingDecision.Rule.NO_KEY);
  }

  @Test
  void named_users_get_the_candidate_whatever_the_weight() {
    router.apply(targeted(Audience.users("eve", "dan"), Audience.users("fay")));
    assertThat(List.of("eve", "dan", "fay")).allMatch(user -> router.route(user).equals(V7));
    assertThat(router.route("Eve")).isEqualTo(V6);
  }

  @Test
  void members_of_a_cohort_get_the_candidate_whatever_the_weight() {
    router.apply(targeted(Audience.cohort("beta")));
    assertThat(router.route("ann")).isEqualTo(V7);
    assertThat(router.route("eve")).isEqualTo(V6);
  }

  @Test
  void requests_with_the_header_get_the_candidate_whatever_the_weight() {
    router.apply(targeted(Audience.header("X-Canary", "always")));
    assertThat(router.route("eve", RequestHeaders.of(Map.of("x-CANARY", "always")))).isEqualTo(V7);
    assertThat(router.route("eve", RequestHeaders.of(Map.of("x-canary", "ALWAYS")))).isEqualTo(V6);
    assertThat(router.route("eve", RequestHeaders.of(Map.of("x-other", "always")))).isEqualTo(V6);
    assertThat(router.route("eve")).isEqualTo(V6);
    var lookedUp = RequestHeaders.from(name -> name.equals("x-canary") ? "always" : null);
    assertThat(router.route("eve", lookedUp)).isEqualTo(V7);
    RequestHeaders repeated = (name, value) -> List.of("never", "always").contains(value);
    assertThat(router.route("eve", repeated)).isEqualTo(V7);
  }

  @Test
  void host_code_that_throws_makes_nobody_a_member_and_fails_no_request() {
    var broken =
        LocalRouter.of(
            PROMPT,
            r ->
                r.cohort(
                    "beta",
                    user -> {
                      throw new IllegalStateException("directory is down");
                    }));
    broken.apply(targeted(Audience.cohort("beta"), Audience.header("x-canary", "1")));
    var headers =
        RequestHeaders.from(
            name -> {
              throw new IllegalStateException("connection closed");
            });
    assertThat(broken.route("ann")).isEqualTo(V6);
    assertThat(broken.route("ann", headers)).isEqualTo(V6);
    assertThat(broken.faults()).isEqualTo(3);
  }

  @Test
  void a_split_that_cannot_work_is_refused_with_every_reason_and_changes_nothing() {
    router.apply(weighted(10));
    var wrong =
        new TrafficSplit(
            "other", V6, V7, Weight.FULL, Weight.percent(20), List.of(Audience.cohort("gamma")));
    assertThatThrownBy(() -> router.apply(wrong))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            traffic split of 'other' has 3 problems:
              - its release is 'other', but this router divides 'support-prompt'
              - it mirrors 20% of stable's requests, and this router may not make a call twice: \
            expected 0%, or a router built with mirrorOn(executor)
              - cohort 'gamma' is unknown to this router, which knows [beta]: register it with \
            cohort(name, predicate) when the router is built""");
    assertThat(router.read("support-prompt")).isEqualTo(weighted(10));
  }

  @Test
  void another_release_cannot_be_read() {
    assertThatThrownBy(() -> router.read("other"))
        .hasMessage("release 'other': this router divides 'support-prompt'");
  }

  @Test
  void a_cohort_is_registered_once_and_has_a_name() {
    var builder = LocalRouter.builder(PROMPT).cohort("beta", user -> true);
    assertThatThrownBy(() -> builder.cohort("beta", user -> false))
        .hasMessage("cohort 'beta' is already registered");
    assertThatThrownBy(() -> builder.cohort(" ", user -> false))
        .hasMessage("cohort: the name is blank, expected one such as \"beta\"");
  }

  @Test
  void windows_bring_their_own_ticker() {
    Ticker mine = () -> 0;
    var windows = OutcomeWindows.create(mine);
    var builder = LocalRouter.builder(PROMPT).windows(windows);
    assertThat(builder.ticker(mine).build().windows()).isSameAs(windows);
    assertThatThrownBy(() -> builder.ticker(Ticker.system()).build())
        .hasMessageContaining("router of 'support-prompt'")
        .hasMessageContaining("the ticker is another than the windows'");
  }

  @Test
  void headers_are_never_printed() {
    assertThat(RequestHeaders.of(Map.of("Authorization", "Bearer abc")))
        .hasToString("request headers: 1");
    assertThat(RequestHeaders.none()).hasToString("request headers: 0");
  }

  @Test
  void routing_allocates_nothing() {
    var users = users(1_000);
    var headers = RequestHeaders.of(Map.of("accept", "text/plain"));
    router.apply(
        weighted(10)
            .withAudiences(
                List.of(
                    Audience.users("eve"), Audience.cohort("beta"), Audience.header("x-t", "1"))));
    var bytes =
        Allocations.perCall(
            20_000,
            call -> {
              var user = users.get(call % 1_000);
              return router.route(user) == router.route(user, headers) ? 1 : 0;
            });
    assertThat(bytes).isLessThan(0.5);
  }

  static List<String> users(int count) {
    return IntStream.range(0, count).mapToObj(number -> "user-" + number).toList();
  }
}
