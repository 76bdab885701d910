package io.bellwether.examples.quickstart.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
  @Test
  void everybody_asks_about_equally_often() {
    var asked =
        LongStream.range(0, 10_000)
            .mapToObj(new Population(10, 1)::user)
            .collect(Collectors.groupingBy(user -> user, Collectors.counting()));
    assertThat(asked).hasSize(10);
    assertThat(asked.values()).allSatisfy(n -> assertThat(n).isCloseTo(1_000L, within(150L)));
  }

  @Test
  void a_request_is_always_the_same_users() {
    assertThat(new Population(20_000, 1).user(77)).isEqualTo(new Population(20_000, 1).user(77));
  }
}
