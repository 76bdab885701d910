package io.bellwether.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.store.RecordLog;
import io.bellwether.testing.Cases;
import io.bellwether.testing.RolloutStoreTck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutStoresTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;

  @Test
  void the_store_in_memory_keeps_the_rules() {
    RolloutStoreTck.verify(InMemoryRolloutStore::new);
  }

  @Test
  void the_store_in_files_keeps_the_rules() {
    var number = new AtomicInteger();
    Map<FileRolloutStore, Path> homes = new HashMap<>();
    RolloutStoreTck.verifyDurable(
        () -> {
          var home = directory.resolve("store-" + number.incrementAndGet());
          var store = quick(home, 1 << 20);
          homes.put(store, home);
          return store;
        },
        store -> {
          store.close();
          var home = homes.get(store);
          var next = quick(home, 1 << 20);
          homes.put(next, home);
          return next;
        });
  }

  /** A store that does not wait for the disk. */
  private static FileRolloutStore quick(Path directory, long worthARewrite) {
    return FileRolloutStore.open(
        directory, FileRolloutStore.RUNS_KEPT, RecordLog.Sync.LEFT_TO_SYSTEM, worthARewrite);
  }

  private static void live(FileRolloutStore store, String run, String release, Phase end) {
    store.append(run, 0, List.of(accepted(run, release)));
    store.append(run, 1, List.of(new RolloutEvent.Entered(AT, end, 0)));
    store.append(run, 2, List.of(new RolloutEvent.Announced(AT, run)));
  }

  private static RolloutEvent accepted(String run, String release) {
    return new RolloutEvent.Accepted(
        AT,
        new RunInfo(
            run,
            release,
            new Version("v0"),
            new Version("of-" + run),
            RunInfo.Purpose.DEPLOY,
            "a plan",
            AT));
  }

  @Test
  void ended_runs_beyond_the_stated_number_are_forgotten_and_stable_versions_are_not() {
    for (var reopened = 0; reopened < 2; reopened++) {
      try (var store = FileRolloutStore.open(directory, 12)) {
        if (reopened == 0) {
          store.append("open", 0, List.of(accepted("open", "chat")));
          IntStream.range(0, 30).forEach(i -> live(store, "run-" + i, "chat", Phase.PROMOTED));
        }
        assertThat(store.runs("chat")).hasSize(13).startsWith("run-29", "run-28").endsWith("open");
        assertThat(store.journal("run-17")).isEmpty();
        assertThat(store.journal("run-18")).hasSize(3);
        assertThat(store.unfinished()).containsExactly("open");
        assertThat(store.stableVersions("chat"))
            .hasSize(30)
            .startsWith(new Version("of-run-29"), new Version("of-run-28"));
      }
    }
  }

  @Test
  void what_is_forgotten_leaves_the_file() throws IOException {
    var file = directory.resolve(FileRolloutStore.FILE);
    var largest = 0L;
    try (var store = quick(directory, 20_000)) {
      for (var i = 0; i < 400; i++) {
        live(store, "run-" + i, i % 2 == 0 ? "chat" : "search", Phase.PROMOTED);
        largest = Math.max(largest, Files.size(file));
      }
      assertThat(store.runs("chat")).hasSize(10);
      assertThat(store.stableVersions("chat")).hasSize(200);
    }
    assertThat(largest).as("the largest the file has been").isBetween(20_000L, 60_000L);
    try (var store = FileRolloutStore.open(directory)) {
      assertThat(store.runs("search")).hasSize(10).startsWith("run-399");
      assertThat(store.stableVersions("search")).hasSize(200).startsWith(new Version("of-run-399"));
    }
  }

  @Test
  void a_tidied_store_answers_as_one_that_never_was() {
    var number = new AtomicInteger();
    Cases.forAll(
        "tidying changes no answer",
        5,
        gen -> {
          var tidy = directory.resolve("tidy-" + number.incrementAndGet());
          var plain = directory.resolve("plain-" + number.get());
          try (var tidied = quick(tidy, 1);
              var untouched = quick(plain, Long.MAX_VALUE)) {
            for (var i = 0; i < 30; i++) {
              var run = "run-" + i;
              var release = gen.pick("chat", "search");
              var end = gen.pick(Phase.PROMOTED, Phase.ROLLED_BACK, Phase.REVERTED);
              if (gen.chance(0.1)) {
                tidied.append(run, 0, List.of(accepted(run, release)));
                untouched.append(run, 0, List.of(accepted(run, release)));
              } else {
                live(tidied, run, release, end);
                live(untouched, run, release, end);
              }
              if (i % 5 == 0) {
                assertAlike(tidied, untouched);
              }
            }
          }
          try (var tidied = FileRolloutStore.open(tidy);
              var untouched = FileRolloutStore.open(plain)) {
            assertAlike(tidied, untouched);
          }
        });
  }

  private static void assertAlike(FileRolloutStore one, FileRolloutStore other) {
    assertThat(one.unfinished()).isEqualTo(other.unfinished());
    for (var release : List.of("chat", "search")) {
      assertThat(one.runs(release)).isEqualTo(other.runs(release));
      assertThat(one.stableVersions(release)).isEqualTo(other.stableVersions(release));
      for (var run : one.runs(release)) {
        assertThat(one.journal(run)).isEqualTo(other.journal(run));
      }
    }
  }

  @Test
  void many_short_rollouts_need_one_file() {
    try (var store = quick(directory, 1 << 20)) {
      IntStream.range(0, 300).forEach(i -> live(store, "run-" + i, "r-" + i, Phase.PROMOTED));
      assertThat(directory.toFile().list())
          .containsExactlyInAnyOrder(FileRolloutStore.FILE, FileRolloutStore.FILE + ".lock");
      assertThat(store.runs("r-299")).containsExactly("run-299");
    }
  }

  @Test
  void a_journal_of_a_later_format_is_refused_and_left_as_it_is() throws IOException {
    try (var store = FileRolloutStore.open(directory)) {
      live(store, "run-1", "chat", Phase.PROMOTED);
    }
    var file = directory.resolve(FileRolloutStore.FILE);
    var later = "{\"format\":2,\"what\":\"ever\"}".getBytes(StandardCharsets.US_ASCII);
    try (var log = RecordLog.open(file, (position, record) -> {})) {
      var record = JournalRecord.events("run-2", 0, List.of(accepted("run-2", "chat"))).bytes();
      var header = 1 + 2 + "run-2".length() + Long.BYTES;
      var changed = Arrays.copyOf(record, header + later.length);
      System.arraycopy(later, 0, changed, header, later.length);
      log.append(changed);
    }
    var before = Files.readAllBytes(file);
    assertThatThrownBy(() -> FileRolloutStore.open(directory))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("a journal is in format 2, this library reads format 1");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void a_record_of_an_unknown_kind_is_refused() {
    try (var log =
        RecordLog.open(directory.resolve(FileRolloutStore.FILE), (position, record) -> {})) {
      log.append(new byte[] {9, 0, 0});
    }
    assertThatThrownBy(() -> FileRolloutStore.open(directory))
        .hasMessage(
            "a record of kind 9 is unknown: it was written by a later version of the library; use"
                + " that one");
  }

  @Test
  void a_directory_has_one_store_at_a_time() {
    try (var store = FileRolloutStore.open(directory)) {
      assertThatThrownBy(() -> FileRolloutStore.open(directory))
          .hasMessageContaining("is open in this process already");
      assertThat(store.toString()).startsWith("rollouts in record log ").endsWith(" (16 bytes)");
    }
    assertThatThrownBy(() -> FileRolloutStore.open(directory, 9))
        .hasMessage("runs kept: 9, expected at least 10");
  }
}
