package io.bellwether.testing;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MutableClockTest {
  private final MutableClock clock = MutableClock.create();

  @Test
  void it_stands_still_at_the_start() {
    assertThat(clock.instant()).isEqualTo(MutableClock.START);
    assertThat(clock.nanos()).isZero();
  }

  @Test
  void advancing_moves_the_wall_clock_and_the_ticker() {
    clock.advance(ofMinutes(10));

    assertThat(clock.instant()).isEqualTo("2026-01-01T00:10:00Z");
    assertThat(clock.nanos()).isEqualTo(ofMinutes(10).toNanos());
  }

  @Test
  void a_wall_jump_leaves_elapsed_time_alone() {
    clock.advance(ofMinutes(1)).wallJump(ofHours(-1));

    assertThat(clock.instant()).isEqualTo("2025-12-31T23:01:00Z");
    assertThat(clock.nanos()).isEqualTo(ofMinutes(1).toNanos());

    clock.wallTo(Instant.parse("2030-06-01T12:00:00Z"));

    assertThat(clock.instant()).isEqualTo("2030-06-01T12:00:00Z");
    assertThat(clock.nanos()).isEqualTo(ofMinutes(1).toNanos());
  }

  @Test
  void elapsed_time_never_goes_back() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(ofNanos(-1)))
        .withMessage(
            "advance(-1ns): elapsed time never goes back; wallJump moves the wall" + " clock");
  }

  @Test
  void the_ticker_may_overflow_as_a_real_one_may() {
    var old = MutableClock.at(MutableClock.START, Long.MAX_VALUE);
    var before = old.nanos();

    old.advance(ofNanos(5));

    assertThat(old.nanos()).isNegative();
    assertThat(old.nanos() - before).isEqualTo(5);
  }
}
