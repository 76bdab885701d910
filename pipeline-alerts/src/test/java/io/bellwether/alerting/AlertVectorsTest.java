package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alerting.vectors.AlertVector;
import io.bellwether.vectors.VectorFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Runs every case of {@code alert.json}: the one in the directory of the system property {@code
 * vectors.dir} when it is set, else the one on the class path.
 */
class AlertVectorsTest {
  @TestFactory
  Stream<DynamicTest> every_case_is_as_stated(TestReporter reporter) {
    var file = VectorFile.read("alert.json");
    var cases = file.objects("cases");
    assertThat(cases).isNotEmpty();
    reporter.publishEntry("cases of alert.json", String.valueOf(cases.size()));
    System.out.println("alert.json: " + cases.size() + " cases");
    return cases.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.text("id") + " " + one.text("kind"),
                    () -> AlertVector.check(one, file.object("route_trees"))));
  }

  @Test
  void every_case_has_an_id_of_its_own() {
    var ids = new ArrayList<String>();
    VectorFile.read("alert.json").objects("cases").forEach(one -> ids.add(one.text("id")));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void a_case_of_an_unknown_kind_fails() {
    assertRefused(
        "{'kind': 'voodoo', 'given': {}, 'expect': {}}", "unknown kind of vector: voodoo");
  }

  @Test
  void a_field_nobody_knows_fails_its_case() {
    for (var unknown :
        List.of(
            "{'kind': 'matcher', 'tail': 1, 'given': {'name': 'l', 'op': '=', 'value': 'x',"
                + " 'labels': {}}, 'expect': {'match': false}}",
            "{'kind': 'matcher', 'given': {'name': 'l', 'op': '=', 'value': 'x', 'tail': 1,"
                + " 'labels': {}}, 'expect': {'match': false}}",
            "{'kind': 'truncate', 'given': {'text': '', 'max_code_points': 5}, 'expect': {'text':"
                + " '', 'truncated': false, 'tail': 1}}")) {
      assertRefused(unknown, "tail");
    }
  }

  @Test
  void a_case_that_expects_something_else_fails() {
    assertRefused(
        "{'kind': 'matcher', 'given': {'name': 'l', 'op': '=', 'value': 'x', 'labels': {}},"
            + " 'expect': {'match': true}}",
        "true");
  }

  private static void assertRefused(String json, String because) {
    var vector = VectorFile.parse(json.replace('\'', '"'));
    assertThatThrownBy(() -> AlertVector.check(vector, VectorFile.parse("{}")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(because);
  }
}
