package io.bellwether.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bellwether.examples.quickstart.console.Style;
import io.bellwether.examples.quickstart.report.ReportFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  @TempDir private Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Quickstart.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new Style(false, false),
        args);
  }

  private void assertNothingRan(String line) {
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(line + System.lineSeparator());
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void help_is_no_failure() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Options.HELP);
  }

  @Test
  void a_wrong_option_ends_it_with_2_and_one_line() {
    assertThat(run("--sped", "3")).isEqualTo(2);
    assertNothingRan("quickstart: unknown option '--sped'; --help lists them");
  }

  @Test
  void an_unreadable_trace_ends_it_with_2_and_its_line() throws IOException {
    var trace =
        Files.writeString(
            dir.resolve("trace.csv"),
            "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,many,44\n");
    assertThat(run("--trace", trace.toString(), "--out", dir.resolve("demo").toString()))
        .isEqualTo(2);
    assertNothingRan(
        "quickstart: "
            + trace
            + ":2: ContextTokens 'many': expected a whole number from 0 to 9999999");
    assertThat(dir.resolve("demo")).doesNotExist();
  }

  @Test
  void a_place_for_the_report_that_cannot_be_made_ends_it_with_2() throws IOException {
    var file = Files.writeString(dir.resolve("file"), "");
    assertThat(run("--out", file.resolve("demo").toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("quickstart: --out '" + file.resolve("demo") + "' cannot be made: ")
        .doesNotContain("Exception");
  }

  @Test
  void a_directory_in_the_reports_place_is_found_before_anything_runs() throws IOException {
    Files.createDirectory(dir.resolve("report.json"));
    assertThat(run("--out", dir.toString())).isEqualTo(2);
    assertNothingRan(
        "quickstart: --out '" + dir + "': report.json cannot be written there: it is a directory");
  }

  @Test
  void a_directory_in_the_pages_place_is_found_before_anything_runs() throws IOException {
    Files.createDirectory(dir.resolve("report.html"));
    assertThat(run("--out", dir.toString())).isEqualTo(2);
    assertNothingRan(
        "quickstart: --out '" + dir + "': report.html cannot be written there: it is a directory");
    assertThat(dir.resolve("report.json")).doesNotExist();
  }

  @Test
  void a_report_that_may_not_be_written_is_found_before_anything_runs() throws IOException {
    var directory = Files.createDirectory(dir.resolve("demo"));
    assumeTrue(directory.toFile().setWritable(false) && !Files.isWritable(directory));
    assertThat(run("--out", directory.toString())).isEqualTo(2);
    assertNothingRan(
        "quickstart: --out '"
            + directory
            + "': report.json cannot be written there: permission denied");
  }

  @Test
  void looking_for_a_place_leaves_an_older_report_alone_and_no_empty_one_behind()
      throws IOException {
    ReportFile.in(dir);
    assertThat(dir).isEmptyDirectory();
    Files.writeString(dir.resolve("report.json"), "older");
    assertThat(ReportFile.in(dir)).hasContent("older");
  }
}
