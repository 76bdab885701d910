package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What threads do that were suspended between finding a block and adding to it. */
class BlocksTest {
  private static final long SECOND = 1_000_000_000L;

  private final ManualTicker ticker = new ManualTicker();
  private final long origin = ticker.nanos();
  private final Blocks blocks =
      new Blocks(
          new WindowSettings(
              ticker,
              origin,
              10 * SECOND,
              60,
              60 * SECOND,
              10 * SECOND,
              100,
              Tally.MAX_TOKENS,
              List.of()),
          origin);

  @Test
  void what_is_added_after_sealing_joins_the_block_of_that_moment_and_the_sealed_one_stays() {
    var block = blocks.unannounced(origin);
    block.addTally(0, Block.RECORDED, Tally.one(5));
    pass(70);
    var sealed = blocks.since(0);
    assertThat(sealed).extracting(BlockCounts::requests).containsExactly(1L);

    block.addTally(1, Block.RECORDED, Tally.one(7));
    block.add(1, Block.ERRORS, 1);
    block.add(1, Block.SLOW, 1);
    pass(60);
    assertThat(blocks.open()).isEmpty();
    blocks.now();
    pass(1);

    assertThat(blocks.since(0)).isEqualTo(sealed);
    assertThat(blocks.open())
        .singleElement()
        .satisfies(late -> assertThat(late.requests()).isEqualTo(1))
        .satisfies(late -> assertThat(late.errors()).isEqualTo(1))
        .satisfies(late -> assertThat(late.slow()).isEqualTo(1))
        .satisfies(late -> assertThat(late.tokens()).isEqualTo(7));
  }

  @Test
  void an_end_added_after_sealing_leaves_the_requests_in_flight_in_the_end() {
    var block = blocks.at(origin);
    block.add(0, Block.BEGUN, 1);
    pass(70);
    assertThat(blocks.inFlight()).isEqualTo(1);
    block.addTally(0, Block.ENDED, Tally.one(0));
    assertThat(blocks.inFlight()).isEqualTo(1);
    blocks.now();
    pass(60);

    assertThat(blocks.inFlight()).isZero();
    assertThat(blocks.since(0)).extracting(BlockCounts::requests).containsExactly(1L);
  }

  @Test
  void a_begin_and_an_end_on_either_side_of_a_cut_are_one_request() {
    var before = blocks.at(origin + 5 * SECOND);
    ticker.seconds(5);
    var first = blocks.at(ticker.nanos());
    first.add(0, Block.BEGUN, 1);
    blocks.split(ticker.nanos() - SECOND);
    var second = blocks.at(ticker.nanos());
    second.addTally(0, Block.ENDED, Tally.one(0));

    assertThat(first).isSameAs(before).isNotSameAs(second);
    assertThat(blocks.inFlight()).isZero();
    pass(70);
    assertThat(blocks.since(0)).extracting(BlockCounts::requests).containsExactly(1L);
    assertThat(blocks.inFlight()).isZero();
  }

  @Test
  void a_cut_in_a_block_that_is_no_longer_the_newest_is_made_in_its_place() {
    ticker.seconds(15);
    var newest = blocks.now();
    blocks.split(origin + 4 * SECOND);

    assertThat(blocks.now()).isSameAs(newest);
    assertThat(blocks.at(origin + 3 * SECOND).end).isEqualTo(origin + 4 * SECOND);
    assertThat(blocks.at(origin + 4 * SECOND).start).isEqualTo(origin + 4 * SECOND);
    assertThat(blocks.at(origin + 9 * SECOND).end).isEqualTo(origin + 10 * SECOND);
    assertThat(blocks.at(origin + 10 * SECOND)).isSameAs(newest);
  }

  @Test
  void a_start_in_a_gap_belongs_to_the_next_block_there_is() {
    ticker.seconds(45);
    var newest = blocks.now();

    assertThat(blocks.at(origin + 25 * SECOND)).isSameAs(newest);
    assertThat(blocks.at(origin + 5 * SECOND)).isNotSameAs(newest);
    assertThat(blocks.at(origin - Duration.ofDays(1).toNanos()).start).isEqualTo(origin);
  }

  private void pass(long seconds) {
    ticker.seconds(seconds);
    while (blocks.sealNext(ticker.nanos()) != Blocks.NOTHING_SEALED) {
      continue;
    }
    blocks.sweep(ticker.nanos());
  }
}
