package io.bellwether.slo;

import io.bellwether.release.ChangeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service's deploys, overrides and ledger, read from and written to a {@link BudgetStore}.
 * Thread-safe if the store is.
 */
public final class BudgetBook {
  private final BudgetStore store;

  /** A book over a store. */
  public BudgetBook(BudgetStore store) {
    this.store = store;
  }

  /** A book that is forgotten with the process. */
  public static BudgetBook inMemory() {
    return new BudgetBook(BudgetStore.inMemory());
  }

  /**
   * Records a deploy that was let through; a run that is in the book already stays as it is.
   *
   * @param run by which it is told from others
   */
  public void deployed(String run, Change change, Instant at) {
    if (attempt(run).isEmpty()) {
      store.append(new DeployAttempt(run, change.what(), change.kind(), at));
    }
  }

  /** Whether a run was let through before. */
  public Optional<DeployAttempt> attempt(String run) {
    return attempts().stream().filter(attempt -> attempt.run().equals(run)).findFirst();
  }

  /** The deploys of the time just past; rollbacks are none. */
  public List<DeployAttempt> deploysWithin(Duration window, Instant now) {
    return attempts().stream()
        .filter(attempt -> attempt.kind() != ChangeKind.ROLLBACK)
        .filter(attempt -> attempt.at().isAfter(now.minus(window)) && !attempt.at().isAfter(now))
        .toList();
  }

  /**
   * Records that somebody lets deploys pass for a while.
   *
   * @throws IllegalArgumentException if there is an override of this id
   */
  public void grant(BudgetOverride override) {
    if (of(BudgetOverride.class).stream().anyMatch(o -> o.id().equals(override.id()))) {
      throw new IllegalArgumentException(
          "override '" + override.id() + "' is in the book already; take another id");
    }
    store.append(override);
  }

  /** The override that holds now; of several the one that holds longest. */
  public Optional<BudgetOverride> overrideAt(Instant now) {
    return of(BudgetOverride.class).stream()
        .filter(override -> override.holdsAt(now))
        .max((a, b) -> a.until().compareTo(b.until()));
  }

  /** Records that a deploy passed by an override; once for each run and override. */
  public void used(BudgetOverride override, String run, Instant at, String evidence) {
    var known =
        uses().stream()
            .anyMatch(use -> use.override().equals(override.id()) && use.run().equals(run));
    if (!known) {
      store.append(new OverrideUse(override.id(), run, at, evidence));
    }
  }

  /** Every deploy that only an override let through, for the review afterwards. */
  public List<OverrideUse> uses() {
    return of(OverrideUse.class);
  }

  /** Every deploy that was let through. */
  public List<DeployAttempt> attempts() {
    return of(DeployAttempt.class);
  }

  /**
   * Writes an entry of the ledger down, or the end of one that goes on.
   *
   * @throws IllegalArgumentException if the entry stands otherwise already: that takes a correction
   */
  public void note(LedgerEntry entry) {
    var there = entry(entry.id());
    if (there.isPresent() && !isLaterStateOf(there.get(), entry)) {
      throw new IllegalArgumentException(
          "ledger entry '"
              + entry.id()
              + "' stands in the book as "
              + there.get()
              + "; note a correction with author and reason, or take another id");
    }
    store.append(entry);
  }

  /** The same, or what goes on with its end: no time that was down is up by it. */
  private static boolean isLaterStateOf(LedgerEntry there, LedgerEntry entry) {
    return entry.equals(there)
        || there.to().isEmpty()
            && entry.kind() == there.kind()
            && entry.from().equals(there.from());
  }

  /**
   * Writes a correction of the ledger down.
   *
   * @throws IllegalArgumentException if the book has no such entry
   */
  public void note(Correction correction) {
    if (entry(correction.entry()).isEmpty()) {
      throw new IllegalArgumentException(
          "no ledger entry '"
              + correction.entry()
              + "' in the book; there are "
              + of(LedgerEntry.class).stream().map(LedgerEntry::id).toList());
    }
    store.append(correction);
  }

  private Optional<LedgerEntry> entry(String id) {
    return of(LedgerEntry.class).stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /**
   * The ledger as it was written down.
   *
   * @param since from when on the service is observed
   */
  public IncidentLedger ledger(Instant since) {
    var ledger = IncidentLedger.of(since, of(LedgerEntry.class));
    for (var correction : of(Correction.class)) {
      ledger = ledger.correct(correction);
    }
    return ledger;
  }

  private <R extends BudgetRecord> List<R> of(Class<R> kind) {
    return store.records().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
