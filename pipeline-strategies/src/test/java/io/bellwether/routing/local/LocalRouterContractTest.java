package io.bellwether.routing.local;

import io.bellwether.release.Release;
import io.bellwether.routing.Audience;
import io.bellwether.testing.TrafficRouterTck;
import org.junit.jupiter.api.Test;

class LocalRouterContractTest {
  private static final Audience USERS = Audience.users("ann", "bob");
  private static final Audience HEADER = Audience.header("x-canary", "1");

  @Test
  void a_router_keeps_the_rules() {
    TrafficRouterTck.verify(
        (Release release) -> LocalRouter.of(release),
        tck -> tck.audiences(USERS, HEADER).serving(LocalRouter::route));
  }

  @Test
  void a_router_that_may_mirror_and_knows_a_cohort_keeps_the_rules() {
    TrafficRouterTck.verify(
        (Release release) ->
            LocalRouter.of(release, r -> r.cohort("beta", "ann"::equals).mirrorOn(copy -> {})),
        tck ->
            tck.mirrors()
                .audiences(USERS, Audience.cohort("beta"), HEADER)
                .serving(LocalRouter::route));
  }

  @Test
  void routers_of_several_releases_keep_the_rules() {
    TrafficRouterTck.verify(
        (Release release) -> LocalRouters.of(release, Release.named("tck-third").initial("v1")),
        tck ->
            tck.audiences(USERS, HEADER)
                .serving((routers, key) -> routers.router("tck-release").route(key)));
  }

  @Test
  void routers_that_may_mirror_keep_the_rules() {
    TrafficRouterTck.verify(
        (Release release) -> LocalRouters.create(r -> r.release(release).mirrorOn(copy -> {})),
        tck -> tck.mirrors().audiences(USERS, HEADER));
  }
}
