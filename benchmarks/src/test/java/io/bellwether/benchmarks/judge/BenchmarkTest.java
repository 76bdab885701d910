package io.bellwether.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BenchmarkTest {
  @Test
  void a_run_does_not_depend_on_what_else_is_run() {
    var all = new Benchmark(7, 8, "01,03,12", "sequential,kayenta-5m,threshold", 0.01).run();
    var few = new Benchmark(7, 4, "03", "kayenta-5m", 0.01).run();

    var same =
        all.cells().stream()
            .filter(cell -> cell.row().id().equals("03") && cell.judge().equals("kayenta-5m"))
            .findFirst()
            .orElseThrow();
    assertThat(few.cells()).hasSize(1);
    assertThat(same.atRollback()).contains(few.cells().get(0).atRollback());
    assertThat(
            new Benchmark(7, 8, "01,03,12", "sequential,kayenta-5m,threshold", 0.01).run().json())
        .isEqualTo(all.json());
  }

  @Test
  void the_document_has_exactly_what_was_agreed() {
    var json = new Benchmark(7, 4, "04,01", "argo-like,oracle", 0.01).run().json();

    assertThat(json)
        .startsWith("{\"rng\":7,\"reps\":4,\"alpha\":0.01,\"cells\":[\n {\"row\":\"04\",")
        .contains(
            "{\"row\":\"01\",\"judge\":\"argo-like\",\"truth\":\"good\",\"runs\":4,"
                + "\"rollbacks\":0,\"promoted\":4,\"held\":0,\"median_exposed\":null,"
                + "\"median_exposed_all\":")
        .doesNotContain("{\"row\":\"01\",\"judge\":\"oracle\"")
        .endsWith("\n]}\n");
  }

  @Test
  void the_library_judge_keeps_its_bars() {
    var report = new Benchmark(11, 40, "01,03,04,06,07,12", "sequential", 0.01).run();
    for (var cell : report.cells()) {
      var exposed = Cell.median(cell.atRollback());
      switch (cell.row().id()) {
        case "03" -> assertThat(exposed).isLessThan(370);
        case "04" -> assertThat(exposed).isLessThan(75);
        case "06" -> assertThat(exposed).isLessThan(345);
        case "07" -> assertThat(exposed).isLessThan(230);
        case "12" -> assertThat(cell.promoted()).isZero();
        default -> assertThat(cell.rollbacks()).as(cell.row().title()).isLessThanOrEqualTo(2);
      }
      if (cell.row().truth() == Row.Truth.BAD && !cell.row().id().equals("12")) {
        assertThat(cell.rollbacks()).as(cell.row().title()).isEqualTo(40);
      }
    }
  }

  @Test
  void a_row_number_without_letter_takes_all_variants() {
    assertThat(Rows.named("13,11,17b").stream().map(Row::id))
        .containsExactly("13a", "13b", "13c", "11", "17b");
    assertThatThrownBy(() -> Rows.named("99")).hasMessageStartingWith("no row 99; there are [01,");
    assertThatThrownBy(() -> new Rivals(0.01).named("nobody"))
        .hasMessageStartingWith("no judge nobody; there are [sequential,");
  }
}
