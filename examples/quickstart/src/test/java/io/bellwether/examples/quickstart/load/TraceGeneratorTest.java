package io.bellwether.examples.quickstart.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceGeneratorTest {
  private static final int REQUESTS = 10_000;

  private final Trace trace = TraceGenerator.generate(1, REQUESTS);

  @Test
  void the_same_seed_makes_the_same_trace_and_another_seed_another() {
    var again = TraceGenerator.generate(1, REQUESTS);
    var other = TraceGenerator.generate(2, REQUESTS);
    assertThat(again.arrivalNanos(9_999)).isEqualTo(trace.arrivalNanos(9_999));
    assertThat(again.contextTokens(9_999)).isEqualTo(trace.contextTokens(9_999));
    assertThat(other.arrivalNanos(9_999)).isNotEqualTo(trace.arrivalNanos(9_999));
  }

  @Test
  void it_has_the_stated_rate_and_token_counts() {
    assertThat(REQUESTS / (trace.span().toMillis() / 1000.0)).isCloseTo(5.5, within(0.5));
    assertThat(median(IntStream.range(0, REQUESTS).map(trace::contextTokens)))
        .isCloseTo(1020, within(60));
    assertThat(median(IntStream.range(0, REQUESTS).map(trace::generatedTokens)))
        .isCloseTo(129, within(8));
  }

  @Test
  void it_is_burstier_than_arrivals_at_an_even_rate() {
    var perBlock = new int[(int) trace.span().toSeconds() / 10];
    for (var request = 0; request < REQUESTS; request++) {
      var block = (int) (trace.arrivalNanos(request) / 10_000_000_000L);
      if (block < perBlock.length) {
        perBlock[block]++;
      }
    }
    var mean = Arrays.stream(perBlock).average().orElseThrow();
    var variance =
        Arrays.stream(perBlock).mapToDouble(n -> (n - mean) * (n - mean)).average().orElseThrow();
    assertThat(variance / mean).as("1 for an even rate").isGreaterThan(2);
  }

  private static int median(IntStream values) {
    return values.sorted().skip(REQUESTS / 2).findFirst().orElseThrow();
  }
}
