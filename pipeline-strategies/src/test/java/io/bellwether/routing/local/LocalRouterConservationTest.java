package io.bellwether.routing.local;

import static io.bellwether.release.Version.version;
import static io.bellwether.routing.local.LocalRouterMirrorTest.mirrored;
import static io.bellwether.routing.local.LocalRouterTest.PROMPT;
import static io.bellwether.routing.local.LocalRouterTest.V6;
import static io.bellwether.routing.local.LocalRouterTest.V7;
import static io.bellwether.routing.local.LocalRouterTest.users;
import static io.bellwether.routing.local.LocalRouterTest.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every call is made once, and recorded once, under the version it was made with: whatever the
 * split does meanwhile, while time passes, and while a share of the calls is mirrored.
 */
@Timeout(60)
class LocalRouterConservationTest {
  private static final Version V8 = version("v8");
  private static final int CALLERS = 3;
  private static final int FLIPS = 1_000;
  private static final int ENOUGH_REQUESTS = 10_000;

  /** What was done with a version, as the calls themselves have counted it. */
  private static final class Made {
    final LongAdder live = new LongAdder();
    final LongAdder mirrored = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder empty = new LongAdder();
  }

  private final Map<Version, Made> made = Map.of(V6, new Made(), V7, new Made(), V8, new Made());
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final AtomicBoolean done = new AtomicBoolean();
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final ExecutorService copies = Executors.newFixedThreadPool(2);

  // A caller may sleep through many flips, each of which moves time on: no deadline may pass then.
  private final OutcomeWindows windows =
      OutcomeWindows.create(w -> w.ticker(now::get).deadline(Duration.ofMinutes(20)));
  private final LocalRouter router =
      LocalRouter.of(
          PROMPT,
          r ->
              r.windows(windows)
                  .mirrorOn(copies, MirrorLimits.underWay(8).patience(Duration.ofSeconds(100))));

  @AfterEach
  void stop() {
    done.set(true);
    callers.shutdownNow();
    copies.shutdownNow();
  }

  @Test
  void calls_are_neither_lost_nor_doubled_while_splits_change_time_passes_and_some_are_mirrored()
      throws Exception {
    var requests = new LongAdder();
    Callable<Void> hammer =
        () -> {
          try {
            serve(requests);
          } finally {
            done.set(true); // a caller that fails ends the test at once
          }
          return null;
        };
    var serving = IntStream.range(0, CALLERS).mapToObj(number -> callers.submit(hammer)).toList();
    flip(requests);
    done.set(true);
    for (Future<Void> caller : serving) {
      caller.get(30, TimeUnit.SECONDS);
    }
    copies.shutdown();
    assertThat(copies.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    assertThat(made.values().stream().mapToLong(version -> version.live.sum()).sum())
        .isEqualTo(requests.sum());
    made.forEach(this::assertRecorded);
    var counts = router.mirrored();
    assertThat(counts.underWay()).isZero();
    assertThat(counts.chosen()).isEqualTo(counts.made() + counts.dropped()).isPositive();
    assertThat(counts.made())
        .isEqualTo(made.values().stream().mapToLong(version -> version.mirrored.sum()).sum())
        .isPositive();
  }

  private void serve(LongAdder requests) {
    var users = users(200);
    while (!done.get()) {
      for (var user : users) {
        var kind = requests.intValue() % 5;
        requests.increment();
        try {
          router.call(user, new Counted(kind));
        } catch (IllegalStateException expected) {
          assertThat(kind).isEqualTo(1);
        }
      }
    }
  }

  private final class Counted implements RoutedCall<String, IllegalStateException> {
    private final int kind;

    Counted(int kind) {
      this.kind = kind;
    }

    @Override
    public String on(Version version) {
      made.get(version).live.increment();
      return answer(version);
    }

    @Override
    public String mirrored(Version version) {
      made.get(version).mirrored.increment();
      return answer(version);
    }

    private String answer(Version version) {
      if (kind == 1) {
        made.get(version).failed.increment();
        throw new IllegalStateException("refused");
      }
      if (kind == 2) {
        made.get(version).empty.increment();
        return "";
      }
      return "fine";
    }
  }

  /** Moves through the splits, and nearly ten minutes ahead while it does. */
  private void flip(LongAdder requests) {
    var splits =
        List.of(
            TrafficSplit.stable("support-prompt", V6),
            mirrored(40),
            weighted(30).withMirror(Weight.percent(70)),
            TrafficSplit.weighted("support-prompt", V6, V8, Weight.percent(50)),
            new TrafficSplit("support-prompt", V7, V8, Weight.ZERO, Weight.FULL, List.of()));
    for (var flip = 0; !done.get() && (flip < FLIPS || requests.sum() < ENOUGH_REQUESTS); flip++) {
      router.apply(splits.get(flip % splits.size()));
      now.addAndGet(flip < FLIPS ? Duration.ofSeconds(580).toNanos() / FLIPS : 0);
    }
  }

  private void assertRecorded(Version version, Made calls) {
    var window = windows.of("support-prompt", version).snapshot();
    assertThat(window.requests())
        .as("requests of %s", version)
        .isEqualTo(calls.live.sum() + calls.mirrored.sum())
        .isPositive();
    assertThat(window.errors()).as("errors of %s", version).isEqualTo(calls.failed.sum());
    assertThat(window.empties()).as("empties of %s", version).isEqualTo(calls.empty.sum());
    assertThat(window.inFlight()).as("in flight of %s", version).isZero();
  }
}
