package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.release.ChangeKind;
import io.bellwether.slo.BudgetOverride;
import io.bellwether.slo.BudgetRecord;
import io.bellwether.slo.BudgetStore;
import io.bellwether.slo.Correction;
import io.bellwether.slo.CountCell;
import io.bellwether.slo.CountCell.SliceTally;
import io.bellwether.slo.Counts;
import io.bellwether.slo.DaySum;
import io.bellwether.slo.DeployAttempt;
import io.bellwether.slo.LedgerEntry;
import io.bellwether.slo.OverrideUse;
import io.bellwether.slo.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The rules every {@link BudgetStore} keeps: every kind of record is read back as it was and in
 * order, and what takes an earlier one's place does. A durable one keeps all of it when it is
 * opened again.
 *
 * <pre>{@code
 * BudgetStoreTck.verify(BudgetStore::inMemory);
 * BudgetStoreTck.verifyDurable(() -> FileBudgetStore.open(newDirectory()), store -> {
 *   store.close();
 *   return FileBudgetStore.open(itsDirectory());
 * });
 * }</pre>
 *
 * <p>Nothing here belongs to a test framework.
 */
public final class BudgetStoreTck {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.000000001Z");

  private BudgetStoreTck() {}

  /**
   * Verifies a store that forgets with its process.
   *
   * @param fresh makes an empty store, independent of those made before
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(Supplier<? extends BudgetStore> fresh) {
    rules(fresh, store -> store);
  }

  /**
   * Verifies a store that outlives its process.
   *
   * @param fresh makes an empty store, independent of those made before
   * @param reopened what another process would find: the same content, after this store was closed
   * @throws AssertionError that tells every broken rule
   */
  public static <S extends BudgetStore> void verifyDurable(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    rules(fresh, reopened);
  }

  private static <S extends BudgetStore> void rules(Supplier<S> fresh, UnaryOperator<S> reopened) {
    new Contract("a budget store")
        .check("an empty store has nothing", () -> expect(fresh.get().records(), List.of(), "all"))
        .check(
            "every kind of record is read back as it was, in order",
            () -> keeps(fresh.get(), reopened, samples(), samples()))
        .check(
            "a later sum of the same SLO and start takes the earlier one's place",
            () -> {
              var late = new DaySum("e", cell(Duration.ofHours(2), 9));
              var other = new DaySum("f", cell(Duration.ofHours(1), 5));
              keeps(
                  fresh.get(),
                  reopened,
                  List.of(new DaySum("e", cell(Duration.ofHours(1), 5)), other, late),
                  List.of(late, other));
            })
        .check(
            "a later entry of the same id takes the earlier one's place",
            () -> {
              var ended = LedgerEntry.incident(LedgerEntry.Kind.CRITICAL, "db", AT, later(1));
              keeps(
                  fresh.get(),
                  reopened,
                  List.of(LedgerEntry.ongoing(LedgerEntry.Kind.CRITICAL, "db", AT), ended),
                  List.of(ended));
            })
        .check(
            "what was read does not change with what is appended",
            () -> {
              var store = fresh.get();
              var before = store.records();
              store.append(samples().get(0));
              expect(before, List.of(), "records read before");
            })
        .throwIfBroken(fresh.get());
  }

  private static <S extends BudgetStore> void keeps(
      S store,
      UnaryOperator<S> reopened,
      List<BudgetRecord> appended,
      List<BudgetRecord> expected) {
    appended.forEach(store::append);
    expect(store.records(), expected, "records");
    expect(reopened.apply(store).records(), expected, "records found again");
  }

  private static List<BudgetRecord> samples() {
    var entry =
        new LedgerEntry(
            "move",
            LedgerEntry.Kind.MAINTENANCE,
            AT,
            Optional.of(later(1)),
            AT,
            "ops",
            "Umzug – größer \uD83D\uDE80");
    return List.of(
        new DaySum("e", cell(Duration.ofHours(1), 5)),
        new DaySum(
            "h",
            cell(Duration.ofHours(2), 5),
            List.of(cell(Duration.ofHours(1), 2), cell(Duration.ofHours(2), 3))),
        new DaySum(
            "s",
            new CountCell(
                Span.of(AT, Duration.ofHours(1)),
                new Counts(0, Long.MAX_VALUE),
                Optional.of(new SliceTally(Duration.ofMinutes(5), 11, 1)))),
        entry,
        LedgerEntry.ongoing(LedgerEntry.Kind.DEGRADED, "slow", AT),
        Correction.strike("slow", later(2), "ops", "a drill"),
        Correction.replace(entry, later(3), "ops", "longer"),
        new DeployAttempt("run-1", "chat v7", ChangeKind.CRITICAL_FIX, AT),
        new BudgetOverride("hot-1", "vice", "a deadline", AT, later(4)),
        new OverrideUse("hot-1", "run-1", later(1), "refused: EXHAUSTED"),
        new OverrideUse("hot-1", "run-2", later(1), ""));
  }

  private static CountCell cell(Duration length, long good) {
    return CountCell.of(Span.of(AT, length), new Counts(good, 10));
  }

  private static Instant later(int hours) {
    return AT.plus(Duration.ofHours(hours));
  }
}
