package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Blocks of 10 seconds with a deadline of 60. */
class OutcomeWindowBlocksTest {
  private final ManualTicker ticker = new ManualTicker();
  private final long origin = ticker.nanos();
  private final OutcomeWindow window =
      OutcomeWindows.create(b -> b.ticker(ticker).tokenCap(100))
          .of("support-prompt", Version.version("v7"));

  @Test
  void a_request_is_in_the_block_it_started_in() {
    ticker.seconds(9);
    var start = ticker.nanos();
    window.begin(start);
    ticker.seconds(4);
    request(1, Outcome.success(), 10);
    window.end(start, ticker.nanos(), Outcome.error("quota"), 30);
    ticker.seconds(60);

    assertThat(window.blocksSince(0))
        .containsExactly(
            block(1, 0, 10, 1, 1, 0, 0, 0, 30, 30), block(2, 10, 20, 1, 0, 0, 0, 0, 10, 10));
  }

  @Test
  void every_outcome_is_counted_and_tokens_up_to_the_cap() {
    request(1, Outcome.success(), 100);
    request(2, Outcome.empty(), 101);
    request(3, Outcome.rateLimited(), 0);
    request(4, Outcome.error("quota"), 0);
    request(5, Outcome.timeout(), 0);
    ticker.seconds(11);

    assertThat(window.blocksSince(0))
        .containsExactly(block(1, 0, 10, 15, 9, 2, 3, 0, 302, 300))
        .satisfiesExactly(block -> assertThat(block.successes()).isEqualTo(1));
  }

  @Test
  void a_block_is_sealed_a_second_after_it_is_over_when_all_its_requests_have_ended() {
    request(3, Outcome.success(), 0);
    ticker.advance(Duration.ofMillis(10_999));
    assertThat(window.blocksSince(0)).isEmpty();
    assertThat(window.openBlocks()).extracting(BlockCounts::requests).containsExactly(3L);
    ticker.advance(Duration.ofMillis(1));
    assertThat(window.blocksSince(0)).extracting(BlockCounts::requests).containsExactly(3L);
    assertThat(window.blocksSince(1)).isEmpty();
    assertThat(window.openBlocks()).isEmpty();
  }

  @Test
  void a_request_that_hangs_keeps_its_block_open_to_the_deadline_and_is_an_error_then() {
    window.latencyCut(Duration.ofSeconds(60));
    var start = ticker.nanos();
    window.begin(start);
    request(3, Outcome.success(), 0);
    ticker.advance(Duration.ofMillis(69_999));
    assertThat(window.blocksSince(0)).isEmpty();
    ticker.advance(Duration.ofMillis(1));

    assertThat(window.blocksSince(0)).containsExactly(block(1, 0, 10, 4, 1, 0, 0, 1, 0, 0));

    window.end(start, ticker.nanos(), Outcome.success(), 50);
    ticker.seconds(200);
    assertThat(window.blocksSince(0)).containsExactly(block(1, 0, 10, 4, 1, 0, 0, 1, 0, 0));
    assertThat(window.openBlocks()).isEmpty();
  }

