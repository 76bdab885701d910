package io.bellwether.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.vectors.VectorFile;
import io.bellwether.vectors.VectorObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Runs every case of {@code slo.json}: the one in the directory of the system property {@code
 * vectors.dir} when it is set, else the one on the class path.
 */
class SloVectorsTest {
  private static List<VectorObject> cases() {
    var file = VectorFile.read("slo.json");
    var cases = new ArrayList<>(file.objects("field_vectors"));
    cases.addAll(file.objects("own_vectors"));
    return cases;
  }

  @TestFactory
  Stream<DynamicTest> every_case_gives_what_it_says(TestReporter reporter) {
    var cases = cases();
    assertThat(cases).isNotEmpty();
    reporter.publishEntry("cases of slo.json", String.valueOf(cases.size()));
    System.out.println("slo.json: " + cases.size() + " cases");
    return cases.stream()
        .map(one -> DynamicTest.dynamicTest(one.text("id"), () -> SloVector.of(one).check()));
  }

  @Test
  void every_case_has_an_id_of_its_own() {
    assertThat(cases().stream().map(one -> one.text("id"))).doesNotHaveDuplicates();
  }

  @Test
  void a_case_of_an_unknown_kind_fails() {
    assertRefused("'kind': 'voodoo', 'inputs': {}, 'expected': {'sli': 1}", "unknown kind");
  }

  @Test
  void a_field_nobody_knows_fails_its_case() {
    assertRefused(
        "'kind': 'sli', 'inputs': {'good': 1, 'total': 2, 'moon': 1}, 'expected': {'sli': 0.5}",
        "moon");
    assertRefused(
        "'kind': 'sli', 'inputs': {'good': 1, 'total': 2}, 'expected': {'moon': 0.5}", "moon");
    assertRefused(
        "'kind': 'sli', 'moon': 1, 'inputs': {'good': 1, 'total': 2}, 'expected': {'sli': 0.5}",
        "moon");
  }

  @Test
  void a_case_that_expects_nothing_or_something_else_fails() {
    assertRefused("'kind': 'sli', 'inputs': {'good': 1, 'total': 2}, 'expected': {}", "nothing");
    assertRefused(
        "'kind': 'sli', 'inputs': {'good': 1, 'total': 2}, 'expected': {'sli': 0.6}", "sli");
    assertRefused(
        "'kind': 'sli', 'inputs': {'good': 1, 'total': 2}, 'expected': {'sli': 0.5},"
            + " 'exact': {'sli': '1/3'}",
        "exact");
  }

  private static void assertRefused(String fields, String because) {
    var json = "{'id': 'x', 'tolerance': 1e-9, " + fields + "}";
    var vector = SloVector.of(VectorFile.parse(json.replace('\'', '"')));
    assertThatThrownBy(vector::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(because);
  }
}
