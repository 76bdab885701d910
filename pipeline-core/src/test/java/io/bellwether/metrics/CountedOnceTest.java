package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedOnceTest {
  private static final long SECOND = 1_000_000_000L;
  private final CountedOnce once = CountedOnce.per(Duration.ofSeconds(10), 1_000);

  @Test
  void a_key_counts_once_in_a_stretch_and_again_in_the_next() {
    assertThat(once.admits("ann", 0)).isTrue();
    assertThat(once.admits("ann", 9 * SECOND)).isFalse();
    assertThat(once.admits("bob", 9 * SECOND)).isTrue();
    assertThat(once.admits("ann", 10 * SECOND)).isTrue();
  }

  @Test
  void a_request_of_a_stretch_that_is_over_does_not_count() {
    assertThat(once.admits("ann", 10 * SECOND)).isTrue();
    assertThat(once.admits("bob", 9 * SECOND)).isFalse();
  }

  @Test
  void a_hundred_retries_are_one_outcome() {
    assertThat(IntStream.range(0, 100).filter(i -> once.admits("request-7", i)).count()).isOne();
  }

  @Test
  void threads_that_meet_admit_a_key_once() {
    var admitted =
        IntStream.range(0, 10_000)
            .parallel()
            .filter(i -> once.admits("user " + i % 500, 1))
            .count();
    assertThat(admitted).isEqualTo(500);
  }

  @Test
  void keys_beyond_the_capacity_do_not_count() {
    var small = CountedOnce.per(Duration.ofSeconds(1), 3);
    assertThat(IntStream.range(0, 10).filter(i -> small.admits("user " + i, 0)).count())
        .isEqualTo(3);
  }

  @Test
  void a_length_of_nothing_is_refused() {
    assertThatThrownBy(() -> CountedOnce.per(Duration.ZERO, 5))
        .hasMessage("one request per key in PT0S for up to 5 keys: expected more");
  }
}
