package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterMirrorTest.mirrored;
import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the executor does, the caller notices nothing. */
@Timeout(30)
class LocalRouterMirrorExecutorTest {
  private static final ThreadLocal<String> REQUEST = new ThreadLocal<>();

  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Version> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    release.countDown();
    pool.shutdownNow();
    REQUEST.remove();
  }

  private LocalRouter router(Executor executor, MirrorLimits limits) {
    var router = LocalRouter.of(PROMPT, r -> r.ticker(now::get).mirrorOn(executor, limits));
    router.apply(mirrored(100));
    return router;
  }

  /** Stable answers at once, the candidate when the test lets it. */
  private Version hanging(Version version) {
    calls.add(version);
    if (version.equals(V7)) {
      try {
        release.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    return version;
  }

  @Test
  void the_caller_does_not_wait_for_a_copy_that_hangs_and_the_limit_bounds_how_many_do() {
    var router = router(pool, MirrorLimits.underWay(3));
    for (var number = 0; number < 10; number++) {
      assertThat(router.<Version, Error>call("eve", this::hanging)).isEqualTo(V6);
    }
    assertThat(router.mirrored().underWay()).isEqualTo(3);
    assertThat(router.mirrored().full()).isEqualTo(7);
    assertThat(calls).filteredOn(V6::equals).hasSize(10);
    release.countDown();
    settle(router);
    assertThat(calls).filteredOn(V7::equals).hasSize(3);
    assertThat(router.windows().of("support-prompt", V7).snapshot().requests()).isEqualTo(3);
    router.call("eve", this::hanging);
    settle(router);
    assertThat(router.mirrored().made()).isEqualTo(4);
  }

  @Test
  void copies_that_hang_are_seen_in_flight_and_become_the_candidates_timeouts() {
    var router = router(pool, MirrorLimits.underWay(2));
    router.call("eve", this::hanging);
    router.call("eve", this::hanging);
    await(() -> calls.size() == 4);
    var window = router.windows().of("support-prompt", V7);
    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(window.snapshot().inFlight()).isEqualTo(2);
    now.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(window.snapshot().errors()).isEqualTo(2);
  }

  @Test
  void stable_is_called_on_the_callers_thread_with_its_thread_locals_and_the_copy_on_another() {
    var router = router(pool, MirrorLimits.defaults());
    var caller = Thread.currentThread();
    REQUEST.set("request 1");
    Thread.currentThread().interrupt();
    var seen = new CopyOnWriteArrayList<String>();
    router.call(
        "eve",
        version -> {
          seen.add(version + " " + (Thread.currentThread() == caller) + " " + REQUEST.get());
          return version;
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(REQUEST.get()).isEqualTo("request 1");
    settle(router);
    assertThat(seen).containsExactly("v6 true request 1", "v7 false null");
  }

  @Test
  void an_executor_that_carries_thread_locals_over_finds_the_callers() {
    var seen = new CopyOnWriteArrayList<String>();
    Executor carrying =
        work -> {
          var request = REQUEST.get();
          pool.execute(
              () -> {
                REQUEST.set(request);
                work.run();
              });
        };
    var router = router(carrying, MirrorLimits.defaults());
    REQUEST.set("request 1");
    router.call(
        "eve",
        version -> {
          seen.add(version + " " + REQUEST.get());
          return version;
        });
    settle(router);
    assertThat(seen).containsExactly("v6 request 1", "v7 request 1");
  }

  static List<Executor> refusing() {
    return List.of(
        work -> {
          throw new RejectedExecutionException("full");
        },
        work -> {
          throw new OutOfMemoryError("unable to create native thread");
        },
        Runnable::run,
        work -> {
          work.run();
          throw new RejectedExecutionException("ran it all the same");
        });
  }

  @ParameterizedTest
  @MethodSource("refusing")
  void an_executor_that_refuses_or_would_have_the_caller_run_it_costs_only_the_copy(
      Executor executor) {
    var router = router(executor, MirrorLimits.underWay(2));
    for (var number = 0; number < 5; number++) {
      assertThat(router.<Version, Error>call("eve", this::hanging)).isEqualTo(V6);
    }
    assertThat(calls).hasSize(5).containsOnly(V6);
    assertThat(router.mirrored().refused()).isEqualTo(5);
    assertThat(router.mirrored().underWay()).isZero();
    assertThat(router.faults()).isZero();
  }

  @Test
  void once_the_host_has_shut_its_executor_down_copies_are_dropped() {
    var router = router(pool, MirrorLimits.defaults());
    pool.shutdown();
    assertThat(router.<Version, Error>call("eve", this::hanging)).isEqualTo(V6);
    assertThat(router.mirrored().refused()).isEqualTo(1);
  }

  @Test
  void an_executor_that_runs_a_copy_twice_calls_the_candidate_once() {
    release.countDown();
    var router =
        router(
            work -> {
              pool.execute(work);
              pool.execute(work);
            },
            MirrorLimits.defaults());
    router.call("eve", this::hanging);
    settle(router);
    pool.shutdown();
    await(pool::isTerminated);
    assertThat(calls).containsExactly(V6, V7);
    assertThat(router.mirrored().made()).isEqualTo(1);
    assertThat(router.mirrored().underWay()).isZero();
  }

  @Test
  void an_executor_that_discards_without_a_word_does_not_end_mirroring() {
    var lost = new CopyOnWriteArrayList<Runnable>();
    var router = router(lost::add, MirrorLimits.underWay(3).patience(Duration.ofSeconds(2)));
    for (var number = 0; number < 5; number++) {
      router.call("eve", this::hanging);
    }
    assertThat(router.mirrored().underWay()).isEqualTo(3);
    assertThat(router.mirrored().full()).isEqualTo(2);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    router.call("eve", this::hanging);
    assertThat(router.mirrored().full()).isEqualTo(3);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    router.call("eve", this::hanging);
    assertThat(router.mirrored().late()).isEqualTo(3);
    assertThat(router.mirrored().underWay()).isEqualTo(1);
    release.countDown();
    lost.forEach(OtherThread::run);
    assertThat(router.mirrored().made()).isEqualTo(1);
    assertThat(router.mirrored().underWay()).isZero();
  }

  private static void settle(LocalRouter router) {
    await(() -> router.mirrored().underWay() == 0);
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
