package io.bellwether.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is given to whichever command: a line or two, the next step, code 2, no stack trace. */
class WrongInputTest {
  private static final String FILE = "FILE";

  @TempDir private Path directory;

  /** Every place where a command reads a file, the others being sound. */
  private static Stream<List<String>> readers() {
    return Stream.of(
        List.of("simulate", FILE, "--stable-errors=1%"),
        List.of("simulate", "plan.yml", FILE),
        List.of("slo", FILE),
        List.of("slo", FILE, "--events", "counts.csv"),
        List.of("slo", "sloth.yml", "--events", FILE),
        List.of("explain-route", FILE, "severity=critical"),
        List.of("judge", FILE, "counts.csv"),
        List.of("judge", "counts.csv", FILE),
        List.of("judge", "samples.csv", "samples.csv", "--config", FILE),
        List.of("convert", "argo-rollouts", FILE),
        List.of("convert", "flagger", FILE),
        List.of("convert", "kayenta", FILE),
        List.of("convert", "alertmanager", FILE),
        List.of("convert", "sloth", FILE),
        List.of("convert", "openslo", FILE));
  }

  private static Stream<List<String>> directories() {
    return Stream.of(
        List.of("validate-config", FILE),
        List.of("validate-prompts", FILE),
        List.of("scan-secrets", FILE));
  }

  @ParameterizedTest
  @MethodSource({"readers", "directories"})
  void a_path_that_does_not_exist(List<String> command) {
    refused(command, directory.resolve("missing.csv"), "does not exist; paths are looked up from");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_directory(List<String> command) {
    refused(command, directory, "is a directory; give one file of it");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void an_empty_file(List<String> command) {
    refused(command, Samples.write(directory, "empty.csv", ""), "is empty; is it the right file?");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_huge_file(List<String> command) throws IOException {
    var file = directory.resolve("huge.csv");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    refused(command, file, "expected at most");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_file_that_is_not_utf_8(List<String> command) throws IOException {
    var file = directory.resolve("latin.csv");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xe9, '\n'});
    refused(command, file, "is not UTF-8: the byte in line 2 that stands at 3");
  }

  @ParameterizedTest
  @MethodSource({"readers", "directories"})
  void a_file_without_permission(List<String> command) throws IOException {
    var file = Samples.write(directory, "closed.csv", "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();
    if (!command.contains("validate-config") && !command.contains("validate-prompts")) {
      assertThat(Ran.of(arguments(command, file)).err()).contains("read").doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @MethodSource("readers")
  void a_device(List<String> command) {
    refused(command, Path.of("/dev/null"), "is no regular file; save it as one first");
  }

  @ParameterizedTest
  @MethodSource("readers")
  void something_else_entirely(List<String> command) {
    for (var text :
        List.of("[", "a: [1", "{\"a\":", "\u0000", "<html>", ",,,\n,,,\n", "{}", "null")) {
      var ran = Ran.of(arguments(command, Samples.write(directory, "else.csv", text)));
      assertThat(ran.code()).as("%s on %s: %s", command, text, ran.err()).isEqualTo(2);
      assertThat(ran.err()).startsWith("error: ").doesNotContain("\tat ");
      assertThat(ran.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("readers")
  void something_nested_without_end(List<String> command) {
    for (var open : List.of("[", "{\"a\":", "- ")) {
      var ran =
          Ran.of(arguments(command, Samples.write(directory, "deep.csv", open.repeat(50_000))));
      assertThat(ran.code()).as("%s on %s: %s", command, open, ran.err()).isEqualTo(2);
      assertThat(ran.err()).startsWith("error: ").doesNotContain("\tat ");
    }
  }

  private void refused(List<String> command, Path file, String because) {
    var ran = Ran.of(arguments(command, file));
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).startsWith("error: ").contains(because).hasLineCount(1);
    assertThat(ran.out()).isEmpty();
  }

  private Object[] arguments(List<String> command, Path file) {
    Samples.write(directory, "plan.yml", Samples.PLAN);
    Samples.write(directory, "sloth.yml", Samples.SLOTH);
    Samples.write(directory, "counts.csv", Samples.counts(3, 100, 1));
    Samples.write(directory, "samples.csv", Samples.samples(200));
    return command.stream()
        .map(
            word ->
                word.equals(FILE)
                    ? file
                    : word.matches(".*\\.(yml|csv)") ? directory.resolve(word) : word)
        .toArray();
  }
}
