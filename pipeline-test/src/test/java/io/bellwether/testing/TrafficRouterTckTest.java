package io.bellwether.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.UserHash;
import io.bellwether.routing.Weight;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TrafficRouterTckTest {
  /** A router that is right; tests break it. */
  private static class Plain implements TrafficRouter {
    final Map<String, TrafficSplit> splits = new ConcurrentHashMap<>();

    @Override
    public void apply(TrafficSplit split) {
      if (!split.mirror().isZero() || !split.audiences().isEmpty()) {
        throw new IllegalArgumentException("weights only: " + split);
      }
      splits.put(split.release(), split);
    }

    @Override
    public TrafficSplit read(String release) {
      var split = splits.get(release);
      if (split == null) {
        throw new IllegalStateException("nothing is known of " + release);
      }
      return split;
    }

    Version serve(String key) {
      var split = read("tck-release");
      return UserHash.of("tck-release").within(key, split.weight())
          ? split.candidate()
          : split.stable();
    }
  }

  @Test
  void the_recording_router_keeps_the_rules() {
    TrafficRouterTck.verify(
        (Release release) -> RecordingRouter.create(VirtualTime.create()),
        tck ->
            tck.mirrors()
                .audiences(
                    Audience.users("ann"), Audience.cohort("beta"), Audience.header("x-a", "1")));
  }

  @Test
  void a_router_of_weights_alone_keeps_the_rules() {
    TrafficRouterTck.verify((Release release) -> new Plain());
    TrafficRouterTck.verify((Release release) -> new Plain(), tck -> tck.serving(Plain::serve));
  }

  @Test
  void a_router_that_forgets_is_told_what_was_read_and_what_was_expected() {
    refused(
        new Plain() {
          @Override
          public void apply(TrafficSplit split) {
            super.apply(split.hasCandidate() ? split.withWeight(Weight.ZERO) : split);
          }
        },
        "of 11 rules of TrafficRouter",
        "- what is read is what was applied: read after apply: expected tck-release: v2 0.1%, v1"
            + " 99.9%, was tck-release: v2 0%, v1 100%");
  }

  @Test
  void a_router_that_rounds_weights_is_refused() {
    refused(
        new Plain() {
          @Override
          public void apply(TrafficSplit split) {
            super.apply(
                split.hasCandidate()
                    ? split.withWeight(Weight.percent(Math.round(split.weight().percent())))
                    : split);
          }
        },
        "- what is read is what was applied",
        "- a weight goes back as well as up");
  }

  @Test
  void a_router_that_fails_the_second_time_is_refused() {
    refused(
        new Plain() {
          @Override
          public void apply(TrafficSplit split) {
            if (split.equals(splits.get(split.release()))) {
              throw new IllegalStateException("exists");
            }
            super.apply(split);
          }
        },
        "breaks 1 of 11 rules",
        "- applying twice is once: it threw java.lang.IllegalStateException: exists");
  }

  @Test
  void a_router_that_ignores_what_it_cannot_do_is_refused() {
    refused(
        new Plain() {
          @Override
          public void apply(TrafficSplit split) {
            super.apply(split.withMirror(Weight.ZERO).withAudiences(List.of()));
          }
        },
        "- mirroring is done or refused, as stated: tck-release: v2 0%, v1 100%, 0.1% mirrored to"
            + " v2 was not refused, and mirrors() is not stated",
        "- audiences are known or refused, as stated",
        "- a refused split changes nothing");
  }

  @Test
  void a_router_that_cannot_do_what_is_stated_is_refused() {
    refused(
        new Plain(),
        tck -> tck.mirrors().audiences(Audience.users("ann")),
        "- mirroring is done or refused, as stated: it threw",
        "- audiences are known or refused, as stated: it threw");
  }

  @Test
  void a_router_that_changes_half_before_it_refuses_is_refused() {
    refused(
        new Plain() {
          @Override
          public void apply(TrafficSplit split) {
            splits.put(split.release(), split.withMirror(Weight.ZERO).withAudiences(List.of()));
            super.apply(split);
          }
        },
        "- a refused split changes nothing: read after a split was refused");
  }

  @Test
  void a_router_that_mixes_releases_is_refused() {
    refused(
        new Plain() {
          @Override
          public void apply(TrafficSplit split) {
            super.apply(split);
            splits.put("tck-release", split);
          }

          @Override
          public TrafficSplit read(String release) {
            return splits.get("tck-release");
          }
        },
        "- another release's split does not touch this one: read of the release itself");
  }

  @Test
  void a_router_that_tears_splits_is_refused() {
    refused(
        new Plain() {
          private final AtomicInteger reads = new AtomicInteger();

          @Override
          public void apply(TrafficSplit split) {
            if (split.hasCandidate()) {
              super.apply(split.withWeight(Weight.percent(1)));
              letOthersRead();
            }
            super.apply(split);
          }

          private void letOthersRead() {
            var before = reads.get();
            for (var turn = 0; turn < 5_000 && reads.get() == before; turn++) {
              Thread.yield();
            }
          }

          @Override
          public TrafficSplit read(String release) {
            reads.incrementAndGet();
            return super.read(release);
          }
        },
        "- who reads meanwhile sees whole splits: read meanwhile: tck-release: v2 1%, v1 99% was"
            + " never applied");
  }

  @Test
  void a_router_that_says_one_thing_and_does_another_is_refused() {
    refused(
        new Plain() {
          @Override
          Version serve(String key) {
            return read("tck-release").stable();
          }
        },
        tck -> tck.serving(Plain::serve),
        "- users are served as the weight says: at 50.0% the candidate served 0 of 4000 users");
  }

  @Test
  void a_router_that_chooses_anew_each_time_is_refused() {
    refused(
        new Plain() {
          private final SplittableRandom random = new SplittableRandom(7);

          @Override
          Version serve(String key) {
            var split = read("tck-release");
            return random.nextDouble() < split.weight().share()
                ? split.candidate()
                : split.stable();
          }
        },
        tck -> tck.serving(Plain::serve),
        "- users are served as the weight says: ");
  }

  private static void refused(Plain broken, String... reasons) {
    refused(broken, tck -> tck, reasons);
  }

  private static void refused(
      Plain broken, UnaryOperator<TrafficRouterTck.Abilities<Plain>> tck, String... reasons) {
    assertThatThrownBy(
            () ->
                TrafficRouterTck.verify(
                    (Release release) -> {
                      broken.splits.clear();
                      return broken;
                    },
                    tck))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(reasons);
  }
}
