package io.bellwether.junit;

import static io.bellwether.junit.TrafficAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficAssertionsTest {
  private static final TrafficSplit TENTH =
      TrafficSplit.weighted("chat", new Version("v1"), new Version("v2"), Weight.percent(10));

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);

  @Test
  void a_version_has_its_share() {
    router.apply(TENTH);

    assertThat(router).gives("chat", "v2", 10).gives("chat", "v1", 90).gives("chat", "v3", 0);
  }

  @Test
  void everybody_is_nobody_elsewhere() {
    router.apply(TENTH.withWeight(Weight.ZERO).withAudiences(List.of(Audience.users("ann"))));

    assertThatThrownBy(() -> assertThat(router).givesEverybody("chat", "v1"))
        .hasMessageContaining("v1 of chat to be what everybody gets");
    router.apply(TrafficSplit.stable("chat", new Version("v1")));
    assertThat(router).givesEverybody("chat", "v1");
    router.apply(TENTH.withWeight(Weight.FULL));
    assertThat(router).givesEverybody("chat", "v2");
  }

  @Test
  void a_failure_shows_what_the_router_was_asked_for() {
    router.apply(TrafficSplit.stable("chat", new Version("v1")));
    time.advance(Duration.ofMinutes(2));
    router.apply(TENTH);

    assertThatThrownBy(() -> assertThat(router).gives("chat", "v2", 25))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """

            Expected v2 of chat to have 25%
            but it is chat: v2 10%, v1 90%

            Timeline:
              0ms: chat: v1 100%
              2m: chat: v2 10%, v1 90%""");
  }

  @Test
  void a_user_gets_a_version_for_a_reason() {
    var local = LocalRouter.of(Release.named("chat").initial(new Version("v1")));
    local.apply(TENTH.withAudiences(List.of(Audience.users("ann"))));

    assertThat(local).sends("ann", "v2").gives("chat", "v2", 10);
    assertThatThrownBy(() -> assertThat(local).sends("ann", "v1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("\nExpected user 'ann' to get v1\nbut it is v2: ")
        .hasMessageContaining("ann", "audience");
    assertThat((TrafficRouter) local).gives("chat", "v1", 90);
  }
}
