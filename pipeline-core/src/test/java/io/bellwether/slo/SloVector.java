package io.bellwether.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.vectors.VectorObject;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One test vector of SLOs: what goes in, and what has to come out. */
record SloVector(VectorObject vector, VectorObject in, VectorObject expected) {
  private static final int DIGITS_OF_A_DOUBLE = 15;

  static SloVector of(VectorObject vector) {
    vector.skip("id", "source", "note", "basis");
    return new SloVector(vector, vector.object("inputs"), vector.object("expected"));
  }

  /** Runs the vector, and fails on a kind or a field that nothing here asks for. */
  void check() {
    assertThat(expected.isEmpty()).as("expects nothing").isFalse();
    var tolerance = vector.number("tolerance");
    var computed = SloVectorKinds.run(vector.text("kind"), in);
    for (var name : expected.names()) {
      assertThat(computed).as("what %s gives", vector.text("kind")).containsKey(name);
      compare(name, computed.get(name), tolerance);
    }
    if (vector.has("exact")) {
      exact(vector.object("exact"), computed, tolerance);
    }
    assertThat(vector.unread()).as("fields of an unknown meaning").isEmpty();
  }

  private void compare(String name, Object value, double tolerance) {
    if (value instanceof Fraction fraction) {
      assertThat(fraction.value()).as(name).isCloseTo(expected.number(name), within(tolerance));
    } else if (value instanceof Boolean flag) {
      assertThat(flag).as(name).isEqualTo(expected.flag(name));
    } else if (value instanceof List<?> list) {
      var numbers = list.stream().mapToDouble(item -> ((Fraction) item).value()).toArray();
      assertThat(numbers).as(name).containsExactly(expected.numbers(name), within(tolerance));
    } else {
      assertThat(value.toString())
          .as(name)
          .isEqualToIgnoringCase(expected.text(name).replace(' ', '_'));
    }
  }

  /** What was rounded on the way in cannot come out as a fraction of small numbers. */
  private boolean isRounded() {
    return Arrays.stream(in.ownNumbers())
        .anyMatch(number -> BigDecimal.valueOf(number).precision() >= DIGITS_OF_A_DOUBLE);
  }

  private void exact(VectorObject exact, Map<String, Object> computed, double tolerance) {
    for (var name : exact.names()) {
      var text = exact.text(name);
      if (isRounded()) {
        assertThat(((Fraction) computed.get(name)).value())
            .as("exact %s", name)
            .isCloseTo(fraction(text).value(), within(tolerance));
      } else {
        assertThat(computed.get(name)).as("exact %s", name).hasToString(text);
      }
    }
  }

  private static Fraction fraction(String text) {
    var slash = text.indexOf('/');
    return slash < 0
        ? Fraction.of(new BigDecimal(text))
        : Fraction.of(new BigDecimal(text.substring(0, slash)))
            .dividedBy(Fraction.of(new BigDecimal(text.substring(slash + 1))));
  }
}
