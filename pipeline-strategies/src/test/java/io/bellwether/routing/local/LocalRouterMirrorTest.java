package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.allocation.Allocations;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies wait in a queue of the test's until it has them made, on another thread. */
class LocalRouterMirrorTest {
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final LocalRouter router =
      LocalRouter.of(PROMPT, r -> r.ticker(now::get).mirrorOn(queue::add));

  static TrafficSplit mirrored(double percent) {
    return weighted(0).withMirror(Weight.percent(percent));
  }

  private WindowSnapshot window(Version version) {
    return router.windows().of("support-prompt", version).snapshot();
  }

  private String answer(Version version) {
    calls.add(version + "");
    return "answer of " + version;
  }

  private void makeCopies() {
    while (!queue.isEmpty()) {
      OtherThread.run(queue.remove());
    }
  }

  @Test
  void a_mirrored_request_is_answered_by_stable_and_then_once_more_by_the_candidate() {
    router.apply(mirrored(100));
    String answer = router.call("eve", this::answer);
    assertThat(answer).isEqualTo("answer of v6");
    assertThat(calls).containsExactly("v6");
    makeCopies();
    assertThat(calls).containsExactly("v6", "v7");
    assertThat(window(V6).requests()).isEqualTo(1);
    assertThat(window(V7).requests()).isEqualTo(1);
    assertThat(router.mirrored())
        .hasToString(
            "1 chosen, 1 made, 0 dropped (full 0, refused 0, late 0, outdated 0), 0 match, 0"
                + " mismatch, 0 under way");
  }

  @Test
  void what_a_copy_takes_is_measured_from_its_own_start() {
    router.apply(mirrored(100));
    router.call(
        "eve",
        version -> {
          now.addAndGet(version.equals(V7) ? 300_000_000L : 100_000_000L);
          return version;
        });
    now.addAndGet(5_000_000_000L);
    makeCopies();
    assertThat(window(V6).p50()).isBetween(99.0, 101.0);
    assertThat(window(V7).p50()).isBetween(297.0, 303.0);
  }

  @Test
  void a_copy_that_fails_is_the_candidates_error_and_stable_is_not_called_again() {
    router.apply(mirrored(100));
    RoutedCall<String, IOException> call =
        version -> {
          answer(version);
          if (version.equals(V7)) {
            throw new IOException("reset");
          }
          return "fine";
        };
    assertThat(catchThrowable(() -> assertThat(router.call("eve", call)).isEqualTo("fine")))
        .isNull();
    makeCopies();
    assertThat(calls).containsExactly("v6", "v7");
    assertThat(window(V6).errors()).isZero();
    assertThat(window(V7).errorKinds()).containsExactly(entry("IOException", 1L));
    assertThat(router.mirrored().made()).isEqualTo(1);
  }

