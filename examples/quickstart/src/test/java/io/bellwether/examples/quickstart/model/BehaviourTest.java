package io.bellwether.examples.quickstart.model;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BehaviourTest {
  private static final int DRAWS = 100_000;
  private static final Behaviour BUSY =
      new Behaviour(
          new LogNormal(Duration.ofMillis(400), 0.5), percent(10), percent(5), percent(2));

  @Test
  void fates_come_in_the_stated_shares() {
    var random = new SplittableRandom(11);
    var counts = new EnumMap<Fate.Kind, Integer>(Fate.Kind.class);
    for (var draw = 0; draw < DRAWS; draw++) {
      counts.merge(BUSY.draw(random).kind(), 1, Integer::sum);
    }
    assertThat(counts.get(Fate.Kind.BROKEN)).isCloseTo(5_000, within(300));
    assertThat(counts.get(Fate.Kind.OVERLOADED)).isCloseTo(5_000, within(300));
    assertThat(counts.get(Fate.Kind.RATE_LIMITED)).isCloseTo(5_000, within(300));
    assertThat(counts.get(Fate.Kind.EMPTY)).isCloseTo(2_000, within(200));
  }

  @Test
  void latencies_have_the_stated_median_and_tail() {
    var random = new SplittableRandom(12);
    var millis =
        Stream.generate(() -> BUSY.draw(random).delay().toNanos() / 1e6)
            .limit(DRAWS)
            .sorted()
            .toList();
    assertThat(millis.get(DRAWS / 2)).isCloseTo(400, within(8.0));
    assertThat(millis.get(DRAWS * 95 / 100))
        .isCloseTo(BUSY.latency().quantile(1.645).toMillis(), within(20.0));
  }

  @Test
  void a_faster_clock_changes_the_latency_alone() {
    var faster = BUSY.faster(40);
    assertThat(faster.latency()).isEqualTo(new LogNormal(Duration.ofMillis(10), 0.5));
    assertThat(faster.withLatency(BUSY.latency())).isEqualTo(BUSY);
  }

  @Test
  void shares_beyond_the_whole_are_refused() {
    assertThatThrownBy(() -> BUSY.withErrors(percent(94)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model behaviour: errors 94%, rate limited 5% and empties 2% are more than 100%"
                + " together");
  }
}
