package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterMirrorTest.mirrored;
import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two things at once on a fresh router, thousands of times: only the stated ends are seen. */
@Timeout(60)
class LocalRouterRacesTest {
  private static final int ROUNDS = 2_000;

  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final CyclicBarrier start = new CyclicBarrier(2);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void a_call_beside_a_new_split_is_one_of_the_old_or_of_the_new_version_and_recorded_there()
      throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var router = LocalRouter.of(PROMPT, r -> r.ticker(() -> 1_000_000_000L));
      var seen = new AtomicReference<Version>();
      race(
          () -> router.apply(weighted(100)),
          () -> seen.set(router.<Version, Error>call("eve", version -> version)));
      assertThat(router.read("support-prompt")).isEqualTo(weighted(100));
      assertThat(router.route("eve")).isEqualTo(V7);
      assertThat(requests(router, V6)).isEqualTo(seen.get().equals(V6) ? 1 : 0);
      assertThat(requests(router, V7)).isEqualTo(seen.get().equals(V7) ? 1 : 0);
    }
  }

  @Test
  void of_two_splits_at_once_one_holds_as_a_whole() throws Exception {
    var back = TrafficSplit.stable("support-prompt", V6);
    for (var round = 0; round < ROUNDS; round++) {
      var router = LocalRouter.of(PROMPT, r -> r.ticker(() -> 1_000_000_000L));
      router.apply(weighted(50));
      race(() -> router.apply(weighted(100)), () -> router.apply(back));
      var holds = router.read("support-prompt");
      assertThat(holds).isIn(weighted(100), back);
      assertThat(router.route("eve")).isEqualTo(holds.equals(back) ? V6 : V7);
    }
  }

  @Test
  void a_copy_beside_the_way_back_is_made_or_dropped_and_never_both() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var copies = new ArrayList<Runnable>();
      var router =
          LocalRouter.of(PROMPT, r -> r.ticker(() -> 1_000_000_000L).mirrorOn(copies::add));
      router.apply(mirrored(100));
      router.call("eve", version -> version);
      race(
          () -> router.apply(TrafficSplit.stable("support-prompt", V6)), () -> copies.get(0).run());
      var counts = router.mirrored();
      assertThat(counts.made() + counts.outdated()).isEqualTo(1);
      assertThat(counts.underWay()).isZero();
      assertThat(requests(router, V7)).isEqualTo(counts.made());
      assertThat(requests(router, V6)).isEqualTo(1);
    }
  }

  @Test
  void a_copy_that_two_threads_run_at_once_is_made_once() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var copies = new ArrayList<Runnable>();
      var router =
          LocalRouter.of(PROMPT, r -> r.ticker(() -> 1_000_000_000L).mirrorOn(copies::add));
      router.apply(mirrored(100));
      router.call("eve", version -> version);
      race(copies.get(0), copies.get(0));
      assertThat(requests(router, V7)).isEqualTo(1);
      assertThat(router.mirrored().made()).isEqualTo(1);
      assertThat(router.mirrored().underWay()).isZero();
    }
  }

  private static long requests(LocalRouter router, Version version) {
    return router
        .windows()
        .find("support-prompt", version)
        .map(window -> window.snapshot().requests())
        .orElse(0L);
  }

  private void race(Runnable one, Runnable other) throws Exception {
    var both = List.of(pool.submit(() -> together(one)), pool.submit(() -> together(other)));
    for (var future : both) {
      future.get(10, TimeUnit.SECONDS);
    }
  }

  private void together(Runnable work) {
    try {
      start.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the other thread did not come", e);
    }
    work.run();
  }
}