  @Test
  void where_requests_are_recorded_without_a_begin_blocks_wait_for_the_deadline() {
    window.record(ticker.nanos(), 1, Outcome.success(), 0);
    ticker.advance(Duration.ofMillis(69_999));
    assertThat(window.blocksSince(0)).isEmpty();
    window.record(ticker.nanos(), 59_999_000_000L, Outcome.error(), 0);
    ticker.advance(Duration.ofMillis(1));
    assertThat(window.blocksSince(0))
        .containsExactly(block(1, 0, 10, 1, 0, 0, 0, 0, 0, 0))
        .doesNotContain(block(1, 0, 10, 2, 1, 0, 0, 0, 0, 0));
    ticker.seconds(10);
    assertThat(window.blocksSince(1)).containsExactly(block(2, 10, 20, 1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void a_record_that_is_too_late_for_its_block_counts_as_a_timeout_in_the_current_one() {
    ticker.seconds(100);
    window.record(ticker.nanos(), 90_000_000_000L, Outcome.success(), 7);
    ticker.seconds(70);

    assertThat(window.blocksSince(0)).containsExactly(block(1, 100, 110, 1, 1, 0, 0, 0, 7, 7));
  }

  @Test
  void the_latency_cut_counts_from_when_it_is_set() {
    request(1, Outcome.success(), 0, 3000);
    window.latencyCut(Duration.ofMillis(2000));
    request(1, Outcome.success(), 0, 2000);
    request(1, Outcome.success(), 0, 2001);
    request(1, Outcome.error(), 0, 2002);
    ticker.seconds(20);

    assertThat(window.blocksSince(0)).extracting(BlockCounts::slow).containsExactly(2L);
  }

  @Test
  void a_latency_cut_that_cannot_mean_anything_is_refused() {
    assertThatThrownBy(() -> window.latencyCut(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("latency cut 0ms: expected more than nothing and at most the deadline, 1m");
    assertThatThrownBy(() -> window.latencyCut(Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_cut_divides_requests_by_when_they_start() {
    ticker.seconds(4);
    var before = ticker.nanos();
    window.begin(before);
    ticker.advance(Duration.ofNanos(1));
    window.cutBlock(ticker.nanos());
    var after = ticker.nanos();
    window.begin(after);
    ticker.seconds(1);
    window.end(before, ticker.nanos(), Outcome.success(), 1);
    window.end(after, ticker.nanos(), Outcome.error(), 2);
    request(1, Outcome.error(), 4);
    ticker.seconds(20);

    var cut = after - origin;
    assertThat(window.blocksSince(0))
        .containsExactly(
            new BlockCounts(1, origin, origin + cut, 1, 0, 0, 0, 0, 1, 1, List.of()),
            new BlockCounts(
                2, origin + cut, origin + 10_000_000_000L, 2, 2, 0, 0, 0, 6, 6, List.of()));
  }

  @Test
  void cutting_a_hundred_thousand_times_keeps_sixteen_blocks() {
    for (var i = 0; i < 100_000; i++) {
      ticker.advance(Duration.ofNanos(5_000));
      window.cutBlock(ticker.nanos());
    }
    request(3, Outcome.success(), 1);

    assertThat(window.openBlocks()).hasSize(16);
    ticker.seconds(11);
    request(1, Outcome.success(), 1);
    window.cutBlock(ticker.nanos() - 1);
    assertThat(window.openBlocks()).as("the next slot can be cut again").hasSize(2);
    assertThat(window.blocksSince(0)).extracting(BlockCounts::requests).containsExactly(3L);
  }

  @Test
  void a_cut_that_comes_late_divides_the_block_it_falls_into() {
    window.cutBlock(origin); // where a block starts anyway
    request(1, Outcome.success(), 0);
    ticker.seconds(5);
    var cut = ticker.nanos();
    var hangs = origin + 7_000_000_000L;
    ticker.seconds(2);
    window.begin(hangs); // still counted in the first half, since the cut is not known yet
    ticker.seconds(4);
    request(1, Outcome.success(), 0);
    window.cutBlock(cut);
    window.end(hangs, ticker.nanos(), Outcome.success(), 0);
    ticker.seconds(70);
    window.cutBlock(cut + 1); // sealed by now

    var snapshot = window.snapshot();
    assertThat(snapshot.requests()).isEqualTo(3);
    assertThat(snapshot.errors()).isZero();
    assertThat(window.blocksSince(0)).extracting(BlockCounts::end).contains(cut);
    assertThat(window.blocksSince(0).stream().mapToLong(BlockCounts::requests).sum()).isEqualTo(3);
    assertThat(window.blocksSince(0)).extracting(BlockCounts::errors).containsOnly(0L);
  }

  @Test
  void sealed_blocks_are_kept_for_the_length_of_the_window_and_gaps_can_be_seen() {
    for (var second = 0; second < 2000; second++) {
      request(1, Outcome.success(), 1);
      ticker.seconds(1);
    }
    var kept = window.blocksSince(0);

    assertThat(kept).hasSize(67);
    assertThat(kept.get(66).end() - kept.get(0).start())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(10).toNanos());
    assertThat(kept).extracting(BlockCounts::sequence).startsWith(133L).endsWith(199L);
    assertThat(kept).extracting(BlockCounts::requests).containsOnly(10L);
    assertThat(window.blocksSince(197))
        .extracting(BlockCounts::sequence)
        .containsExactly(198L, 199L);
  }

  @Test
  void blocks_without_requests_are_left_out() {
    request(1, Outcome.success(), 1);
    ticker.seconds(3600);
    window.snapshot();
    ticker.seconds(15);
    request(1, Outcome.success(), 1);
    ticker.seconds(15);

    assertThat(window.blocksSince(0))
        .containsExactly(
            block(1, 0, 10, 1, 0, 0, 0, 0, 1, 1), block(2, 3610, 3620, 1, 0, 0, 0, 0, 1, 1));
  }

  /**
   * Whatever requests do, a sealed block never changes, each request is in the block it started in
   * exactly once, and the blocks add up to the window.
   */
  @Test
  void blocks_agree_with_a_plain_list_of_requests() {
    for (var seed = 0; seed < 60; seed++) {
      var time = new ManualTicker();
      var zero = time.nanos();
      var tested = OutcomeWindows.create(time).of("r", Version.version("v1"));
      var random = new SplittableRandom(seed);
      var open = new ArrayList<Long>();
      var started = new ArrayList<Long>();
      var seen = new ArrayList<BlockCounts>();
      for (var step = 0; step < 2000 && time.nanos() - zero < 590_000_000_000L; step++) {
        time.advance(Duration.ofMillis(random.nextInt(600)));
        if (random.nextInt(100) == 0) {
          tested.cutBlock(time.nanos());
        } else if (random.nextBoolean()) {
          tested.begin(time.nanos());
          open.add(time.nanos());
          started.add(time.nanos());
        } else if (!open.isEmpty() && random.nextInt(20) > 0) {
          var start = open.remove(random.nextInt(open.size()));
          tested.end(start, time.nanos(), Outcome.success(), 1);
        }
        seen.addAll(tested.blocksSince(seen.size()));
        var kept = tested.blocksSince(0);
        assertThat(kept)
            .as("seed %d", seed)
            .isEqualTo(seen.subList(seen.size() - kept.size(), seen.size()));
      }
      for (var block : seen) {
        var inBlock = started.stream().filter(s -> s >= block.start() && s < block.end()).count();
        assertThat(block.requests()).as("seed %d, %s", seed, block).isEqualTo(inBlock);
      }
      var timeouts = seen.stream().mapToLong(BlockCounts::errors).sum();
      var late = tested.openBlocks().stream().mapToLong(BlockCounts::errors).sum();
      var snapshot = tested.snapshot();
      assertThat(snapshot.errors()).as("seed %d", seed).isEqualTo(timeouts + late);
      assertThat(snapshot.inFlight()).as("seed %d", seed).isEqualTo(open.size());
    }
  }

  private void request(int times, Outcome outcome, long tokens) {
    for (var i = 0; i < times; i++) {
      request(1, outcome, tokens, 0);
    }
  }

  private void request(int times, Outcome outcome, long tokens, long millis) {
    for (var i = 0; i < times; i++) {
      var start = ticker.nanos();
      window.begin(start);
      ticker.advance(Duration.ofMillis(millis));
      window.end(start, ticker.nanos(), outcome, tokens);
    }
  }

  private BlockCounts block(
      long sequence,
      long startSeconds,
      long endSeconds,
      long requests,
      long errors,
      long empties,
      long rateLimited,
      long slow,
      long tokens,
      long cappedTokens) {
    return new BlockCounts(
        sequence,
        origin + startSeconds * 1_000_000_000L,
        origin + endSeconds * 1_000_000_000L,
        requests,
        errors,
        empties,
        rateLimited,
        slow,
        tokens,
        cappedTokens,
        List.of());
  }
}
