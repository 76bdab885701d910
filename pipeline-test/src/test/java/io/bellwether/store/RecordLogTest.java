package io.bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheLog() {
    file = directory.resolve("deep").resolve("down").resolve("some.log");
  }

  private RecordLog open() {
    return RecordLog.open(file, (position, record) -> {});
  }

  private List<String> content() {
    var found = new ArrayList<String>();
    RecordLog.open(file, (position, record) -> found.add(Records.text(record))).close();
    return found;
  }

  private void write(String... records) {
    try (var log = open()) {
      for (var record : records) {
        log.append(Records.of(record));
      }
    }
  }

  @Test
  void records_come_back_in_order_after_closing() {
    write("one", "", "three");
    write("four");
    assertThat(content()).containsExactly("one", "", "three", "four");
  }

  @Test
  void a_record_is_found_by_its_position() throws IOException {
    try (var log = open()) {
      var first = log.append(Records.of("first"));
      var second = log.append(Records.of("second"));
      assertThat(Records.text(log.read(second))).isEqualTo("second");
      assertThat(Records.text(log.read(first))).isEqualTo("first");
      assertThatThrownBy(() -> log.read(first + 1))
          .isInstanceOf(BellwetherException.class)
          .hasMessage("record log " + real() + " has no whole record at offset 17 of 67 bytes");
      assertThatThrownBy(() -> log.read(log.size())).isInstanceOf(BellwetherException.class);
      assertThatThrownBy(() -> log.read(-1)).isInstanceOf(BellwetherException.class);
    }
  }

  private Path real() throws IOException {
    return file.toRealPath();
  }

  @Test
  void the_longest_record_fits_and_a_longer_one_is_refused() {
    var longest = new byte[RecordLog.MAX_RECORD];
    longest[longest.length - 1] = 7;
    try (var log = RecordLog.open(file, RecordLog.Sync.LEFT_TO_SYSTEM, (position, record) -> {})) {
      var position = log.append(longest);
      assertThat(log.read(position)).isEqualTo(longest);
      assertThatThrownBy(() -> log.append(new byte[RecordLog.MAX_RECORD + 1]))
          .hasMessageEndingWith("takes records of at most 16777216 bytes, not of 16777217");
      log.append(Records.of("after"));
    }
    assertThat(content()).hasSize(2).last().isEqualTo("after");
  }

  @Test
  void a_log_of_a_later_format_is_refused_and_left_as_it_is() throws IOException {
    write("one");
    var later = Files.readAllBytes(file);
    System.arraycopy(LogHeader.bytes(2), 0, later, 0, LogHeader.LENGTH);
    Files.write(file, later);
    assertThatThrownBy(this::open)
        .isInstanceOf(BellwetherException.class)
        .hasMessage(
            "record log "
                + real()
                + " has format version 2, this library reads and writes version 1; it was left as"
                + " it is. Use the version of the library that wrote it, or move it away.");
    assertThat(Files.readAllBytes(file)).isEqualTo(later);
  }

  @Test
  void what_is_no_log_is_refused_and_left_as_it_is() throws IOException {
    Files.createDirectories(file.getParent());
    for (var other : List.of("BELL", "a letter to somebody, longer than a header")) {
      Files.writeString(file, other);
      assertThatThrownBy(this::open).hasMessageContaining("is no record log");
      assertThat(file).hasContent(other);
    }
  }

  @Test
  void an_empty_file_is_a_log_whose_creation_was_cut_short() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    write("one");
    try (var log = open()) {
      assertThat(log.size()).isEqualTo(LogHeader.LENGTH + Frame.HEADER + 3);
    }
  }

  @Test
  void a_reader_that_refuses_leaves_the_log_closed_and_as_it_was() throws IOException {
    write("one", "two");
    var whole = Files.readAllBytes(file);
    var before = Arrays.copyOf(whole, whole.length - 1);
    Files.write(file, before);
    assertThatThrownBy(
            () ->
                RecordLog.open(
                    file,
                    (position, record) -> {
                      throw new BellwetherException("cannot read " + Records.text(record));
                    }))
        .hasMessage("cannot read one");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    write("three");
  }

  @Test
  void a_rewritten_log_has_the_new_content_at_once_and_after_closing() {
    write("one", "two", "three");
    try (var log = open()) {
      var kept = new ArrayList<byte[]>();
      log.readAll((position, record) -> kept.add(record));
      log.rewrite(kept.stream().skip(1));
      log.append(Records.of("four"));
      var found = new ArrayList<String>();
      log.readAll((position, record) -> found.add(Records.text(record)));
      assertThat(found).containsExactly("two", "three", "four");
    }
    assertThat(content()).containsExactly("two", "three", "four");
    assertThat(directory.resolve("deep/down")).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void a_rewrite_that_fails_half_way_leaves_the_log_as_it_was() {
    write("one", "two");
    try (var log = open()) {
      var records =
          Stream.of("new one", "broken")
              .map(
                  text -> {
                    if (text.equals("broken")) {
                      throw new IllegalStateException("broken");
                    }
                    return Records.of(text);
                  });
      assertThatThrownBy(() -> log.rewrite(records)).hasMessage("broken");
      assertThatThrownBy(() -> log.rewrite(Stream.of(new byte[RecordLog.MAX_RECORD + 1])))
          .hasMessageContaining("16777217 bytes is too long");
      log.append(Records.of("three"));
    }
    assertThat(content()).containsExactly("one", "two", "three");
    assertThat(directory.resolve("deep/down")).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void what_a_killed_rewrite_left_behind_is_cleared_away() throws IOException {
    write("one");
    Files.writeString(LogWriter.draft(file), "half of a log");
    assertThat(content()).containsExactly("one");
    assertThat(LogWriter.draft(file)).doesNotExist();
  }

  @Test
  void an_interrupted_thread_can_append() {
    try (var log = open()) {
      Thread.currentThread().interrupt();
      log.append(Records.of("interrupted"));
      log.rewrite(Stream.of(Records.of("rewritten")));
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
      log.append(Records.of("after"));
    }
    assertThat(content()).containsExactly("rewritten", "after");
  }

  @Test
  void a_closed_log_says_so_and_closing_twice_is_harmless() {
    var log = open();
    log.close();
    try (var next = open()) {
      log.close();
      assertThatThrownBy(() -> log.append(Records.of("late")))
          .hasMessageContaining("cannot be used any more: it was closed; open it again");
      assertThatThrownBy(() -> log.read(16)).hasMessageContaining("it was closed");
      assertThatThrownBy(this::open).hasMessageContaining("is open in this process already");
      next.append(Records.of("in time"));
    }
  }

  @Test
  void it_says_which_file_it_is() throws IOException {
    try (var log = open()) {
      assertThat(log).hasToString("record log " + real() + " (16 bytes)");
      assertThat(log.tornTail()).isEmpty();
    }
  }

  @Test
  void a_log_that_cannot_be_made_says_where() throws IOException {
    Files.writeString(directory.resolve("deep"), "a file where a directory should be");
    assertThatThrownBy(this::open)
        .isInstanceOf(BellwetherException.class)
        .hasMessageStartingWith("record log " + file + " could not be opened: ");
  }
}
