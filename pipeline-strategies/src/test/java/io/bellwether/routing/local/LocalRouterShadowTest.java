package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.users;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.Weight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalRouterShadowTest {
  private final LocalRouter router = LocalRouter.of(PROMPT, r -> r.ticker(() -> 1_000_000_000L));

  private void mirror(double percent) {
    router.apply(weighted(0).withMirror(Weight.percent(percent)));
  }

  private WindowSnapshot window(Version version) {
    return router.windows().of("support-prompt", version).snapshot();
  }

  @Test
  void a_mirrored_split_is_read_back_and_answers_nobody_from_the_candidate() {
    mirror(100);
    assertThat(router.read("support-prompt").mirror()).isEqualTo(Weight.FULL);
    assertThat(users(1_000))
        .allMatch(user -> router.route(user).equals(V6))
        .allMatch(user -> router.mirrors(user));
  }

  @Test
  void the_share_that_is_mirrored_is_fair_and_not_the_users_the_weight_picks_first() {
    mirror(20);
    var mirrored = users(100_000).stream().filter(router::mirrors).toList();
    assertThat(mirrored.size() / 1000.0).isCloseTo(20, within(0.5));
    router.apply(weighted(10));
    var first = mirrored.stream().filter(user -> router.route(user).equals(V7)).count();
    assertThat((double) first / mirrored.size()).isBetween(0.09, 0.11);
  }

  @Test
  void the_copy_calls_the_candidate_once_and_only_where_the_split_mirrors() {
    var called = new ArrayList<Version>();
    assertThat(router.shadow("eve", called::add)).isFalse();
    mirror(100);
    assertThat(router.shadow("eve", called::add)).isTrue();
    assertThat(called).containsExactly(V7);
    assertThat(window(V7).requests()).isEqualTo(1);
    assertThat(window(V6).requests()).isZero();
  }

  @Test
  void a_request_without_a_key_or_answered_by_the_candidate_is_not_copied() {
    router.apply(
        weighted(0)
            .withMirror(Weight.FULL)
            .withAudiences(List.of(Audience.users("eve"), Audience.header("x-canary", "1"))));
    assertThat(router.mirrors(null)).isFalse();
    assertThat(router.mirrors(" ")).isFalse();
    assertThat(router.mirrors("eve")).isFalse();
    assertThat(router.mirrors("dan")).isTrue();
    assertThat(router.mirrors("dan", RequestHeaders.of(Map.of("x-canary", "1")))).isFalse();
  }

  @Test
  void a_failure_of_the_copy_is_an_outcome_of_the_candidate_and_goes_no_further() {
    mirror(100);
    var typed = router.classifying(Classifier.<String>standard());
    assertThat(
            typed.shadow(
                "eve",
                version -> {
                  throw new IOException("reset");
                }))
        .isTrue();
    assertThat(window(V7).errorKinds()).containsExactly(Map.entry("IOException", 1L));
  }

  @Test
  void an_interrupted_copy_leaves_the_thread_interrupted_and_an_error_is_thrown() {
    mirror(100);
    router.shadow(
        "eve",
        version -> {
          throw new InterruptedException("shutdown");
        });
    assertThat(Thread.interrupted()).isTrue();
    var error = new StackOverflowError("deep");
    assertThatThrownBy(
            () ->
                router.shadow(
                    "eve",
                    version -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(window(V7).errors()).isEqualTo(2);
  }
}
