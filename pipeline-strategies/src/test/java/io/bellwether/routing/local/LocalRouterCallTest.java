package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bellwether.allocation.Allocations;
import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.Weight;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalRouterCallTest {
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final AtomicInteger clockReads = new AtomicInteger();
  private final LocalRouter router =
      LocalRouter.of(
          PROMPT,
          r ->
              r.ticker(
                  () -> {
                    clockReads.incrementAndGet();
                    return now.get();
                  }));

  private WindowSnapshot window(Version version) {
    return router.windows().of("support-prompt", version).snapshot();
  }

  @Test
  void the_call_is_made_once_with_the_users_version_and_its_answer_returned() {
    router.apply(weighted(0).withAudiences(List.of(Audience.users("eve"))));
    var calls = new AtomicInteger();
    String answer = router.call("eve", version -> version + " #" + calls.incrementAndGet());
    assertThat(answer).isEqualTo("v7 #1");
    assertThat(window(V7).requests()).isEqualTo(1);
    assertThat(window(V6).requests()).isZero();
  }

  @Test
  void the_clock_is_read_at_the_start_and_at_the_end_and_nowhere_else() {
    router.call(
        "eve",
        Classifier.counting(
            answer -> {
              now.addAndGet(5_000_000_000L);
              return 10;
            }),
        version -> {
          assertThat(window(V6).inFlight()).isEqualTo(1);
          clockReads.set(1);
          now.addAndGet(250_000_000L);
          return "answer";
        });
    assertThat(clockReads).hasValue(2);
    assertThat(window(V6).inFlight()).isZero();
    assertThat(window(V6).p50()).isBetween(245.0, 255.0);
    assertThat(window(V6).tokens()).isEqualTo(10);
  }

  @Test
  void headers_count_in_a_call() {
    router.apply(weighted(0).withAudiences(List.of(Audience.header("x-canary", "1"))));
    var headers = RequestHeaders.of(Map.of("X-Canary", "1"));
    assertThat(router.<Version, Error>call("eve", headers, Classifier.standard(), v -> v))
        .isEqualTo(V7);
    var typed = router.classifying(Classifier.<Object>standard());
    assertThat(typed.<Version, Error>call("eve", headers, v -> v)).isEqualTo(V7);
    assertThat(typed.<Version, Error>call("eve", v -> v)).isEqualTo(V6);
  }

  static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("quota"),
        new IOException("reset"),
        new InterruptedException("shutdown"),
        new StackOverflowError("deep"),
        new AssertionError("broken"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatever_the_call_throws_reaches_the_caller_as_the_same_instance(Throwable failure) {
    var thrown =
        catchThrowable(
            () ->
                router.call(
                    "eve",
                    version -> {
                      throw failure;
                    }));
    assertThat(thrown).isSameAs(failure).hasNoSuppressedExceptions();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(window(V6).errors()).isEqualTo(1);
    assertThat(window(V6).errorKinds()).containsExactly(Map.entry(name(failure), 1L));
  }

  @Test
  void a_call_that_throws_nothing_checked_needs_no_try() {
    int answer = router.call("eve", version -> 42);
    assertThat(answer).isEqualTo(42);
  }

  @Test
  void an_answer_that_is_nothing_is_returned_and_counts_as_empty() {
    assertThat(router.<String, Error>call("eve", version -> null)).isNull();
    assertThat(window(V6).empties()).isEqualTo(1);
  }

  @Test
  void the_host_decides_what_is_an_error_and_how_many_tokens_were_used() {
    record Answer(String text, boolean refused, long tokens) {}

    var refused = Outcome.error("refused");
    var answers =
        router.classifying(
            new Classifier<Answer>() {
              @Override
              public Outcome outcome(Answer answer) {
                return answer.refused() ? refused : Outcome.success();
              }

              @Override
              public Outcome failure(Throwable failure) {
                return Outcome.rateLimited();
              }

              @Override
              public long tokens(Answer answer) {
                return answer.tokens();
              }
            });
    answers.call("eve", version -> new Answer("yes", false, 30));
    answers.call("eve", version -> new Answer("no", true, 12));
    catchThrowable(
        () ->
            answers.call(
                "eve",
                version -> {
                  throw new IOException("429");
                }));
    assertThat(window(V6).requests()).isEqualTo(3);
    assertThat(window(V6).tokens()).isEqualTo(42);
    assertThat(window(V6).rateLimited()).isEqualTo(1);
    assertThat(window(V6).errorKinds()).containsExactly(Map.entry("refused", 1L));
  }

  @Test
  void a_classifier_that_throws_never_hurts_the_caller() {
    var broken =
        router.classifying(
            new Classifier<String>() {
              @Override
              public Outcome outcome(String answer) {
                throw new IllegalStateException("no schema");
              }

              @Override
              public Outcome failure(Throwable failure) {
                throw new StackOverflowError("recursion");
              }

              @Override
              public long tokens(String answer) {
                throw new IllegalStateException("no counter");
              }
            });
    var failure = new IOException("reset");
    assertThat(broken.<String, Error>call("eve", version -> "answer")).isEqualTo("answer");
    assertThat(broken.<String, Error>call("eve", version -> null)).isNull();
    assertThat(
            catchThrowable(
                () ->
                    broken.call(
                        "eve",
                        version -> {
                          throw failure;
                        })))
        .isSameAs(failure);
    assertThat(router.faults()).isEqualTo(5);
    assertThat(window(V6).requests()).isEqualTo(3);
    assertThat(window(V6).empties()).isEqualTo(1);
    assertThat(window(V6).errorKinds()).containsExactly(Map.entry("IOException", 1L));
    assertThat(window(V6).inFlight()).isZero();
  }

  @Test
  void a_classifier_without_an_answer_of_its_own_is_a_fault_too() {
    var silent =
        router.classifying(
            new Classifier<String>() {
              @Override
              public Outcome outcome(String answer) {
                return null;
              }
            });
    assertThat(silent.<String, Error>call("eve", version -> "answer")).isEqualTo("answer");
    assertThat(router.faults()).isEqualTo(1);
    assertThat(window(V6).requests()).isEqualTo(1);
  }

  @Test
  void a_request_finishes_under_the_version_it_was_routed_to() {
    router.apply(weighted(100));
    router.call(
        "eve",
        version -> {
          router.apply(weighted(0));
          assertThat(router.route("eve")).isEqualTo(V6);
          return version;
        });
    assertThat(window(V7).requests()).isEqualTo(1);
    assertThat(window(V6).requests()).isZero();
  }

  @Test
  void no_block_of_the_windows_spans_a_change_of_weight() {
    now.set(3_000_000_000L);
    router.apply(weighted(100));
    router.call("eve", version -> "before");
    now.set(5_000_000_000L);
    router.apply(weighted(100).withMirror(Weight.ZERO)); // the same split is no change
    router.call("eve", version -> "still before");
    now.set(7_000_000_000L);
    router.apply(weighted(50));
    router.apply(weighted(100));
    router.call("eve", version -> "after");
    assertThat(router.windows().of("support-prompt", V7).openBlocks())
        .extracting(BlockCounts::requests)
        .filteredOn(requests -> requests > 0)
        .containsExactly(2L, 1L);
  }

  @Test
  void a_call_allocates_nothing_of_its_own() {
    router.apply(weighted(50));
    var users = LocalRouterTest.users(1_000);
    var bytes =
        Allocations.perCall(
            20_000,
            number -> {
              Version answered = router.call(users.get(number % 1_000), version -> version);
              return answered == V7 ? 1 : 0;
            });
    assertThat(bytes).isLessThan(0.5);
  }

  private static String name(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
