package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The rules of {@link RolloutStoreTck}, each on a store of its own. */
final class RolloutStoreRules {
  private static final String CHAT = "tck-chat";
  private static final String SEARCH = "tck/search";
  private static final int WRITERS = 4;
  private static final int ROUNDS = 20;

  private final Supplier<StoreUnderTest> fresh;
  private final boolean durable;

  RolloutStoreRules(Supplier<StoreUnderTest> fresh, boolean durable) {
    this.fresh = fresh;
    this.durable = durable;
  }

  /** A rule, which may open its store again. */
  @FunctionalInterface
  private interface Rule {
    void check(StoreUnderTest store) throws Exception;
  }

  void verify() {
    var contract = new Contract("RolloutStore");
    check(contract, "an empty store has nothing and says so", this::startsEmpty);
    check(contract, "what was appended is read back whole and in order", this::readsBack);
    check(contract, "every kind of event comes back as it was", this::keepsEveryEvent);
    check(contract, "a writer with another length is refused", this::comparesLengths);
    check(contract, "a journal begins with Accepted", this::beginsWithAccepted);
    check(contract, "what was read stays as it was", this::copies);
    check(contract, "a release's runs, latest first", this::listsRuns);
    check(contract, "unfinished runs, oldest first, until people were told", this::listsUnfinished);
    check(contract, "versions that became stable, latest first, once", this::listsStable);
    check(contract, "telling people late changes no stable version", this::tellsLate);
    check(contract, "the last ten runs and stable versions are kept", this::keepsTen);
    check(contract, "of writers at once one wins", this::racesForOneRun);
    check(contract, "runs written at once do not touch each other", this::writesManyRuns);
    check(contract, "whether it is durable", this::isDurable);
    var subject = fresh.get();
    subject.close();
    contract.throwIfBroken(subject.port());
  }

  private void check(Contract contract, String rule, Rule body) {
    contract.check(
        rule,
        () -> {
          var store = fresh.get();
          try {
            body.check(store);
          } finally {
            store.close();
          }
        });
  }

  private void startsEmpty(StoreUnderTest store) {
    for (var time = 0; time < 2; time++) {
      expect(store.port().journal("tck-nobody"), List.of(), "journal of an unknown run");
      expect(store.port().runs(CHAT), List.of(), "runs of an unknown release");
      expect(store.port().unfinished(), List.of(), "unfinished runs");
      expect(store.port().stableVersions(CHAT), List.of(), "stable versions");
      store.reopen();
    }
  }

  private void readsBack(StoreUnderTest store) {
    var expected = new ArrayList<RolloutEvent>();
    for (var i = 0; i < 200; i++) {
      List<RolloutEvent> events =
          i == 0
              ? List.of(Journals.accepted("run-1", CHAT, "v2"))
              : List.of(Journals.noted("a" + i), Journals.noted("b" + i));
      store.port().append("run-1", expected.size(), events);
      expected.addAll(events);
    }
    expect(store.port().journal("run-1"), expected, "journal");
    store.reopen();
    expect(store.port().journal("run-1"), expected, "journal after opening again");
    store.append("run-1", expected.size(), Journals.noted("more"));
    expected.add(Journals.noted("more"));
    expect(store.port().journal("run-1"), expected, "journal gone on with");
  }

  private void keepsEveryEvent(StoreUnderTest store) {
    var all = Journals.everyEvent("run-1", CHAT);
    store.port().append("run-1", 0, all);
    store.reopen();
    var found = store.port().journal("run-1");
    for (var i = 0; i < Math.min(all.size(), found.size()); i++) {
      expect(found.get(i), all.get(i), "event " + i);
    }
    expect(found.size(), all.size(), "how many events came back");
  }

