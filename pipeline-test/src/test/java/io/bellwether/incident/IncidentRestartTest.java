package io.bellwether.incident;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents over the end of their process. */
class IncidentRestartTest {
  private final VirtualTime time = VirtualTime.at(MutableClock.START.plus(Duration.ofDays(2)));
  private final List<String> done = new ArrayList<>();
  private boolean gone;
  private Optional<String> wrong = Optional.of("error rate 7.2%");

  @Test
  void an_open_incident_is_found_again_with_its_timeline_and_clocks(@TempDir Path folder) {
    String id;
    List<TimelineEntry> before;
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(store, d -> d)) {
      id = desk.take(alert()).orElseThrow();
      time.advance(ofMinutes(2));
      desk.acknowledge(id, "ops");
      desk.note(id, "ops", "only v7 fails");
      time.advance(ofMinutes(8));
      before = desk.incident(id).timeline();
    }
    done.clear();
    time.advance(ofMinutes(10));
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(store, d -> d)) {
      var found = desk.incident(id);
      assertThat(found.timeline()).startsWith(before.toArray(TimelineEntry[]::new));
      assertThat(texts(found).subList(before.size(), before.size() + 1))
          .containsExactly("taken up again after its process had ended");
      assertThat(texts(found)).anyMatch(text -> text.contains("Switch to the fallback"));
      assertThat(found.timeToAcknowledge()).contains(ofMinutes(2));
      assertThat(found.ticket()).isEqualTo("T-1");
      assertThat(found.proposal()).map(RecentDeployment::version).contains("v7");
      assertThat(done).isEmpty();

      assertThat(desk.take(alert())).contains(id);
      time.advance(ofMinutes(10));
      assertThat(desk.incident(id).slaBreachedAt()).contains(found.startedAt().plus(ofMinutes(30)));
      desk.rollBack(id, "ops", "v7 fails");
      wrong = Optional.empty();
      time.advance(ofSeconds(30));
      assertThat(desk.incident(id).timeToMitigate()).contains(ofMinutes(30));
      assertThat(desk.incident(id).isOver()).isTrue();
    }
    assertThat(done)
        .containsExactly(
            "told incident_sla_breached",
            "rolled back v7",
            "status MITIGATING",
            "ticket updated",
            "status RESOLVED",
            "ticket updated",
            "told incident_recovered");
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(store, d -> d)) {
      assertThat(desk.incident(id).isOver()).isTrue();
      assertThat(desk.postmortem(id)).contains("| Time to recover | 30m 30s |", "only v7 fails");
      assertThat(desk.take(desk.incident(id).alert())).as("told again").contains(id);
      assertThat(desk.incidents()).hasSize(1);
    }
    assertThat(done).hasSize(7);
  }

  @Test
  void an_sla_that_was_breached_while_nobody_ran_was_breached_then(@TempDir Path folder) {
    String id;
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(store, d -> d)) {
      id = desk.take(alert()).orElseThrow();
    }
    time.advance(Duration.ofHours(2));
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(store, d -> d)) {
      var incident = desk.incident(id);
      assertThat(incident.slaBreachedAt()).contains(incident.startedAt().plus(ofMinutes(30)));
      assertThat(done).containsOnlyOnce("told incident_sla_breached");
    }
  }

  @Test
  void wherever_kills_come_nothing_is_done_twice_and_all_of_it_is_told() {
    var stories = 0;
    for (var after : List.of(false, true)) {
      for (var first = 1; lives(after, first); first++) {
        for (var second = 1; lives(after, first, second); second++) {
          stories++;
        }
      }
    }
    assertThat(stories).isGreaterThan(300);
  }

  /** The story in several lives, each killed at one of its writes; whether the last one was. */
  private boolean lives(boolean after, int... kills) {
    done.clear();
    wrong = Optional.of("error rate 7.2%");
    var store = new MortalStore(after);
    var killed = false;
    for (var write : kills) {
      store.left = write;
      killed = !survives(store);
    }
    store.left = 0;
    assertThat(survives(store)).isTrue();

    var incident =
        Incident.of((IncidentEvent.Opened) store.journals().values().iterator().next().get(0));
    for (var event : store.journals().get(incident.id())) {
      incident = incident.after(event);
    }
    var what = (after ? "after" : "at") + " write " + Arrays.toString(kills) + ": " + done;
    assertThat(store.journals()).as(what).hasSize(1);
    assertThat(incident.isOver()).as(what).isTrue();
    assertThat(count("rolled back v7")).as(what).isEqualTo(1);
    assertThat(count("ticket opened")).as(what).isLessThanOrEqualTo(1);
    for (var news : List.of("status RESOLVED", "told incident_recovered")) {
      assertThat(count(news)).as(what).isBetween(1L, 1L + kills.length);
    }
    assertThat(texts(incident)).as(what).noneMatch(text -> text.contains("failed"));
    return killed;
  }

  private boolean survives(MortalStore store) {
    var desk = Optional.<IncidentDesk>empty();
    gone = false;
    try {
      desk = Optional.of(desk(store, IncidentDeskBuilder::rollBackByItself));
      story(desk.get());
      return !gone;
    } catch (RuntimeException | Error e) {
      if (gone) {
        return false;
      }
      throw e;
    } finally {
      desk.ifPresent(IncidentDesk::close);
    }
  }

  /** An alert, a rollback by itself or by hand when nobody knows, and the end. */
  private void story(IncidentDesk desk) {
    if (desk.incidents().isEmpty()) {
      desk.take(alert());
    }
    live();
    var id = desk.incidents().get(0).id();
    if (desk.incident(id).status() == IncidentStatus.OPEN) {
      assertThat(done).contains("told incident_rollback_unknown");
      if (count("rolled back v7") == 0) {
        desk.rollBack(id, "ops", "it was not");
      } else {
        desk.mitigated(id, "ops", "it was rolled back");
      }
    }
    live();
    wrong = Optional.empty();
    time.advance(ofSeconds(30));
  }

  @Test
  void what_was_taken_back_is_not_taken_back_again() {
    try (var desk = desk(InMemoryIncidentStore.create(), IncidentDeskBuilder::rollBackByItself)) {
      var id = desk.take(alert()).orElseThrow();
      assertThatThrownBy(() -> desk.rollBack(id, "ops", "to be sure"))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("was taken back already");
      assertThat(done).containsOnlyOnce("rolled back v7");
    }
  }

  @Test
  void a_store_that_fails_stops_nothing_and_gets_everything_later() {
    var inner = InMemoryIncidentStore.create();
    var broken = new boolean[] {true};
    var store =
        new IncidentStore() {
          @Override
          public void append(String incident, List<IncidentEvent> events) {
            if (broken[0]) {
              throw new BellwetherException("the disk is full");
            }
            inner.append(incident, events);
          }

          @Override
          public Map<String, List<IncidentEvent>> journals() {
            return inner.journals();
          }
        };
    String id;
    Incident known;
    try (var desk = desk(store, IncidentDeskBuilder::rollBackByItself)) {
      id = desk.take(alert()).orElseThrow();
      assertThat(done).contains("rolled back v7", "ticket opened");
      broken[0] = false;
      desk.note(id, "ops", "the disk has room again");
      known = desk.incident(id);
    }
    try (var desk = desk(store, d -> d)) {
      assertThat(desk.incident(id).timeline()).containsAll(known.timeline());
      assertThat(desk.incident(id).ticket()).isEqualTo("T-1");
    }
  }

  private IncidentDesk desk(IncidentStore store, UnaryOperator<IncidentDeskBuilder> more) {
    var v7 =
        new RecentDeployment(
            time.instant().minus(ofMinutes(30)), "chat", "v7", "production", "dev");
    return IncidentDesk.create(
        time.source(),
        Runnable::run,
        d ->
            more.apply(
                d.store(store)
                    .deployments(from -> List.of(v7))
                    .rollback((it, actor, reason) -> act("rolled back " + it.version()))
                    .tickets(new LoggedTickets())
                    .statusPage(notice -> act("status " + notice.state()))
                    .stakeholders(alert -> act("told " + alert.name()))
                    .recovery(RecoveryCheck.of("metrics", () -> wrong))));
  }

  private Alert alert() {
    return Alert.of(
        "error_rate",
        Severity.CRITICAL,
        time.instant(),
        a -> a.firing().label("service", "chat").summary("error rate 7.2%"));
  }

  /** What a killed process would have done after its end, it does not do. */
  private void act(String what) {
    live();
    done.add(what);
  }

  private void live() {
    if (gone) {
      throw new Killed();
    }
  }

  private long count(String what) {
    return done.stream().filter(what::equals).count();
  }

  private static List<String> texts(Incident incident) {
    return incident.timeline().stream().map(TimelineEntry::text).toList();
  }

  private final class LoggedTickets implements Tickets {
    @Override
    public String open(Incident incident) {
      act("ticket opened");
      return "T-1";
    }

    @Override
    public void update(String ticket, Incident incident) {
      act("ticket updated");
    }
  }

  /** The process is gone. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Kills at one of its writes, before or after it is on the disk; nothing comes after that. */
  private final class MortalStore implements IncidentStore {
    private final InMemoryIncidentStore disk = InMemoryIncidentStore.create();
    private final boolean after;
    private int left;

    MortalStore(boolean after) {
      this.after = after;
    }

    @Override
    public void append(String incident, List<IncidentEvent> events) {
      left--;
      if (!gone && (left != 0 || after)) {
        disk.append(incident, events);
      }
      gone |= left == 0;
      if (gone) {
        throw new Killed();
      }
    }

    @Override
    public Map<String, List<IncidentEvent>> journals() {
      return disk.journals();
    }
  }
}
