package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedOnceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = Long.MAX_VALUE - 25 * SECOND;

  private final OutcomeWindows windows =
      OutcomeWindows.create(w -> w.ticker(() -> START).deadline(Duration.ofSeconds(60)));
  private final CountedOnce perBlock = CountedOnce.perBlock(windows, 1_000);
  private final CountedOnce perRequest = CountedOnce.perRequest(windows, 1_000);

  @Test
  void a_user_counts_once_in_a_block_of_the_windows_and_again_in_the_next() {
    assertThat(perBlock.admits("ann", START)).isTrue();
    assertThat(perBlock.admits("ann", START + 9 * SECOND)).isFalse();
    assertThat(perBlock.admits("bob", START + 9 * SECOND)).isTrue();
    assertThat(perBlock.admits("ann", START + 10 * SECOND)).isTrue();
    assertThat(perBlock.admits("ann", START + 31 * SECOND)).isTrue();
  }

  @Test
  void a_request_of_a_block_that_is_over_does_not_count() {
    assertThat(perBlock.admits("ann", START + 10 * SECOND)).isTrue();
    assertThat(perBlock.admits("bob", START + 9 * SECOND)).isFalse();
  }

  @Test
  void a_hundred_retries_are_one_outcome() {
    assertThat(IntStream.range(0, 100).filter(i -> perRequest.admits("request-7", START + i)))
        .hasSize(1);
  }

  @Test
  void a_retry_does_not_count_whenever_it_comes_within_the_deadline() {
    assertThat(perRequest.admits("request-7", START + 59 * SECOND)).isTrue();
    assertThat(perRequest.admits("request-7", START + 61 * SECOND)).isFalse();
    assertThat(perRequest.admits("request-7", START + 125 * SECOND)).isFalse();
    assertThat(perRequest.admits("request-8", START + 125 * SECOND)).isTrue();
    assertThat(perRequest.admits("request-8", START + 245 * SECOND)).isTrue();
  }

  @Test
  void threads_that_meet_admit_a_key_once() {
    var admitted =
        IntStream.range(0, 10_000)
            .parallel()
            .filter(i -> perBlock.admits("user " + i % 500, START))
            .count();
    assertThat(admitted).isEqualTo(500);
  }

  @Test
  void keys_beyond_the_capacity_do_not_count() {
    var small = CountedOnce.perBlock(windows, 3);
    assertThat(IntStream.range(0, 10).filter(i -> small.admits("user " + i, START))).hasSize(3);
  }

  @Test
  void no_capacity_is_refused() {
    assertThatThrownBy(() -> CountedOnce.perRequest(windows, 0))
        .hasMessage("capacity of 0 keys: expected at least 1");
  }
}
