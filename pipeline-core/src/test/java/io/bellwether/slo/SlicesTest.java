package io.bellwether.slo;

import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SlicesTest {
  /** Sums of such shares one by one, each in lowest terms, took most of a minute. */
  @Test
  void a_month_of_minutes_with_hundreds_of_different_totals_is_added_up_exactly_and_soon() {
    var cells =
        LongStream.range(0, 43_200)
            .mapToObj(
                i ->
                    CountCell.of(
                        Span.of(START.plus(ofMinutes(i)), ofMinutes(1)),
                        Counts.ofBadAndTotal(i % 29, 10_007 + 2 * (i % 500))))
            .toList();
    var slices =
        assertTimeout(
            ofSeconds(10),
            () -> Slices.of(CountSeries.of(cells), Budgeting.ratioTimeslices(ofMinutes(1))));

    assertThat(slices.observed()).isEqualTo(43_200);
    var mean = slices.goodness().dividedBy(Fraction.of(43_200));
    assertThat(mean.isBelow(Fraction.ONE)).isTrue();
    assertThat(mean.percent()).isEqualTo("99.87%");
    assertThat(cells.get(cells.size() - 1).span().to()).isEqualTo(END);
  }
}
