package io.bellwether.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CasesTest {
  private static final Cases.Law FAILS_SOMETIMES =
      gen -> assertThat(gen.nextInt(20)).isNotEqualTo(13);

  private final Properties outer = new Properties();

  @BeforeEach
  void startWithoutSettings() {
    outer.putAll(System.getProperties());
    System.clearProperty(Cases.NUMBER);
    System.clearProperty(Cases.FACTOR);
  }

  @AfterEach
  void restoreSettings() {
    System.setProperties(outer);
  }

  @Test
  void every_case_is_checked_and_none_is_like_another() {
    assertThat(firstDraws("a law", 500)).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void the_same_law_draws_the_same_cases_and_another_law_others() {
    assertThat(firstDraws("a law", 20))
        .isEqualTo(firstDraws("a law", 20))
        .doesNotContainAnyElementsOf(firstDraws("another law", 20));
  }

  @Test
  void a_failure_names_the_number_that_brings_its_case_back() {
    var failure = failureOf(() -> Cases.forAll("thirteen is rare", 1_000, FAILS_SOMETIMES));
    assertThat(failure)
        .hasMessageContaining("'thirteen is rare' does not hold in case ")
        .hasMessageContaining("of 1000")
        .hasMessageContaining("Expecting actual:")
        .hasCauseInstanceOf(AssertionError.class);

    var number = numberIn(failure);
    var again = failureOf(() -> Cases.only("thirteen is rare", number, FAILS_SOMETIMES));
    assertThat(again.getCause()).hasMessage(failure.getCause().getMessage());

    System.setProperty(Cases.NUMBER, Long.toString(number));
    var first = failureOf(() -> Cases.forAll("thirteen is rare", 1_000, FAILS_SOMETIMES));
    assertThat(first).hasMessageContaining("in case 1 of 1000");
  }

  @Test
  void exceptions_break_a_law_as_well() {
    var thrown = new IOException("disk full");

    var failure =
        failureOf(
            () ->
                Cases.forAll(
                    "io works",
                    1,
                    gen -> {
                      throw thrown;
                    }));

    assertThat(failure).hasCause(thrown);
  }

  @Test
  void a_long_run_checks_more_cases_and_begins_with_the_usual_ones() {
    var usual = firstDraws("a law", 10);

    System.setProperty(Cases.FACTOR, "3");

    assertThat(firstDraws("a law", 10)).hasSize(30).startsWith(usual.toArray(Long[]::new));
  }

  @Test
  void settings_that_would_check_nothing_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cases.forAll("a law", 0, gen -> {}))
        .withMessage("forAll(\"a law\", 0): no case to check");
    System.setProperty(Cases.FACTOR, "0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cases.forAll("a law", 1, gen -> {}))
        .withMessage("-Dbellwether.cases.factor=0: expected at least 1");
    System.setProperty(Cases.FACTOR, "many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cases.forAll("a law", 1, gen -> {}))
        .withMessage("-Dbellwether.cases.factor=many: expected a whole number");
  }

  private static List<Long> firstDraws(String law, int count) {
    var draws = new ArrayList<Long>();
    Cases.forAll(law, count, gen -> draws.add(gen.nextLong()));
    return draws;
  }

  private static AssertionError failureOf(ThrowingCallable call) {
    var failure = catchThrowableOfType(AssertionError.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static long numberIn(AssertionError failure) {
    var matcher =
        Pattern.compile("-Dbellwether\\.cases\\.number=(-?\\d+)").matcher(failure.getMessage());
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
