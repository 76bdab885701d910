package io.bellwether.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RolloutStoreTckTest {
  /** A store as plain as can be, that reads its journals for every answer. */
  private static class PlainStore implements RolloutStore {
    protected final Map<String, List<RolloutEvent>> journals = new LinkedHashMap<>();
    private final List<Version> promoted = new ArrayList<>();
    private final List<String> promotedOf = new ArrayList<>();

    @Override
    public synchronized void append(String rollout, long length, List<RolloutEvent> events) {
      var journal = journal(rollout);
      check(journal, length, events);
      var longer = new ArrayList<>(journal);
      longer.addAll(events);
      journals.put(rollout, longer);
      for (var event : events) {
        if (becameStable(event)) {
          var state = RolloutEvent.replay(longer);
          promoted.add(0, state.candidate());
          promotedOf.add(0, state.release());
        }
      }
    }

    void check(List<RolloutEvent> journal, long length, List<RolloutEvent> events) {
      if (journal.size() != length
          || length == 0 && !(events.get(0) instanceof RolloutEvent.Accepted)) {
        throw new BellwetherException("refused");
      }
    }

    boolean becameStable(RolloutEvent event) {
      return event instanceof RolloutEvent.Entered entered
          && (entered.phase() == Phase.PROMOTED || entered.phase() == Phase.REVERTED);
    }

    @Override
    public synchronized List<RolloutEvent> journal(String rollout) {
      return List.copyOf(journals.getOrDefault(rollout, List.of()));
    }

    @Override
    public synchronized List<String> runs(String release) {
      var runs = new ArrayList<String>();
      journals.forEach(
          (id, journal) -> {
            if (RolloutEvent.replay(journal).release().equals(release)) {
              runs.add(0, id);
            }
          });
      return runs;
    }

    @Override
    public synchronized List<String> unfinished() {
      var open = new ArrayList<String>();
      journals.forEach(
          (id, journal) -> {
            if (isOpen(journal)) {
              open.add(id);
            }
          });
      return open;
    }

    boolean isOpen(List<RolloutEvent> journal) {
      return !(journal.get(journal.size() - 1) instanceof RolloutEvent.Announced);
    }

    @Override
    public synchronized List<Version> stableVersions(String release) {
      var versions = new ArrayList<Version>();
      for (var i = 0; i < promoted.size(); i++) {
        if (promotedOf.get(i).equals(release) && !versions.contains(promoted.get(i))) {
          versions.add(promoted.get(i));
        }
      }
      return versions;
    }

    @Override
    public boolean durable() {
      return false;
    }
  }

  private static <S extends RolloutStore> void refused(Supplier<S> store, String... rules) {
    var failure = assertThatThrownBy(() -> RolloutStoreTck.verify(store));
    failure.isInstanceOf(AssertionError.class);
    for (var rule : rules) {
      failure.hasMessageContaining(rule);
    }
  }

  @Test
  void a_plain_store_keeps_the_rules() {
    RolloutStoreTck.verify(PlainStore::new);
    RolloutStoreTck.verifyDurable(
        () ->
            new PlainStore() {
              @Override
              public boolean durable() {
                return true;
              }
            },
        store -> store);
  }

  @Test
  void the_rules_know_every_event() {
    assertThat(
            Journals.everyEvent("run", "chat").stream()
                .map(Object::getClass)
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(RolloutEvent.class.getPermittedSubclasses()));
  }

  @Test
  void a_store_that_takes_whatever_comes_is_refused() {
    refused(
        () ->
            new PlainStore() {
              @Override
              void check(List<RolloutEvent> journal, long length, List<RolloutEvent> events) {}
            },
        "- a writer with another length is refused: appending",
        "expected a BellwetherException, and nothing was thrown",
        "- a journal begins with Accepted",
        "- of writers at once one wins: writers that won at length 1: expected 1, was 4");
  }

  @Test
  void a_store_that_hands_out_its_own_list_is_refused() {
    refused(
        () ->
            new PlainStore() {
              @Override
              public synchronized List<RolloutEvent> journal(String rollout) {
                return journals.getOrDefault(rollout, List.of());
              }

              @Override
              public synchronized void append(
                  String rollout, long length, List<RolloutEvent> events) {
                check(journal(rollout), length, events);
                journals.computeIfAbsent(rollout, id -> new ArrayList<>()).addAll(events);
              }
            },
        "- what was read stays as it was: events of a journal read before the second append:"
            + " expected 1, was 2");
  }

  @Test
  void a_store_that_drops_what_has_ended_before_people_were_told_is_refused() {
    refused(
        () ->
            new PlainStore() {
              @Override
              boolean isOpen(List<RolloutEvent> journal) {
                return !RolloutEvent.replay(journal).isTerminal();
              }
            },
        "- unfinished runs, oldest first, until people were told");
  }

  @Test
  void a_store_that_takes_the_telling_for_the_promotion_is_refused() {
    refused(
        () ->
            new PlainStore() {
              @Override
              boolean becameStable(RolloutEvent event) {
                return event instanceof RolloutEvent.Announced;
              }
            },
        "- telling people late changes no stable version",
        "- versions that became stable, latest first, once");
  }

  @Test
  void a_store_that_sorts_its_runs_is_refused() {
    refused(
        () ->
            new PlainStore() {
              @Override
              public synchronized List<String> runs(String release) {
                return super.runs(release).stream().sorted(Collections.reverseOrder()).toList();
              }
            },
        "- a release's runs, latest first");
  }

  @Test
  void a_store_that_forgets_is_not_durable() {
    assertThatThrownBy(
            () -> RolloutStoreTck.verifyDurable(PlainStore::new, lost -> new PlainStore()))
        .hasMessageContaining("- what was appended is read back whole and in order: journal after")
        .hasMessageContaining("- whether it is durable: durable(): expected true, was false");
    refused(
        () ->
            new PlainStore() {
              @Override
              public boolean durable() {
                return true;
              }
            },
        "- whether it is durable: durable(): expected false, was true");
  }
}
