package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads record while time runs and others read: nothing is lost, nothing counted twice. */
class OutcomeWindowConcurrencyTest {
  private static final int THREADS = 4;
  private static final int REQUESTS = 100_000;
  private static final long LAG = Duration.ofSeconds(5).toNanos();
  private static final Outcome[] OUTCOMES = {
    Outcome.success(), Outcome.empty(), Outcome.rateLimited(), Outcome.error("quota")
  };

  private final ManualTicker ticker = new ManualTicker();
  private final long origin = ticker.nanos();

  /** The time each thread has read last; time does not run further ahead of it than the lag. */
  private final AtomicLongArray seen = new AtomicLongArray(THREADS);

  private final OutcomeWindow window =
      OutcomeWindows.create(
              b ->
                  b.ticker(ticker)
                      .length(Duration.ofSeconds(720))
                      .slice(Duration.ofSeconds(1))
                      .block(Duration.ofSeconds(1))
                      .deadline(Duration.ofSeconds(60)))
          .of("support-prompt", Version.version("v7"));
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void recorded_requests_are_all_there_however_often_slices_change() throws Exception {
    run((random, now) -> record(random, now, window));
  }

  @Test
  void requests_that_begin_and_end_are_all_there_and_none_stays_in_flight() throws Exception {
    run((random, now) -> beginAndEnd(random, now, window));
    assertThat(window.snapshot().inFlight()).isZero();
  }

  private interface Request {
    /** Makes a request, which takes no longer than the lag, and returns its outcome's number. */
    int make(SplittableRandom random, long now);
  }

  private static int record(SplittableRandom random, long now, OutcomeWindow window) {
    var outcome = outcome(random);
    window.record(now, random.nextLong(LAG), OUTCOMES[outcome], 10);
    return outcome;
  }

  private int beginAndEnd(SplittableRandom random, long now, OutcomeWindow window) {
    var outcome = outcome(random);
    window.begin(now);
    window.end(now, ticker.nanos(), OUTCOMES[outcome], 10);
    return outcome;
  }

  private static int outcome(SplittableRandom random) {
    return random.nextInt(10) > 0 ? 0 : random.nextInt(OUTCOMES.length);
  }

  private void run(Request request) throws Exception {
    for (var thread = 0; thread < THREADS; thread++) {
      seen.set(thread, origin);
    }
    var work = new ArrayList<Future<long[]>>();
    for (var thread = 0; thread < THREADS; thread++) {
      work.add(threads.submit(work(thread, request)));
    }
    var blocks = threads.submit(() -> readBlocks(work));

    var expected = new long[OUTCOMES.length];
    for (var counts : work) {
      var got = counts.get(60, TimeUnit.SECONDS);
      for (var i = 0; i < got.length; i++) {
        expected[i] += got[i];
      }
    }
    verify(expected, blocks.get(60, TimeUnit.SECONDS));
  }

  private Callable<long[]> work(int thread, Request request) {
    return () -> {
      var random = new SplittableRandom(thread);
      var counts = new long[OUTCOMES.length];
      for (var i = 0; i < REQUESTS; i++) {
        var now = ticker.nanos();
        seen.set(thread, now);
        counts[request.make(random, now)]++;
        if (i % 50 == 0) {
          while (now - slowest() >= LAG) {
            Thread.yield();
          }
          ticker.advance(Duration.ofMillis(20));
        }
      }
      seen.set(thread, Long.MAX_VALUE);
      return counts;
    };
  }

  private long slowest() {
    var slowest = Long.MAX_VALUE;
    for (var thread = 0; thread < THREADS; thread++) {
      slowest = Math.min(slowest, seen.get(thread));
    }
    return slowest;
  }

  private List<BlockCounts> readBlocks(List<Future<long[]>> work) {
    var sealed = new ArrayList<BlockCounts>();
    for (var i = 0; !work.stream().allMatch(Future::isDone); i++) {
      sealed.addAll(window.blocksSince(sealed.size()));
      var snapshot = window.snapshot();
      assertThat(snapshot.successes()).isNotNegative();
      assertThat(snapshot.errors()).isLessThanOrEqualTo(snapshot.requests());
      assertThat(window.errorRate()).matches(rate -> !(rate < 0 || rate > 1), "a rate");
      if (i % 100 == 0) {
        window.cutBlock(ticker.nanos());
      }
    }
    return sealed;
  }

  private void verify(long[] expected, List<BlockCounts> sealed) {
    var snapshot = window.snapshot();
    var kinds = new HashMap<>(snapshot.errorKinds());
    assertThat(snapshot.requests()).isEqualTo((long) THREADS * REQUESTS);
    assertThat(snapshot.tokens()).isEqualTo(10L * THREADS * REQUESTS);
    assertThat(snapshot.empties()).isEqualTo(expected[1]);
    assertThat(snapshot.rateLimited()).isEqualTo(expected[2]);
    assertThat(snapshot.errors()).isEqualTo(expected[3]);
    assertThat(kinds).containsOnlyKeys("quota").containsEntry("quota", expected[3]);

    assertThat(ticker.nanos() - origin).isEqualTo(Duration.ofSeconds(160).toNanos());
    var all = new ArrayList<>(sealed);
    all.addAll(window.blocksSince(sealed.size()));
    all.addAll(window.openBlocks());
    assertThat(all.stream().mapToLong(BlockCounts::requests).sum()).isEqualTo(snapshot.requests());
    assertThat(all.stream().mapToLong(BlockCounts::errors).sum()).isEqualTo(expected[3]);
    assertThat(all.stream().mapToLong(BlockCounts::empties).sum()).isEqualTo(expected[1]);
    assertThat(all.stream().mapToLong(BlockCounts::rateLimited).sum()).isEqualTo(expected[2]);
    assertThat(all.stream().mapToLong(BlockCounts::tokens).sum()).isEqualTo(snapshot.tokens());
  }
}