  private void comparesLengths(StoreUnderTest store) {
    refuses(store, "run-1", 1, Journals.accepted("run-1", CHAT, "v2"));
    store.append("run-1", 0, Journals.accepted("run-1", CHAT, "v2"), Journals.noted("first"));
    for (var length : List.of(0L, 1L, 3L, -1L, Long.MAX_VALUE)) {
      refuses(store, "run-1", length, Journals.noted("too many"));
    }
    store.reopen();
    refuses(store, "run-1", 1, Journals.noted("too many"));
    store.append("run-1", 2, Journals.noted("second"));
    expect(store.port().journal("run-1").size(), 3, "events in the journal");
  }

  private void beginsWithAccepted(StoreUnderTest store) {
    refuses(store, "run-1", 0, Journals.noted("out of nowhere"));
    expect(store.port().unfinished(), List.of(), "unfinished runs");
    store.append("run-1", 0, Journals.accepted("run-1", CHAT, "v2"));
  }

  private void refuses(StoreUnderTest store, String run, long length, RolloutEvent event) {
    var before = store.port().journal(run);
    try {
      store.append(run, length, event);
    } catch (BellwetherException expected) {
      expect(store.port().journal(run), before, "journal after a refused append");
      return;
    }
    throw new AssertionError(
        "appending "
            + event
            + " at length "
            + length
            + " to a journal of "
            + before.size()
            + " events: expected a BellwetherException, and nothing was thrown");
  }

  private void copies(StoreUnderTest store) {
    var events = new ArrayList<RolloutEvent>();
    events.add(Journals.accepted("run-1", CHAT, "v2"));
    store.port().append("run-1", 0, events);
    events.add(Journals.noted("after the call"));
    var journal = store.port().journal("run-1");
    var open = store.port().unfinished();
    var runs = store.port().runs(CHAT);
    store.append("run-1", 1, Journals.noted("later"));
    store.append("run-2", 0, Journals.accepted("run-2", CHAT, "v3"));
    expect(journal.size(), 1, "events of a journal read before the second append");
    expect(open, List.of("run-1"), "unfinished runs read before the second run");
    expect(runs, List.of("run-1"), "runs read before the second run");
    expect(store.port().journal("run-1").size(), 2, "events after the second append");
  }

  private void listsRuns(StoreUnderTest store) {
    store.live("z", CHAT, "v2", Phase.ROLLED_BACK);
    store.live("m", SEARCH, "v2", Phase.PROMOTED);
    store.append("a", 0, Journals.accepted("a", CHAT, "v3"));
    for (var time = 0; time < 2; time++) {
      expect(store.port().runs(CHAT), List.of("a", "z"), "runs of " + CHAT);
      expect(store.port().runs(SEARCH), List.of("m"), "runs of " + SEARCH);
      store.reopen();
    }
  }

  private void listsUnfinished(StoreUnderTest store) {
    store.append("z", 0, Journals.accepted("z", CHAT, "v2"));
    store.append("m", 0, Journals.accepted("m", SEARCH, "v2"), Journals.entered(Phase.BAKING));
    store.append("a", 0, Journals.accepted("a", "tck-third", "v2"));
    expect(store.port().unfinished(), List.of("z", "m", "a"), "unfinished runs");
    store.append("m", 2, Journals.entered(Phase.PROMOTED));
    store.reopen();
    expect(
        store.port().unfinished(),
        List.of("z", "m", "a"),
        "unfinished runs, of one nobody was told");
    store.append("m", 3, Journals.announced("m"));
    expect(store.port().unfinished(), List.of("z", "a"), "unfinished runs");
    store.reopen();
    expect(store.port().unfinished(), List.of("z", "a"), "unfinished runs after opening again");
  }

  private void listsStable(StoreUnderTest store) {
    store.live("run-1", CHAT, "v2", Phase.PROMOTED);
    store.live("run-2", CHAT, "v3", Phase.PROMOTED);
    store.live("run-3", CHAT, "v4", Phase.ROLLED_BACK);
    store.live("run-4", CHAT, "v5", Phase.ROLLBACK_FAILED);
    store.live("run-5", SEARCH, "v9", Phase.PROMOTED);
    store.live("run-6", CHAT, "v2", Phase.REVERTED);
    store.append("run-7", 0, Journals.accepted("run-7", CHAT, "v6"));
    for (var time = 0; time < 2; time++) {
      expect(store.port().stableVersions(CHAT), versions("v2", "v3"), "stable versions");
      expect(store.port().stableVersions(SEARCH), versions("v9"), "stable versions of the other");
      store.reopen();
    }
  }

