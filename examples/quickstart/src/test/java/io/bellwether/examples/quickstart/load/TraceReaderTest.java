package io.bellwether.examples.quickstart.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.examples.quickstart.UsageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
  private static final String ROW_1 = "2023-11-16 18:15:46.6805900,374,44\n";
  private static final String ROW_2 = "2023-11-16 18:15:50.9951690,396,109\n";

  @TempDir private Path dir;

  private Path file(String content) throws IOException {
    return Files.writeString(dir.resolve("trace.csv"), content);
  }

  private void assertRefused(String content, String message) throws IOException {
    var file = file(content);
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + message);
  }

  @Test
  void a_trace_has_arrivals_from_the_first_request_on_and_both_token_counts() throws IOException {
    var trace = TraceReader.read(file(HEADER + ROW_1 + ROW_2));
    assertThat(trace.size()).isEqualTo(2);
    assertThat(trace.arrivalNanos(0)).isZero();
    assertThat(trace.arrivalNanos(1)).isEqualTo(4_314_579_000L);
    assertThat(trace.contextTokens(1)).isEqualTo(396);
    assertThat(trace.generatedTokens(0)).isEqualTo(44);
    assertThat(trace.span()).isEqualTo(Duration.ofNanos(4_314_579_000L));
  }

  @Test
  void lines_may_end_as_windows_ends_them() throws IOException {
    var trace = TraceReader.read(file((HEADER + ROW_1 + ROW_2).replace("\n", "\r\n")));
    assertThat(trace.size()).isEqualTo(2);
  }

  @Test
  void requests_at_the_same_moment_are_fine() throws IOException {
    assertThat(TraceReader.read(file(HEADER + ROW_1 + ROW_1 + ROW_2)).arrivalNanos(1)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-11-16 18:15:51.0,1|:4: expected 3 columns, found 2 in '2023-11-16 18:15:51.0,1'",
        "''|:4: expected 3 columns, found a blank line with more below it",
        "yesterday,1,2|:4: TIMESTAMP 'yesterday': expected a time such as 2023-11-16"
            + " 18:15:46.6805900",
        "2023-02-30 18:15:51,1,2|:4: TIMESTAMP '2023-02-30 18:15:51': expected a time such as"
            + " 2023-11-16 18:15:46.6805900",
        "2023-11-16 18:15:51.0,-1,2|:4: ContextTokens '-1': expected a whole number from 0 to"
            + " 9999999",
        "2023-11-16 18:15:51.0,1,2.5|:4: GeneratedTokens '2.5': expected a whole number from 0 to"
            + " 9999999",
        "2023-11-16 18:15:47.0,1,2|:4: timestamp '2023-11-16 18:15:47.0' is before the one above it"
      })
  void a_row_that_is_no_request_is_refused_with_its_line(String row, String message)
      throws IOException {
    assertRefused(HEADER + ROW_1 + ROW_2 + row + "\n" + ROW_2, message);
  }

  @Test
  void another_header_is_refused() throws IOException {
    assertRefused(
        "time,tokens\n", ":1: expected the header " + HEADER.strip() + ", found 'time,tokens'");
    assertRefused("", ":1: expected the header " + HEADER.strip() + ", found an empty file");
  }

  @Test
  void a_trace_without_two_different_times_cannot_be_played() throws IOException {
    assertRefused(
        HEADER + ROW_1,
        ":3: the trace ends here; expected at least two requests at different times");
  }

  @Test
  void bytes_that_are_no_utf_8_are_told_with_their_own_line() throws IOException {
    var file = dir.resolve("trace.csv");
    Files.write(file, (HEADER + ROW_1 + "2023-\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ":3: not a text file in UTF-8");
  }

  @Test
  void a_byte_order_mark_at_the_start_is_passed_over() throws IOException {
    assertThat(TraceReader.read(file("\uFEFF" + HEADER + ROW_1 + ROW_2)).size()).isEqualTo(2);
  }

  @Test
  void a_header_that_only_looks_right_is_shown_with_what_cannot_be_seen() throws IOException {
    assertRefused(
        HEADER.replace("TIMESTAMP", "TIMESTAMP\u200b") + ROW_1 + ROW_2,
        ":1: expected the header "
            + HEADER.strip()
            + ", found 'TIMESTAMP<U+200B>,ContextTokens,GeneratedTokens'");
  }

  @Test
  void blank_lines_at_the_end_are_passed_over() throws IOException {
    assertThat(TraceReader.read(file(HEADER + ROW_1 + ROW_2 + "\n")).size()).isEqualTo(2);
    assertThat(TraceReader.read(file(HEADER + ROW_1 + ROW_2 + "\r\n\r\n")).size()).isEqualTo(2);
  }

  @Test
  void a_line_without_end_is_refused_before_it_fills_the_memory() throws IOException {
    assertRefused(
        HEADER + ROW_1 + "0".repeat(1 << 20), ":3: longer than 200 bytes, which no request is");
  }

  @Test
  @Timeout(60)
  void a_huge_file_is_refused_without_being_read() throws IOException {
    var file = dir.resolve("huge.csv");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(300L << 20);
    }
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            file
                + ": too large for a trace, 300 MB: expected at most 64 MB and 200000 requests;"
                + " give a part of it");
  }

  @Test
  @Timeout(60)
  void more_requests_than_a_run_could_use_are_refused_with_their_line() throws IOException {
    assertRefused(
        HEADER + "2023-11-16 18:15:46,1,1\n".repeat(200_001),
        ":200002: more than 200000 requests; give a part of it");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void a_device_that_never_ends_is_refused() {
    assertThatThrownBy(() -> TraceReader.read(Path.of("/dev/zero")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "/dev/zero: cannot be read as a trace: it is a device or a pipe, not a regular file");
  }

  @Test
  void a_missing_file_is_named() {
    var file = dir.resolve("nowhere.csv");
    assertThatThrownBy(() -> TraceReader.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": no such trace file");
  }

  @Test
  void a_directory_is_no_trace() {
    assertThatThrownBy(() -> TraceReader.read(dir))
        .isInstanceOf(UsageException.class)
        .hasMessage(dir + ": cannot be read as a trace: it is a directory");
  }
}
