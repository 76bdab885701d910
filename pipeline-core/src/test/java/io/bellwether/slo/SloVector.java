package io.bellwether.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.analysis.VectorObject;
import java.util.List;
import java.util.Map;

/** One test vector of SLOs: what goes in, and what has to come out. */
record SloVector(VectorObject vector, VectorObject in, VectorObject expected) {
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
      exact(vector.object("exact"), computed);
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

  private static void exact(VectorObject exact, Map<String, Object> computed) {
    for (var name : exact.names()) {
      assertThat(computed.get(name)).as("exact %s", name).hasToString(exact.text(name));
    }
  }
}