  static List<Throwable> failures() {
    return LocalRouterCallTest.failures();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_stable_throws_reaches_the_caller_as_it_is_and_the_request_is_copied_all_the_same(
      Throwable failure) {
    router.apply(mirrored(100));
    var comparing = router.comparing(MirrorComparator.<Object>equality());
    RoutedCall<Object, Throwable> call =
        version -> {
          answer(version);
          if (version.equals(V6)) {
            throw failure;
          }
          return "fine";
        };
    assertThat(catchThrowable(() -> comparing.call("eve", call)))
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
    makeCopies();
    assertThat(calls).containsExactly("v6", "v7");
    assertThat(window(V7).successes()).isEqualTo(1);
    assertThat(router.mirrored().matches() + router.mirrored().mismatches()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatever_a_copy_throws_stays_in_the_candidates_window(Throwable failure) throws Throwable {
    router.apply(mirrored(100));
    router.call(
        "eve",
        version -> {
          if (version.equals(V7)) {
            throw failure;
          }
          return "fine";
        });
    makeCopies();
    assertThat(window(V7).errors()).isEqualTo(1);
    assertThat(router.mirrored().underWay()).isZero();
    assertThat(router.faults()).isZero();
  }

  @Test
  void nothing_is_an_answer_like_any_other() {
    router.apply(mirrored(100));
    var comparing = router.comparing(MirrorComparator.<String>equality());
    String answer =
        comparing.call(
            "eve",
            version -> {
              answer(version);
              return null;
            });
    assertThat(answer).isNull();
    makeCopies();
    assertThat(calls).containsExactly("v6", "v7");
    assertThat(router.mirrored().matches()).isEqualTo(1);
    assertThat(window(V7).empties()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 10, 30, 33.3, 40, 50, 60, 90, 99.9, 100})
  void the_share_is_exact_after_a_few_requests_and_in_every_rhythm_of_them(double percent) {
    var all = LocalRouter.of(PROMPT, r -> r.mirrorOn(copy -> calls.add("")));
    all.apply(mirrored(percent));
    var chosen = new boolean[20_000];
    for (var number = 0; number < chosen.length; number++) {
      var before = all.mirrored().chosen();
      all.call("eve", version -> 0);
      chosen[number] = all.mirrored().chosen() > before;
    }
    for (var every : List.of(1, 2, 3, 5, 7, 10)) {
      for (var from = 0; from < every; from++) {
        assertThat(farthestOff(chosen, from, every, percent / 100))
            .as("%s%% of every %d. request from %d on", percent, every, from)
            .isLessThan(8);
      }
    }
  }

  /** How far the count of chosen requests ever is from their share of those seen so far. */
  private static double farthestOff(boolean[] chosen, int from, int every, double share) {
    var count = 0;
    var seen = 0;
    var farthest = 0.0;
    for (var number = from; number < chosen.length; number += every) {
      count += chosen[number] ? 1 : 0;
      seen++;
      farthest = Math.max(farthest, Math.abs(count - seen * share));
    }
    return farthest;
  }

  @Test
  void requests_the_candidate_answers_are_not_copied_and_those_without_a_user_key_are() {
    router.apply(weighted(100).withMirror(Weight.FULL));
    router.call("eve", this::answer);
    assertThat(router.mirrored().chosen()).isZero();
    router.call(null, this::answer);
    makeCopies();
    assertThat(calls).containsExactly("v7", "v6", "v7");
  }

  @Test
  void a_router_without_an_executor_refuses_to_mirror_and_serves_on() {
    var plain = LocalRouter.of(PROMPT);
    assertThatThrownBy(() -> plain.apply(mirrored(20)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("it mirrors 20% of stable's requests")
        .hasMessageContaining("mirrorOn(executor)");
    assertThat(plain.comparing(MirrorComparator.<String>equality()).call("eve", this::answer))
        .isEqualTo("answer of v6");
    assertThat(plain.mirrored().chosen()).isZero();
  }

  @Test
  void nothing_is_mirrored_until_a_split_says_so_and_a_new_split_counts_from_the_next_request() {
    router.call("eve", this::answer);
    assertThat(queue).isEmpty();
    router.apply(mirrored(100));
    router.call("eve", this::answer);
    assertThat(queue).hasSize(1);
    router.apply(weighted(0));
    router.call("eve", this::answer);
    assertThat(queue).hasSize(1);
  }

  @Test
  void a_copy_whose_version_is_no_longer_mirrored_to_is_dropped_before_it_starts() {
    router.apply(mirrored(100));
    router.call("eve", this::answer);
    router.apply(TrafficSplit.stable("support-prompt", V6));
    makeCopies();
    assertThat(calls).containsExactly("v6");
    assertThat(window(V7).requests()).isZero();
    assertThat(router.mirrored().outdated()).isEqualTo(1);
  }

  @Test
  void a_copy_for_one_candidate_is_not_made_once_another_has_taken_its_place() {
    router.apply(mirrored(100));
    router.call("eve", this::answer);
    router.apply(
        new TrafficSplit(
            "support-prompt", V6, Version.version("v8"), Weight.ZERO, Weight.FULL, List.of()));
    makeCopies();
    assertThat(calls).containsExactly("v6");
    assertThat(router.mirrored().outdated()).isEqualTo(1);
  }

  @Test
  void another_share_for_the_same_version_drops_nothing() {
    router.apply(mirrored(100));
    router.call("eve", this::answer);
    router.apply(mirrored(50));
    makeCopies();
    assertThat(calls).containsExactly("v6", "v7");
  }

  @Test
  void a_copy_waits_for_a_thread_for_exactly_the_stated_time_at_most() {
    router.apply(mirrored(100));
    router.call("eve", this::answer);
    router.call("eve", this::answer);
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    OtherThread.run(queue.remove());
    now.addAndGet(1);
    OtherThread.run(queue.remove());
    assertThat(router.mirrored().made()).isEqualTo(1);
    assertThat(router.mirrored().late()).isEqualTo(1);
  }

  @Test
  void limits_that_let_nothing_through_are_refused() {
    assertThatThrownBy(() -> MirrorLimits.underWay(0))
        .hasMessage("mirror limit of 0 copies under way: expected at least 1");
    assertThatThrownBy(() -> MirrorLimits.defaults().patience(Duration.ZERO))
        .hasMessage("mirror patience 0ms: expected more than nothing and at most 1d");
    assertThat(MirrorLimits.defaults()).hasToString("32 under way, waiting at most 10s");
  }

  @Test
  void a_host_leaves_out_what_must_not_happen_twice() {
    router.apply(mirrored(100));
    var charges = new ArrayList<Version>();
    router.call(
        "eve",
        new RoutedCall<String, RuntimeException>() {
          @Override
          public String on(Version version) {
            charges.add(version);
            return answer(version);
          }

          @Override
          public String mirrored(Version version) {
            return answer(version);
          }
        });
    makeCopies();
    assertThat(calls).containsExactly("v6", "v7");
    assertThat(charges).containsExactly(V6);
  }

  @Test
  void comparisons_are_counted_by_kind_and_are_a_metric_of_the_candidate() {
    router.apply(mirrored(100));
    var lengths =
        router.comparing(
            (String stable, String candidate) ->
                candidate.length() < stable.length()
                    ? Comparison.mismatch("shorter")
                    : Comparison.match());
    for (var number = 0; number < 10; number++) {
      var short7 = number < 3;
      lengths.call("eve", version -> version.equals(V7) && short7 ? "no" : "yes");
    }
    assertThat(mismatchRate().samples()).isZero();
    makeCopies();
    assertThat(mismatchRate().value()).isEqualTo(0.3);
    assertThat(mismatchRate().samples()).isEqualTo(10);
    assertThat(router.windows().comparisons("support-prompt", V7).snapshot().errorKinds())
        .containsExactly(entry("shorter", 3L));
    assertThat(router.mirrored().matches()).isEqualTo(7);
    assertThat(router.mirrored().mismatches()).isEqualTo(3);
    assertThat(window(V7).errors()).isZero();
  }

  private Reading mismatchRate() {
    return router
        .windows()
        .read(
            new MetricQuery(
                "support-prompt", V7, Metric.MIRROR_MISMATCH_RATE, Duration.ofMinutes(5)));
  }

  @Test
  void a_comparator_that_fails_is_a_fault_and_compares_nothing() {
    router.apply(mirrored(100));
    router
        .comparing(
            (String stable, String candidate) -> {
              throw new IllegalStateException("no schema");
            })
        .call("eve", this::answer);
    router.comparing((String stable, String candidate) -> null).call("eve", this::answer);
    makeCopies();
    assertThat(router.faults()).isEqualTo(2);
    assertThat(router.mirrored().made()).isEqualTo(2);
    assertThat(mismatchRate().samples()).isZero();
    assertThat(window(V7).requests()).isEqualTo(2);
  }

  @Test
  void a_classifier_judges_copies_too() {
    router.apply(mirrored(100));
    router
        .classifying(Classifier.<String>counting(String::length))
        .comparing(MirrorComparator.equality())
        .call("eve", this::answer);
    makeCopies();
    assertThat(window(V7).tokens()).isEqualTo("answer of v7".length());
    assertThat(router.mirrored().mismatches()).isEqualTo(1);
  }

  @Test
  void each_of_several_releases_has_the_limits_to_itself() {
    var routers =
        LocalRouters.create(r -> r.release(PROMPT).mirrorOn(queue::add, MirrorLimits.underWay(1)));
    var other = Release.named("answer-model").initial(V6);
    routers.router(other);
    routers.apply(mirrored(100));
    routers.apply(new TrafficSplit("answer-model", V6, V7, Weight.ZERO, Weight.FULL, List.of()));
    for (var router : List.of(routers.router(PROMPT), routers.router(other))) {
      router.call("eve", this::answer);
      router.call("eve", this::answer);
      assertThat(router.mirrored().underWay()).isEqualTo(1);
      assertThat(router.mirrored().full()).isEqualTo(1);
    }
  }

  @Test
  void labels_are_short_words() {
    assertThatThrownBy(() -> Comparison.mismatch("x".repeat(61)))
        .hasMessageContaining("label of a comparison with 61 characters");
    assertThatThrownBy(() -> Comparison.mismatch(" ")).hasMessageContaining("expected a short");
    assertThat(Comparison.match()).hasToString("match");
  }

  @Test
  void a_router_that_may_mirror_allocates_nothing_while_it_does_not() {
    router.apply(weighted(10));
    var users = IntStream.range(0, 1_000).mapToObj(number -> "user-" + number).toList();
    var bytes =
        Allocations.perCall(
            20_000, call -> router.call(users.get(call % 1_000), LocalRouterMirrorTest::size));
    assertThat(bytes).isLessThan(0.5);
  }

  private static Integer size(Version version) {
    return version.id().length();
  }
}
