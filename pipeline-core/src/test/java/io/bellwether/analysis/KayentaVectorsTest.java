package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.vectors.VectorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Runs every case of {@code kayenta.json}: the one in the directory of the system property {@code
 * vectors.dir} when it is set, else the one on the class path.
 */
class KayentaVectorsTest {
  @TestFactory
  Stream<DynamicTest> every_case_gives_what_kayenta_gives(TestReporter reporter) {
    var cases = VectorFile.read("kayenta.json").objects("cases");
    assertThat(cases).isNotEmpty();
    reporter.publishEntry("cases of kayenta.json", String.valueOf(cases.size()));
    System.out.println("kayenta.json: " + cases.size() + " cases");
    return cases.stream()
        .map(one -> DynamicTest.dynamicTest(one.text("id"), () -> KayentaVector.of(one).check()));
  }

  @Test
  void every_case_has_an_id_of_its_own() {
    var ids = new ArrayList<String>();
    VectorFile.read("kayenta.json").objects("cases").forEach(one -> ids.add(one.text("id")));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void the_judge_uses_the_constants_of_kayentas_judge() {
    var defaults = VectorFile.read("kayenta.json").object("conventions").object("judgeDefaults");
    assertThat(KayentaJudge.TOLERANCE).isEqualTo(defaults.number("tolerance"));
    assertThat(KayentaJudge.CONFIDENCE).isEqualTo(defaults.number("confLevel"));
  }

  @Test
  void a_case_of_an_unknown_kind_fails() {
    assertRefused(
        "{'kind': 'voodoo', 'p': 0.01, 'expect': {'value': 1}}", "unknown kind of vector: voodoo");
  }

  @Test
  void a_field_nobody_knows_fails_its_case_however_deep_it_lies() {
    for (var unknown :
        List.of(
            "{'kind': 'normal_quantile', 'p': 0.5, 'tail': 1, 'expect': {'value': 0}}",
            "{'kind': 'normal_quantile', 'p': 0.5, 'expect': {'value': 0, 'tail': 1}}",
            "{'kind': 'score', 'groupWeights': {}, 'expect': {'summaryScore': 0}, 'metrics':"
                + " [{'classification': 'High', 'groups': ['g'], 'tail': true}]}",
            "{'kind': 'mann_whitney_ci', 'confLevel': 0.95, 'control': [1, 2], 'experiment':"
                + " [1, 2], 'solver': {'method': 'brent (R zeroin)', 'absTol': 1e-4, 'maxIter':"
                + " 1000, 'tail': 1}, 'expect': {'ciLow': -1, 'ciHigh': 1, 'estimate': 0}}")) {
      assertRefused(unknown, "tail");
    }
  }

  @Test
  void a_case_that_expects_nothing_or_something_else_fails() {
    assertRefused("{'kind': 'normal_quantile', 'p': 0.5, 'expect': {}}", "expects nothing");
    assertRefused("{'kind': 'normal_quantile', 'p': 0.5, 'expect': {'value': 0.1}}", "value");
  }

  private static void assertRefused(String json, String because) {
    var vector = KayentaVector.of(VectorFile.parse(json.replace('\'', '"')));
    assertThatThrownBy(vector::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(because);
  }
}
