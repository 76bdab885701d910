package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstTest {
  private final VirtualTime time = VirtualTime.create();
  private final List<Instant> looks = new ArrayList<>();
  private final Burst burst =
      new Burst(time, time.source().scheduler(), () -> looks.add(time.instant()));

  @Test
  void news_that_come_together_cost_one_look_soon() {
    for (var i = 0; i < 100; i++) {
      burst.news();
    }
    time.advance(Burst.GATHERED_FOR);
    assertThat(looks).hasSize(1);
    time.advance(Duration.ofSeconds(10));
    assertThat(looks).hasSize(1);
  }

  @Test
  void looks_keep_a_distance_while_news_come_and_the_last_news_are_followed_by_one() {
    for (var i = 0; i < 200; i++) {
      burst.news();
      time.advance(Duration.ofMillis(10));
    }
    burst.news();
    var last = time.instant();
    time.advance(Burst.APART);
    assertThat(looks).hasSizeBetween(8, 10);
    assertThat(looks.get(looks.size() - 1)).isAfter(last);
    for (var i = 1; i < looks.size(); i++) {
      assertThat(Duration.between(looks.get(i - 1), looks.get(i)))
          .isGreaterThanOrEqualTo(Burst.APART);
    }
  }
}
