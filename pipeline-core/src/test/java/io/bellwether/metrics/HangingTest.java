package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HangingTest {
  private final Hanging hanging = new Hanging();

  @Test
  void each_is_known_by_the_time_it_started() {
    hanging.add(0, 10, 2);
    hanging.add(10, 20, 0);
    hanging.add(20, 30, 1);

    assertThat(hanging.count()).isEqualTo(3);
    assertThat(hanging.oldestEnd()).isEqualTo(10);
    assertThat(hanging.ended(9)).isTrue();
    assertThat(hanging.ended(15)).isFalse();
    assertThat(hanging.ended(-1)).isFalse();
    assertThat(hanging.ended(0)).isTrue();
    assertThat(hanging.ended(0)).isFalse();
    assertThat(hanging.oldestEnd()).isEqualTo(30);
    assertThat(hanging.ended(20)).isTrue();
    assertThat(hanging.count()).isZero();
  }

  @Test
  void the_oldest_are_put_together_so_that_memory_is_bounded() {
    for (var i = 0; i < 10_000; i++) {
      hanging.add(i * 10L, i * 10L + 10, 1);
    }
    assertThat(hanging.count()).isEqualTo(10_000);
    for (var i = 0; i < 10_000; i++) {
      assertThat(hanging.ended(i * 10L + 5)).as("%d", i).isTrue();
    }
    assertThat(hanging.count()).isZero();
  }
}
