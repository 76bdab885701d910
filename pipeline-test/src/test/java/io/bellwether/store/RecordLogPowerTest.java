package io.bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, breaks, or loses its power in the middle of everything. */
class RecordLogPowerTest {
  @TempDir private Path directory;

  private Path file() throws IOException {
    return directory.toRealPath().resolve("some.log");
  }

  private RecordLog open(MemoryDisk disk, List<byte[]> records) throws IOException {
    return RecordLog.open(
        file(), RecordLog.Sync.EACH_APPEND, disk, (position, record) -> records.add(record));
  }

  private RecordLog open(MemoryDisk disk) throws IOException {
    return open(disk, new ArrayList<>());
  }

  private List<String> content(MemoryDisk disk) throws IOException {
    var found = new ArrayList<byte[]>();
    open(disk, found).close();
    return found.stream().map(Records::text).toList();
  }

  @Test
  void a_full_disk_costs_the_record_and_nothing_else() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk)) {
      log.append(Records.of("one"));
      disk.fail(0, 1);
      assertThatThrownBy(() -> log.append(Records.of("too much")))
          .isInstanceOf(BellwetherException.class)
          .hasMessage(
              "record log "
                  + file()
                  + " did not take a record of 8 bytes at offset 39: java.io.IOException: No space"
                  + " left on device; it is as it was before, so try again when the disk is well");
      log.append(Records.of("two"));
    }
    assertThat(content(disk)).containsExactly("one", "two");
  }

  @Test
  void an_append_that_could_not_be_forced_did_not_happen() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk)) {
      disk.fail(1, 1);
      assertThatThrownBy(() -> log.append(Records.of("written, not forced")))
          .hasMessageContaining("it is as it was before");
      log.append(Records.of("one"));
    }
    assertThat(content(disk)).containsExactly("one");
  }

  @Test
  void an_append_that_cannot_be_taken_back_ends_the_log_and_says_so() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk)) {
      var one = log.append(Records.of("one"));
      disk.fail(0, 2);
      assertThatThrownBy(() -> log.append(Records.of("two")))
          .hasMessageContaining("cannot be used any more: an append failed")
          .hasMessageEndingWith("open it again");
      assertThatThrownBy(() -> log.append(Records.of("three")))
          .hasMessageContaining("cannot be used any more: an append failed");
      assertThatThrownBy(() -> log.read(one)).hasMessageContaining("cannot be used any more");
    }
    assertThat(content(disk)).containsExactly("one");
  }

  @Test
  void a_log_that_cannot_be_rewritten_is_as_it_was_before() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk)) {
      log.append(Records.of("one"));
      for (var change = 0; change < 4; change++) {
        disk.fail(change, 1);
        assertThatThrownBy(() -> log.rewrite(List.of(Records.of("new")).stream()))
            .hasMessageContaining("could not be rewritten")
            .hasMessageEndingWith("it is as it was before");
      }
      log.append(Records.of("two"));
    }
    assertThat(content(disk)).containsExactly("one", "two");
  }

  @Test
  void a_rewrite_that_may_be_undone_ends_the_log() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk)) {
      disk.fail(4, 1);
      assertThatThrownBy(() -> log.rewrite(List.of(Records.of("new")).stream()))
          .hasMessageContaining("a loss of power could undo that");
      assertThatThrownBy(() -> log.append(Records.of("lost?"))).hasMessageContaining("undo that");
    }
    assertThat(content(disk)).containsExactly("new");
  }

  @Test
  void what_was_appended_outlives_every_loss_of_power() {
    Cases.forAll(
        "power is lost",
        2_000,
        gen -> {
          var disk = new MemoryDisk();
          var life = new Life(disk, gen);
          for (var round = gen.between(1, 4); round > 0; round--) {
            life.untilItBreaks();
            if (gen.nextBoolean()) {
              disk.losePower(gen);
            } else {
              disk.fail(Long.MAX_VALUE, 0); // the process was killed, the disk goes on
            }
            life.check();
          }
        });
  }

  /** What the log has to hold: what was acknowledged, and what may or may not have arrived. */
  private final class Life {
    private final MemoryDisk disk;
    private final Gen gen;
    private List<byte[]> certain = new ArrayList<>();
    private final List<List<byte[]>> possible = new ArrayList<>();

    Life(MemoryDisk disk, Gen gen) {
      this.disk = disk;
      this.gen = gen;
    }

    void untilItBreaks() throws IOException {
      disk.fail(gen.between(0, 30), gen.between(0, 4));
      try (var log = open(disk)) {
        for (var calls = gen.between(0, 12); calls > 0; calls--) {
          if (gen.chance(0.2)) {
            rewrite(log);
          } else {
            append(log);
          }
        }
      } catch (BellwetherException e) {
        assertThat(e).hasMessageContaining("No space left on device");
      }
    }

    private void append(RecordLog log) {
      var longer = new ArrayList<>(certain);
      longer.add(Records.any(gen, 300));
      call(longer, () -> log.append(longer.get(longer.size() - 1)));
    }

    private void rewrite(RecordLog log) {
      var other = gen.subset(certain);
      call(other, () -> log.rewrite(other.stream()));
    }

    private void call(List<byte[]> content, Runnable call) {
      try {
        call.run();
        certain = content;
      } catch (BellwetherException e) {
        if (e.getMessage().contains("cannot be used any more")) {
          possible.add(content);
          throw e;
        }
      }
    }

    void check() throws IOException {
      var found = new ArrayList<byte[]>();
      open(disk, found).close();
      possible.add(certain);
      assertThat(possible.stream().map(Records::comparable)).contains(Records.comparable(found));
      certain = found;
      possible.clear();
    }
  }
}
