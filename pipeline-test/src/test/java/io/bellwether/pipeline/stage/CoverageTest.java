package io.bellwether.pipeline.stage;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
  private static final String JACOCO =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
      <report name="chat"><sessioninfo id="a" start="1" dump="2"/>
        <package name="chat"><class name="chat/A"><counter type="LINE" missed="1" covered="1"/>
          </class><counter type="LINE" missed="9" covered="1"/></package>
        <counter type="INSTRUCTION" missed="70" covered="900"/>
        <counter type="LINE" missed="20" covered="80"/>
      </report>
      """;

  @TempDir private Path folder;

  @Test
  void the_reports_own_counter_is_read_from_jacoco() throws IOException {
    assertThat(Coverage.read(file("jacoco.xml", JACOCO))).isEqualTo(new Coverage(80, 100));
  }

  @Test
  void a_report_cannot_make_the_reader_fetch_anything() throws IOException {
    var secret = file("secret.txt", "<counter type=\"LINE\" missed=\"0\" covered=\"5\"/>");
    var evil =
        "<?xml version=\"1.0\"?><!DOCTYPE report [<!ENTITY x SYSTEM \""
            + secret.toUri()
            + "\">]><report name=\"x\">&x;</report>";

    assertThatThrownBy(() -> Coverage.read(file("evil.xml", evil)))
        .isInstanceOf(BellwetherException.class);
  }

  @Test
  void lcov_is_summed_over_its_records() throws IOException {
    var lcov =
        """
        TN:
        SF:src/a.js
        DA:1,3
        DA:2,0
        LF:2
        LH:1
        end_of_record
        SF:src/b.js
        DA:1,0
        DA:1,2
        DA:7,1,checksum
        DA:8,0
        end_of_record
        """;
    assertThat(Coverage.read(file("lcov.info", lcov))).isEqualTo(new Coverage(3, 5));
  }

  @Test
  void the_total_is_read_from_a_coverage_summary() throws IOException {
    var summary =
        "{\"total\":{\"lines\":{\"total\":500,\"covered\":416,\"skipped\":0,\"pct\":83.2},"
            + "\"branches\":{\"total\":0,\"covered\":0,\"skipped\":0,\"pct\":\"Unknown\"}},"
            + "\"/src/a.js\":{\"lines\":{\"total\":1,\"covered\":0,\"pct\":0}}}";
    assertThat(Coverage.read(file("coverage-summary.json", summary)))
        .hasToString("83.2% (416 of 500 lines)");
  }

  @ParameterizedTest
  @CsvSource({
    "80, 100, true",
    "79, 100, false",
    "4, 5, true",
    "799999, 1000000, false",
    "800000, 1000000, true",
    "0, 0, false"
  })
  void exactly_the_share_is_enough(long covered, long total, boolean enough) {
    assertThat(new Coverage(covered, total).isAtLeast(percent(80))).isEqualTo(enough);
  }

  @Test
  void several_reports_count_together() throws IOException {
    var gate = QualityGate.of(file("a.xml", JACOCO), file("b.info", "DA:1,1\nend_of_record\n"));
    assertThat(run(gate)).isEqualTo("line coverage 80.2% (81 of 101 lines), at least 80% required");
    assertThat(run(gate.atLeast(percent(90)))).startsWith("line coverage 80.2%");
  }

  @Test
  void what_is_no_report_is_refused_with_its_name() throws IOException {
    for (var text :
        new String[] {
          "hello",
          "<html/>",
          "{\"a\":1}",
          "DA:x,y\nend_of_record",
          "<report><counter type=\"LINE\" missed=\"x\" covered=\"1\"/></report>"
        }) {
      assertThatThrownBy(() -> Coverage.read(file("odd", text)))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("coverage report " + folder.resolve("odd"));
    }
    assertThatThrownBy(() -> Coverage.read(folder.resolve("none")))
        .hasMessageContaining("did the tests run?");
  }

  @Test
  void a_report_that_is_cut_off_or_huge_or_counted_twice_is_no_evidence() throws IOException {
    var cut = file("cut.info", "DA:1,1\nend_of_record\nSF:b\nDA:1,0\nDA:2,0\n");
    assertThatThrownBy(() -> Coverage.read(cut))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("is cut off");
    var huge = folder.resolve("huge.info");
    try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertThatThrownBy(() -> Coverage.read(huge))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("has 3221225472 bytes, expected at most 67108864");
    assertThatThrownBy(() -> QualityGate.of(cut, folder.resolve("./cut.info")))
        .hasMessageContaining("would count twice");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_a_report_and_other_encodings_are_said() throws IOException {
    assertThat(Coverage.read(file("bom.xml", "\uFEFF" + JACOCO))).isEqualTo(new Coverage(80, 100));
    var latin = Files.write(folder.resolve("latin.info"), new byte[] {'S', 'F', ':', (byte) 0xE9});
    assertThatThrownBy(() -> Coverage.read(latin)).hasMessageContaining("is not in UTF-8");
  }

  private String run(QualityGate gate) {
    var time = VirtualTime.create();
    var pipeline = Pipeline.named("chat", p -> p.stage("quality", s -> s.run(gate)));
    try (var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r)) {
      return runner
          .start(pipeline, Trigger.of("main", "1", "dev"))
          .state()
          .stage("quality")
          .message();
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
