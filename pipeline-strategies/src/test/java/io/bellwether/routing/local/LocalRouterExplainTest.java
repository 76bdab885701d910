package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.routing.Audience;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.RoutingDecision.Rule;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalRouterExplainTest {
  private final LocalRouter router =
      LocalRouter.of(PROMPT, r -> r.cohort("beta", user -> user.endsWith("7")));

  @Test
  void the_weight_is_explained_by_the_users_place() {
    router.apply(weighted(10));
    var inside = router.explain("user-1");
    assertThat(inside.version()).isEqualTo(V7);
    assertThat(inside.rule()).isEqualTo(Rule.WEIGHT);
    assertThat(inside)
        .hasToString(
            "support-prompt: user-1 gets v7, as the user's place 7.7378% is below v7's weight of"
                + " 10%");
    router.apply(weighted(5));
    assertThat(router.explain("user-1"))
        .hasToString(
            "support-prompt: user-1 gets v6, as the user's place 7.7378% is not below v7's weight"
                + " of 5%");
  }

  @Test
  void an_audience_is_named_without_its_members_or_its_header_value() {
    router.apply(
        weighted(5)
            .withAudiences(
                List.of(
                    Audience.users("eve", "dan"),
                    Audience.cohort("beta"),
                    Audience.header("X-Canary", "secret"))));
    assertThat(router.explain("eve").rule()).isEqualTo(Rule.AUDIENCE);
    assertThat(router.explain("eve"))
        .hasToString(
            "support-prompt: eve gets v7 whatever its weight, being named in its audience");
    assertThat(router.explain("user-7"))
        .hasToString("support-prompt: user-7 gets v7 whatever its weight, being in cohort beta");
    assertThat(router.explain("user-1", RequestHeaders.of(Map.of("x-canary", "secret"))))
        .hasToString(
            "support-prompt: user-1 gets v7 whatever its weight, as the request carries header"
                + " x-canary");
  }

  @Test
  void a_missing_key_and_a_missing_candidate_are_explained() {
    assertThat(router.explain("user-1").rule()).isEqualTo(Rule.NO_CANDIDATE);
    assertThat(router.explain("user-1"))
        .hasToString("support-prompt: user-1 gets v6 like everybody, as there is no candidate");
    router.apply(weighted(100));
    assertThat(router.explain(" ").rule()).isEqualTo(Rule.NO_KEY);
    assertThat(router.explain(" ").position()).isNaN();
    assertThat(router.explain(null))
        .hasToString("support-prompt: a request without a user key gets v6, the stable version");
  }

  @Test
  void the_explanation_is_always_that_of_the_version_routed_to() {
    var random = new SplittableRandom(21);
    for (var number = 0; number < 1_000; number++) {
      var percent = random.nextInt(4) == 0 ? 100 * random.nextInt(2) : random.nextDouble(100);
      var audiences =
          random.nextBoolean()
              ? List.<Audience>of()
              : List.of(
                  Audience.users("user-3"), Audience.cohort("beta"), Audience.header("h", "1"));
      router.apply(weighted(0).withWeight(Weight.percent(percent)).withAudiences(audiences));
      var key = random.nextInt(10) == 0 ? " " : "user-" + random.nextInt(100);
      var headers = RequestHeaders.of(Map.of("H", "" + random.nextInt(3)));
      var decision = router.explain(key, headers);
      assertThat(decision.version())
          .as("case %d: %s", number, decision)
          .isEqualTo(router.route(key, headers));
      assertThat(decision.version()).isIn(V6, V7);
    }
  }
}
