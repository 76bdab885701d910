package io.bellwether.routing.local;

import static io.bellwether.release.Version.version;
import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.users;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalRoutersTest {
  private static final Release MODEL = Release.named("answer-model").initial("small");

  @Test
  void each_release_is_divided_by_its_own_router() {
    var routers = LocalRouters.of(PROMPT, MODEL);
    routers.apply(weighted(100));
    assertThat(routers.router("support-prompt").route("eve")).isEqualTo(V7);
    assertThat(routers.router("answer-model").route("eve")).isEqualTo(version("small"));
    assertThat(routers.read("support-prompt")).isEqualTo(weighted(100));
    assertThat(routers.read("answer-model"))
        .isEqualTo(TrafficSplit.stable("answer-model", version("small")));
    assertThat(routers).hasToString("routers of [answer-model, support-prompt]");
  }

  @Test
  void a_router_is_made_on_first_use_and_kept() {
    var routers = LocalRouters.of();
    var router = routers.router(PROMPT);
    assertThat(routers.router(PROMPT)).isSameAs(routers.router("support-prompt")).isSameAs(router);
  }

  @Test
  void cohorts_and_windows_are_common_to_all() {
    var windows = OutcomeWindows.create(new AtomicLong(1)::get);
    var routers =
        LocalRouters.create(r -> r.release(PROMPT).windows(windows).cohort("beta", "eve"::equals));
    routers.apply(weighted(0).withAudiences(List.of(Audience.cohort("beta"))));
    routers.router(PROMPT).call("eve", version -> "answer");
    routers.router(MODEL).call("eve", version -> "answer");
    assertThat(routers.windows()).isSameAs(windows);
    assertThat(windows.of("support-prompt", V7).snapshot().requests()).isEqualTo(1);
    assertThat(windows.of("answer-model", version("small")).snapshot().requests()).isEqualTo(1);
  }

  @Test
  void two_releases_choose_their_users_independently() {
    var other = Release.named("support-prompu").initial("v6");
    var routers = LocalRouters.of(PROMPT, other);
    routers.apply(weighted(10));
    routers.apply(TrafficSplit.weighted("support-prompu", other.initial(), V7, Weight.percent(10)));
    var one = routers.router(PROMPT);
    var two = routers.router(other);
    var inOne = users(100_000).stream().filter(user -> one.route(user).equals(V7)).toList();
    var inBoth = inOne.stream().filter(user -> two.route(user).equals(V7)).count();
    assertThat((double) inBoth / inOne.size()).isBetween(0.09, 0.11);
  }

  @Test
  void a_split_makes_its_release_known_and_knows_its_stable_version_better() {
    var routers = LocalRouters.create(OutcomeWindows.create(new AtomicLong(1)::get));
    routers.apply(TrafficSplit.stable("support-prompt", V7));
    assertThat(routers.router("support-prompt").route("eve")).isEqualTo(V7);
    assertThat(routers.router(PROMPT).route("eve")).isEqualTo(V7);
  }

  @Test
  void a_split_that_is_refused_makes_no_release_known() {
    var routers = LocalRouters.of();
    var split = weighted(0).withAudiences(List.of(Audience.cohort("beta")));
    assertThatThrownBy(() -> routers.apply(split)).hasMessageContaining("cohort 'beta' is unknown");
    assertThatThrownBy(() -> routers.read("support-prompt"))
        .hasMessageContaining("is unknown to these routers, which know []");
  }

  @Test
  void an_unknown_release_cannot_be_routed_or_read_and_the_known_ones_are_named() {
    var routers = LocalRouters.of(PROMPT, MODEL);
    var message =
        "release 'other' is unknown to these routers, which know [answer-model, support-prompt]:"
            + " make it known with router(Release)";
    assertThatThrownBy(() -> routers.router("other")).hasMessage(message);
    assertThatThrownBy(() -> routers.read("other")).hasMessage(message);
  }

  @Test
  void a_release_is_added_with_one_initial_version() {
    var again = Release.named("support-prompt").initial("v7");
    assertThatThrownBy(() -> LocalRouters.of(PROMPT, again))
        .hasMessage(
            "release 'support-prompt' has the initial version v6 already, not v7: add it once");
  }
}
