package io.bellwether.examples.quickstart.report;

import io.bellwether.metrics.Outcome;
import io.bellwether.release.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what users got, a page per weight. Thread-safe.
 *
 * <p>A request is entered on the page that is open when it ends. The first page is for the time
 * before the rollout, the last one for the time after it.
 */
public final class Ledger {
  private final Version candidate;
  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private final Set<String> candidateUsers = ConcurrentHashMap.newKeySet();
  private final List<Page> pages = new ArrayList<>(List.of(new Page()));
  private volatile Page open = pages.get(0);

  /** A ledger that tells this version from any other. */
  public Ledger(Version candidate) {
    this.candidate = candidate;
  }

  /** Counts a request that has just ended. */
  public void count(String user, Version version, Outcome outcome) {
    users.add(user);
    if (version.equals(candidate)) {
      candidateUsers.add(user);
      open.candidate.count(outcome.kind());
    } else {
      open.stable.count(outcome.kind());
    }
  }

  /** Opens the next page, and says which. */
  synchronized int turn() {
    open = new Page();
    pages.add(open);
    return pages.size() - 1;
  }

  /** The page that is open now. */
  synchronized int lastPage() {
    return pages.size() - 1;
  }

  /** What the stable version did on a page. */
  synchronized Tally.Counts stable(int page) {
    return pages.get(page).stable.counts();
  }

  /** What the candidate did on a page. */
  synchronized Tally.Counts candidate(int page) {
    return pages.get(page).candidate.counts();
  }

  /** What was answered on a page, by either version. */
  synchronized long requests(int page) {
    return stable(page).requests() + candidate(page).requests();
  }

  /** What the candidate answered in all. */
  synchronized long candidateRequests() {
    return pages.stream().mapToLong(page -> page.candidate.counts().requests()).sum();
  }

  /** How many users asked anything. */
  int users() {
    return users.size();
  }

  /** How many users have seen the candidate. */
  int candidateUsers() {
    return candidateUsers.size();
  }

  private static final class Page {
    private final Tally stable = new Tally();
    private final Tally candidate = new Tally();
  }
}
