package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.users;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.UserHash;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests run on real threads while the split changes under them. */
@Timeout(60)
class LocalRouterConcurrencyTest {
  private static final int THREADS = 3;
  private static final int FLIPS = 10_000;
  private static final int ENOUGH_REQUESTS = 10_000;

  private final LocalRouter router = LocalRouter.of(PROMPT, r -> r.ticker(() -> 1_000_000_000L));
  private final List<String> users = users(200);
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong requests = new AtomicLong();
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    done.set(true);
    pool.shutdownNow();
  }

  @Test
  void no_request_fails_and_each_is_recorded_under_the_version_it_was_routed_to() throws Exception {
    var onV6 = new AtomicLong();
    var onV7 = new AtomicLong();
    var hammers = hammer(user -> router.call(user, counting(onV6, onV7)));
    flip(
        () -> onV6.get() > ENOUGH_REQUESTS && onV7.get() > ENOUGH_REQUESTS,
        TrafficSplit.stable("support-prompt", V6),
        weighted(10),
        weighted(50),
        weighted(100));
    join(hammers);
    assertThat(onV6.get() + onV7.get()).isEqualTo(requests.get());
    assertThat(recorded(V6)).isEqualTo(onV6.get());
    assertThat(recorded(V7)).isEqualTo(onV7.get());
  }

  private static RoutedCall<Version, RuntimeException> counting(AtomicLong onV6, AtomicLong onV7) {
    return version -> {
      (version.equals(V7) ? onV7 : onV6).incrementAndGet();
      return version;
    };
  }

  private long recorded(Version version) {
    var window = router.windows().of("support-prompt", version).snapshot();
    assertThat(window.errors() + window.empties() + window.inFlight()).isZero();
    return window.requests();
  }

  @Test
  void only_users_between_the_two_weights_notice_the_flips() throws Exception {
    var hash = UserHash.of("support-prompt");
    router.apply(weighted(10));
    var hammers =
        hammer(
            user -> {
              var position = hash.position(user);
              if (position < 10 || position >= 50) {
                assertThat(router.route(user)).as(user).isEqualTo(position < 10 ? V7 : V6);
              }
            });
    flip(() -> requests.get() > ENOUGH_REQUESTS, weighted(10), weighted(50));
    join(hammers);
  }

  @Test
  void a_user_who_is_in_stays_in_through_the_whole_rollout() throws Exception {
    var watchers = submit(this::watch);
    for (var step = 0; !done.get() && (step <= FLIPS || requests.get() < ENOUGH_REQUESTS); step++) {
      router.apply(weighted(100.0 * Math.min(step, FLIPS) / FLIPS));
    }
    router.apply(TrafficSplit.stable("support-prompt", V7));
    join(watchers);
    assertThat(users).allMatch(user -> router.route(user).equals(V7));
  }

  private void watch() {
    var inside = new boolean[users.size()];
    while (!done.get()) {
      for (var user = 0; user < inside.length; user++) {
        var in = router.route(users.get(user)).equals(V7);
        assertThat(in || !inside[user]).as(users.get(user)).isTrue();
        inside[user] = in;
        requests.incrementAndGet();
      }
    }
  }

  private List<Future<Void>> hammer(Consumer<String> request) {
    return submit(
        () -> {
          while (!done.get()) {
            for (var user : users) {
              request.accept(user);
              requests.incrementAndGet();
            }
          }
        });
  }

  private List<Future<Void>> submit(Runnable work) {
    Callable<Void> task =
        () -> {
          try {
            work.run();
          } finally {
            done.set(true); // a thread that fails ends the test at once
          }
          return null;
        };
    return IntStream.range(0, THREADS).mapToObj(thread -> pool.submit(task)).toList();
  }

  private void flip(BooleanSupplier enough, TrafficSplit... splits) {
    for (var flip = 0; !done.get() && (flip < FLIPS || !enough.getAsBoolean()); flip++) {
      router.apply(splits[flip % splits.length]);
    }
  }

  private void join(List<Future<Void>> futures) throws Exception {
    done.set(true);
    for (var future : futures) {
      future.get(30, TimeUnit.SECONDS);
    }
  }
}