  private void tellsLate(StoreUnderTest store) {
    store.append("run-1", 0, Journals.accepted("run-1", CHAT, "v2"));
    store.append("run-1", 1, Journals.entered(Phase.PROMOTED));
    store.live("run-2", CHAT, "v3", Phase.PROMOTED);
    store.append("run-1", 2, Journals.announced("run-1"));
    for (var time = 0; time < 2; time++) {
      expect(store.port().stableVersions(CHAT), versions("v3", "v2"), "stable versions");
      store.reopen();
    }
  }

  private void keepsTen(StoreUnderTest store) {
    for (var i = 1; i <= 40; i++) {
      store.live("run-" + i, CHAT, "v" + i, i % 2 == 0 ? Phase.PROMOTED : Phase.ROLLED_BACK);
    }
    for (var time = 0; time < 2; time++) {
      for (var i = 31; i <= 40; i++) {
        expect(store.port().journal("run-" + i).size(), 4, "events of run-" + i + " of 40");
      }
      expect(
          store.port().runs(CHAT).subList(0, 10),
          IntStream.rangeClosed(31, 40).mapToObj(i -> "run-" + (71 - i)).toList(),
          "the last ten runs");
      expect(
          store.port().stableVersions(CHAT).subList(0, 10),
          IntStream.rangeClosed(0, 9).mapToObj(i -> new Version("v" + (40 - 2 * i))).toList(),
          "the last ten stable versions");
      store.reopen();
    }
  }

  private void racesForOneRun(StoreUnderTest store) throws Exception {
    store.append("run-1", 0, Journals.accepted("run-1", CHAT, "v2"));
    for (var round = 0; round < ROUNDS; round++) {
      var length = round + 1L;
      var won = new AtomicInteger();
      Contract.together(Collections.nCopies(WRITERS, () -> attempt(store, length, won)));
      expect(won.get(), 1, "writers that won at length " + length);
    }
    expect(store.port().journal("run-1").size(), ROUNDS + 1, "events in the journal");
  }

  private void attempt(StoreUnderTest store, long length, AtomicInteger won) {
    try {
      store.append("run-1", length, Journals.noted(Thread.currentThread().getName()));
    } catch (BellwetherException lost) {
      return;
    }
    won.incrementAndGet();
  }

  private void writesManyRuns(StoreUnderTest store) throws Exception {
    var works = new ArrayList<Contract.Check>();
    for (var writer = 0; writer < WRITERS; writer++) {
      var run = "run-" + writer;
      works.add(() -> write(store, run));
    }
    Contract.together(works);
    for (var time = 0; time < 2; time++) {
      for (var writer = 0; writer < WRITERS; writer++) {
        var run = "run-" + writer;
        expect(store.port().journal(run).size(), ROUNDS + 1, "events of " + run);
        expect(
            store.port().journal(run).get(ROUNDS),
            Journals.noted(run + " " + ROUNDS),
            "last event of " + run);
      }
      store.reopen();
    }
  }

  private void write(StoreUnderTest store, String run) {
    store.append(run, 0, Journals.accepted(run, "of " + run, "v2"));
    for (var i = 1; i <= ROUNDS; i++) {
      store.append(run, i, Journals.noted(run + " " + i));
      expect(store.port().journal(run).size(), i + 1, "events read while others write");
    }
  }

  private void isDurable(StoreUnderTest store) {
    expect(store.port().durable(), durable, "durable()");
  }

  private static List<Version> versions(String... ids) {
    return List.of(ids).stream().map(Version::new).toList();
  }
}
