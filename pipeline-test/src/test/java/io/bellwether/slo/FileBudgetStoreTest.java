package io.bellwether.slo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.release.ChangeKind;
import io.bellwether.store.RecordLog;
import io.bellwether.testing.BudgetStoreTck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBudgetStoreTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path folder;
  private final Map<FileBudgetStore, Path> places = new HashMap<>();

  private FileBudgetStore fresh() {
    var place = folder.resolve("store-" + places.size());
    var store = FileBudgetStore.open(place);
    places.put(store, place);
    return store;
  }

  private FileBudgetStore reopened(FileBudgetStore store) {
    store.close();
    return FileBudgetStore.open(places.get(store));
  }

  @Test
  void it_keeps_the_rules_of_a_budget_store() {
    BudgetStoreTck.verifyDurable(this::fresh, this::reopened);
    BudgetStoreTck.verify(BudgetStore::inMemory);
  }

  @Test
  void thirty_days_of_three_slos_cost_kilobytes_however_often_they_are_flushed() {
    var store = fresh();
    for (var day = 0; day < 30; day++) {
      for (var flush = 1; flush <= 24; flush++) {
        for (var slo : new String[] {"error_rate", "success_rate", "latency"}) {
          var span = Span.of(START.plus(ofDays(day)), ofHours(flush));
          store.append(new DaySum(slo, CountCell.of(span, new Counts(flush, flush))));
        }
      }
    }

    assertThat(store.records()).hasSize(90);
    assertThat(store.size()).isLessThan(128 * 1024);
    var again = reopened(store);
    assertThat(again.records()).hasSize(90);
    assertThat(again.size()).as("what was replaced leaves the file").isLessThan(128 * 1024);
  }

  @Test
  void a_record_of_a_later_library_is_refused_and_not_skipped() {
    var place = folder.resolve("later");
    for (var bytes : new byte[][] {{2, 0}, {1, 99}, {1}, {1, 3, 0, 0, 0, 99}}) {
      try (var log =
          RecordLog.open(place.resolve(FileBudgetStore.FILE), (position, record) -> {})) {
        log.rewrite(java.util.stream.Stream.of(bytes));
      }
      assertThatThrownBy(() -> FileBudgetStore.open(place))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("a record of error budgets");
    }
  }

  @Test
  void the_book_finds_deploys_overrides_and_ledger_again() {
    var store = fresh();
    var book = new BudgetBook(store);
    book.deployed("r1", Change.of("chat v7", ChangeKind.FEATURE), START);
    book.grant(new BudgetOverride("o", "vice", "why", START, START.plus(ofHours(1))));
    book.note(LedgerEntry.ongoing(LedgerEntry.Kind.CRITICAL, "db", START));
    book.note(LedgerEntry.incident(LedgerEntry.Kind.CRITICAL, "db", START, START.plusSeconds(60)));
    book.note(Correction.strike("db", START.plusSeconds(90), "ops", "a drill"));

    var again = new BudgetBook(reopened(store));
    assertThat(again.deploysWithin(ofDays(7), START.plus(ofDays(1)))).hasSize(1);
    assertThat(again.overrideAt(START.plusSeconds(1))).isPresent();
    assertThat(again.overrideAt(START.plus(ofHours(1)))).isEmpty();
    assertThat(again.ledger(START).entries()).hasSize(1);
    assertThat(again.ledger(START).effective()).isEmpty();
    assertThatThrownBy(
            () -> again.grant(new BudgetOverride("o", "x", "y", START, START.plusSeconds(1))))
        .hasMessageContaining("override 'o' is in the book already");
  }

  @Test
  void kinds_of_changes_keep_their_numbers_on_disk() {
    assertThat(ChangeKind.values())
        .startsWith(
            ChangeKind.EXPERIMENT,
            ChangeKind.FEATURE,
            ChangeKind.CRITICAL_FEATURE,
            ChangeKind.FIX,
            ChangeKind.CRITICAL_FIX,
            ChangeKind.ROLLBACK,
            ChangeKind.CONFIGURATION,
            ChangeKind.MIGRATION);
  }

  @Test
  void an_empty_file_that_a_kill_left_behind_is_a_new_store(@TempDir Path empty)
      throws IOException {
    Files.createFile(empty.resolve(FileBudgetStore.FILE));
    var attempt = new DeployAttempt("r1", "chat v7", ChangeKind.FIX, Instant.EPOCH);
    try (var store = FileBudgetStore.open(empty)) {
      store.append(attempt);
    }
    try (var store = FileBudgetStore.open(empty)) {
      assertThat(store.records()).containsExactly(attempt);
    }
  }
}
