package io.bellwether.routing.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoutedRequestTest {
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final Ticker ticker = now::get;
  private final OutcomeWindows windows = OutcomeWindows.create(ticker);
  private final LocalRouter router =
      LocalRouter.of(LocalRouterTest.PROMPT, r -> r.windows(windows));

  @Test
  void it_is_in_flight_until_its_end_and_keeps_its_version() {
    router.apply(LocalRouterTest.weighted(100));
    var request = router.begin("ann");
    router.apply(LocalRouterTest.weighted(0));
    var window = windows.of("support-prompt", LocalRouterTest.V7);
    assertThat(request.version()).isEqualTo(LocalRouterTest.V7);
    assertThat(window.snapshot().inFlight()).isEqualTo(1);

    now.addAndGet(Duration.ofMillis(250).toNanos());
    assertThat(request.end(Outcome.success(), 42)).isTrue();
    assertThat(request.end(Outcome.error(), 1)).isFalse();
    var seen = window.snapshot();
    assertThat(seen.inFlight()).isZero();
    assertThat(seen.requests()).isEqualTo(1);
    assertThat(seen.errors()).isZero();
    assertThat(seen.tokens()).isEqualTo(42);
    assertThat(seen.p50()).isBetween(248.0, 252.0);
  }

  @Test
  void a_judge_that_counts_each_user_once_sees_it_too() {
    var judged = OutcomeWindows.create(ticker);
    var judging =
        LocalRouter.of(LocalRouterTest.PROMPT, r -> r.windows(windows).judgeOncePerUser(judged));
    judging.begin("ann").end(Outcome.success(), 0);
    judging.begin("ann").end(Outcome.success(), 0);
    assertThat(windows.of("support-prompt", LocalRouterTest.V6).snapshot().requests()).isEqualTo(2);
    assertThat(judged.of("support-prompt", LocalRouterTest.V6).snapshot().requests()).isEqualTo(1);
  }
}
