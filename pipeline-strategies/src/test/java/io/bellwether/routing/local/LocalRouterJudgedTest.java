package io.bellwether.routing.local;

import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.CappedMean;
import io.bellwether.metrics.MeanCount;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalRouterJudgedTest {
  private static final long SECOND = 1_000_000_000L;

  private long now = 1_000 * SECOND;
  private final OutcomeWindows all = OutcomeWindows.create(this::now);
  private final OutcomeWindows judged =
      OutcomeWindows.create(w -> w.ticker(all.ticker()).mean(CappedMean.of("cost", 0, 8)));
  private final LocalRouter perRequest =
      LocalRouter.of(PROMPT, r -> r.windows(all).judgeOncePerRequest(judged));
  private final LocalRouter perUser =
      LocalRouter.of(PROMPT, r -> r.windows(all).judgeOncePerUser(judged));

  private long now() {
    return now;
  }

  private List<BlockCounts> blocks(OutcomeWindows windows, Version version) {
    return windows.of("support-prompt", version).openBlocks();
  }

  private long judged(Version version) {
    return blocks(judged, version).stream().mapToLong(BlockCounts::requests).sum();
  }

  private long recorded(Version version) {
    return all.of("support-prompt", version).snapshot().requests();
  }

  private static RoutedCall<String, RuntimeException> call(String id) {
    RoutedCall<String, RuntimeException> call = version -> "answer of " + version;
    return call.withId(id);
  }

  @Test
  void retries_of_one_request_are_one_outcome_for_the_judge_and_all_count_for_the_gates() {
    for (var i = 0; i < 5; i++) {
      perRequest.call("ann", call("request-1"));
    }
    perRequest.call("ann", call("request-2"));
    perRequest.call("bob", version -> "has no id");
    perRequest.call("bob", version -> "has no id either");

    assertThat(judged(V6)).isEqualTo(4);
    assertThat(recorded(V6)).isEqualTo(8);
  }

  @Test
  void a_user_counts_once_in_a_block_whatever_the_requests() {
    perUser.call("ann", call("request-1"));
    perUser.call("ann", call("request-2"));
    perUser.call("bob", call("request-3"));
    now += 10 * SECOND;
    perUser.call("ann", call("request-4"));

    assertThat(judged(V6)).isEqualTo(3);
    assertThat(recorded(V6)).isEqualTo(4);
  }

  @Test
  void whoever_has_no_key_is_not_judged_as_nobody_drew_the_version() {
    perUser.call(null, version -> "answer");
    perRequest.call(" ", version -> "answer");

    assertThat(judged(V6)).isZero();
    assertThat(recorded(V6)).isEqualTo(2);
  }

  @Test
  void copies_of_mirrored_requests_are_not_judged() {
    var copies = new ArrayList<Runnable>();
    var router =
        LocalRouter.of(PROMPT, r -> r.windows(all).mirrorOn(copies::add).judgeOncePerUser(judged));
    router.apply(weighted(0).withMirror(Weight.FULL));
    router.call("ann", version -> "answer");
    copies.forEach(Runnable::run);

    assertThat(recorded(V7)).isEqualTo(1);
    assertThat(judged(V7)).isZero();
    assertThat(judged(V6)).isEqualTo(1);
  }

  @Test
  void a_change_of_weight_cuts_the_judged_blocks_too() {
    perRequest.call("ann", version -> "answer");
    now += SECOND;
    perRequest.apply(weighted(50));
    perRequest.call("ann", version -> "answer");

    var cut = now;
    assertThat(blocks(judged, V6)).first().extracting(BlockCounts::end).isEqualTo(cut);
  }

  @Test
  void an_id_that_cannot_be_told_hurts_nobody() {
    var answer =
        perRequest.call(
            "ann",
            new RoutedCall<String, RuntimeException>() {
              @Override
              public String on(Version version) {
                return "answer";
              }

              @Override
              public String id() {
                throw new IllegalStateException("no id");
              }
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(perRequest.faults()).isEqualTo(1);
    assertThat(judged(V6)).isZero();
    assertThat(recorded(V6)).isEqualTo(1);
  }

  @Test
  void the_classifiers_values_stand_in_the_judged_blocks() {
    var pricing =
        new Classifier<Double>() {
          @Override
          public double value(String mean, Double answer) {
            if (answer < 0) {
              throw new IllegalStateException("no price");
            }
            return mean.equals("cost") ? answer : Double.NaN;
          }
        };
    for (var price : List.of(4.0, 20.0, Double.NaN, -1.0)) {
      perRequest.<Double, RuntimeException>call("ann", pricing, version -> price);
    }
    perRequest.<Double, RuntimeException>call(null, pricing, version -> 10.0);

    assertThat(blocks(judged, V6).get(0).means()).containsExactly(new MeanCount(2, 1.5));
    assertThat(judged(V6)).isEqualTo(4);
    assertThat(perRequest.faults()).isEqualTo(1);
  }

  @Test
  void routers_of_several_releases_count_a_user_in_each() {
    var routers = LocalRouters.create(r -> r.windows(all).judgeOncePerUser(judged));
    routers.router(PROMPT).call("ann", version -> "answer");
    routers.router(Release.named("model").initial(V6)).call("ann", version -> "answer");

    assertThat(judged(V6)).isEqualTo(1);
    assertThat(judged.of("model", V6).openBlocks().get(0).requests()).isEqualTo(1);
  }

  @Test
  void windows_that_count_everything_cannot_be_the_judged_ones() {
    assertThatThrownBy(() -> LocalRouter.of(PROMPT, r -> r.windows(all).judgeOncePerRequest(all)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("give the judge windows of its own");
    assertThatThrownBy(
            () ->
                LocalRouter.of(
                    PROMPT,
                    r -> r.windows(all).judgeOncePerRequest(OutcomeWindows.create(() -> 0))))
        .hasMessageContaining("another ticker");
    assertThat(LocalRouter.of(PROMPT, r -> r.judgeOncePerUser(judged)).windows().ticker())
        .isSameAs(judged.ticker());
  }

  @Test
  void a_hundred_users_who_fail_for_ever_are_a_hundred_outcomes_a_block() {
    IntStream.range(0, 10_000).forEach(i -> perUser.call("user-" + i % 100, version -> "answer"));

    assertThat(judged(V6)).isEqualTo(100);
  }
}
