package io.bellwether.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.Ratio;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionTest {
  @Test
  void a_sum_of_many_is_the_sum_of_each() {
    var all = IntStream.rangeClosed(1, 200).mapToObj(i -> Fraction.of(i - 1, i)).toList();
    assertThat(Fraction.sum(all)).isEqualTo(all.stream().reduce(Fraction.ZERO, Fraction::plus));
    assertThat(Fraction.sum(List.of())).isEqualTo(Fraction.ZERO);
  }

  @Test
  void what_doubles_get_wrong_is_exact() {
    var budget = Fraction.of(Ratio.percent(99.9).complement()).times(43_200);
    var spent = Fraction.of(new BigDecimal("43.2"));

    assertThat((1 - 0.999) * 43_200 - 43.2).isNotZero();
    assertThat(budget.minus(spent).signum()).isZero();
  }

  @Test
  void equal_numbers_are_equal_objects() {
    assertThat(Fraction.of(2, 4)).isEqualTo(Fraction.of(1, 2)).hasSameHashCodeAs(Fraction.of(1, 2));
    assertThat(Fraction.of(1, -2)).isEqualTo(Fraction.of(-1, 2)).hasToString("-1/2");
    assertThat(Fraction.of(0, 5)).isEqualTo(Fraction.ZERO);
  }

  @Test
  void it_adds_divides_and_compares() {
    assertThat(Fraction.of(1, 3).plus(Fraction.of(1, 6))).isEqualTo(Fraction.of(1, 2));
    assertThat(Fraction.ONE.dividedBy(Fraction.of(3)).times(3)).isEqualTo(Fraction.ONE);
    assertThat(Fraction.of(1, 3)).isGreaterThan(Fraction.of(33, 100));
    assertThat(Fraction.of(-7, 2).floor()).isEqualTo(-4);
    assertThat(Fraction.of(5, 2).rounded()).isEqualTo(3);
  }

  @Test
  void nothing_is_divided_by_zero() {
    assertThatThrownBy(() -> Fraction.of(1, 0)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Fraction.ONE.dividedBy(Fraction.ZERO))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("by zero");
  }

  @ParameterizedTest
  @CsvSource({
    "275, 900, 30.56%",
    "3, 4, 75%",
    "32399, 43200, 74.998%",
    "10799, 43200, 24.998%",
    "-7, 18, -38.89%",
    "0, 1, 0%",
    "-1, 100000000, -0.000001%",
  })
  void a_percentage_never_reads_as_an_edge_it_is_not_on(long above, long below, String text) {
    assertThat(Fraction.of(above, below).percent()).isEqualTo(text);
  }
}
