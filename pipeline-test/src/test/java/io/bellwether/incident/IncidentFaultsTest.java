package io.bellwether.incident;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts and their ports do wrong costs no incident. */
class IncidentFaultsTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = VirtualTime.at(MutableClock.START.plus(Duration.ofDays(2)));
  private final List<String> rolledBack = new ArrayList<>();

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void a_null_is_refused_by_name_and_never_written(@TempDir Path folder) {
    String id;
    try (var store = FileIncidentStore.open(folder);
        var desk =
            desk(
                d ->
                    d.store(store)
                        .deployments(
                            from ->
                                List.of(
                                    new RecentDeployment(
                                        time.instant(), "chat", null, "production", "dev"))))) {
      id = desk.take(alert()).orElseThrow();
      assertThat(texts(desk, id))
          .contains("looking for recent deployments failed: recent deployment: version is null");
      refused("actor is null", () -> desk.acknowledge(id, null));
      refused("actor is null", () -> desk.note(id, null, "x"));
      refused("the text is null", () -> desk.note(id, "ops", null));
      refused("the text is null", () -> desk.mitigated(id, "ops", null));
      refused("actor is null", () -> desk.rollBack(id, null, "why"));
      refused("the text is null", () -> desk.rollBack(id, "ops", null));
      refused("actor is null", () -> desk.recovered(id, null, null));
      refused("the text is null", () -> desk.recovered(id, "ops", null));
      desk.recovered(id, "ops", "it is over");
    }
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(d -> d.store(store))) {
      assertThat(desk.incident(id).status()).isEqualTo(IncidentStatus.RECOVERED);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void times_without_an_end_and_nulls_are_refused_all_at_once() {
    assertThatThrownBy(
            () ->
                desk(
                    d ->
                        d.sla(FOREVER)
                            .verifyEvery(FOREVER)
                            .suspectsFor(null)
                            .store(null)
                            .tickets(null)
                            .runbook(null)
                            .recovery(null)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "the SLA is",
            "verifyEvery is",
            "suspectsFor is null",
            "expected at most 3650d",
            "the store is null",
            "tickets(…) is null",
            "a runbook is null",
            "a recovery check is null");
    assertThatThrownBy(
            () ->
                Runbook.named(
                    "", r -> r.step(IncidentPhase.TRIAGE, "", "").step(null, "Look", "there")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "its name is blank",
            "a runbook step of TRIAGE has no title",
            "a step's phase is null",
            "it has no step");
  }

  @Test
  void the_longest_times_allowed_can_be_waited_for() {
    var longest = Duration.ofDays(3650);
    try (var desk =
        desk(
            d ->
                d.sla(longest)
                    .verifyEvery(longest)
                    .suspectsFor(longest)
                    .recovery(RecoveryCheck.of("metrics", () -> Optional.of("bad"))))) {
      var id = desk.take(alert()).orElseThrow();
      desk.mitigated(id, "ops", "restarted");
      assertThat(texts(desk, id)).contains("not over yet: metrics: bad");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void a_recovery_check_that_breaks_once_is_looked_at_again() {
    var looks = new AtomicInteger();
    var check =
        RecoveryCheck.of(
            "samples",
            () -> {
              switch (looks.incrementAndGet()) {
                case 1 -> throw new AssertionError("expected 4, was 5");
                case 2 -> throw new StackOverflowError();
                case 3 -> {
                  return null;
                }
                default -> {
                  return Optional.empty();
                }
              }
            });
    try (var desk = desk(d -> d.recovery(check))) {
      var id = desk.take(alert()).orElseThrow();
      desk.mitigated(id, "ops", "restarted");
      time.advance(ofSeconds(61));
      assertThat(texts(desk, id))
          .contains(
              "not over yet: samples: it cannot be looked at: expected 4, was 5",
              "not over yet: samples: it cannot be looked at: StackOverflowError",
              "not over yet: samples: it cannot be looked at: it answered null");
      time.advance(ofSeconds(30));
      assertThat(desk.incident(id).status()).isEqualTo(IncidentStatus.RECOVERED);
    }
  }

  @Test
  void ports_that_throw_errors_are_noted_and_keep_no_rollback_from_being_made() {
    try (var desk =
        desk(
            d ->
                d.rollBackByItself()
                    .provider(
                        () -> {
                          throw new AssertionError("page changed");
                        })
                    .statusPage(
                        notice -> {
                          throw new StackOverflowError();
                        }))) {
      var id = desk.take(alert()).orElseThrow();
      assertThat(rolledBack).containsExactly("v7 by bellwether");
      assertThat(texts(desk, id))
          .contains(
              "looking at the provider's status failed: page changed",
              "publishing a status notice failed: StackOverflowError");
    }
  }

  @Test
  void a_rollback_that_throws_an_error_may_be_tried_again() {
    var tries = new AtomicInteger();
    try (var desk =
        desk(
            d ->
                d.rollback(
                    (deployment, actor, reason) -> {
                      if (tries.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("router/Client");
                      }
                    }))) {
      var id = desk.take(alert()).orElseThrow();
      assertThatThrownBy(() -> desk.rollBack(id, "ops", "v7 fails"))
          .isInstanceOf(BellwetherException.class)
          .hasMessage("rolling back failed: router/Client");
      desk.rollBack(id, "ops", "v7 fails");
      assertThat(desk.incident(id).status()).isEqualTo(IncidentStatus.MITIGATED);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void when_its_beginning_is_not_known_an_incident_is_opened_all_the_same() {
    List<UnaryOperator<IncidentDeskBuilder>> unknown =
        List.of(
            d -> d.startedAt(alert -> null),
            d ->
                d.startedAt(
                    alert -> {
                      throw new IllegalStateException("no metrics");
                    }));
    for (var settings : unknown) {
      try (var desk = desk(settings)) {
        var alert = alert();
        var id = desk.take(alert).orElseThrow();
        assertThat(desk.incident(id).startedAt()).isEqualTo(alert.at());
      }
    }
  }

  @Test
  void what_is_over_is_not_taken_back_acknowledged_or_mitigated() {
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert()).orElseThrow();
      time.advance(ofMinutes(3));
      desk.recovered(id, "ops", "it was a deploy of somebody else");
      time.advance(ofMinutes(3));

      var over = "is over since 2026-01-03T00:03:00Z, so it cannot be ";
      assertThatThrownBy(() -> desk.rollBack(id, "late", "why"))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining(over + "rolled back any more; note(…) still takes");
      assertThatThrownBy(() -> desk.acknowledge(id, "late"))
          .hasMessageContaining(over + "acknowledged");
      assertThatThrownBy(() -> desk.mitigated(id, "late", "restarted"))
          .hasMessageContaining(over + "mitigated");
      desk.note(id, "late", "a lesson");

      assertThat(rolledBack).isEmpty();
      assertThat(desk.incident(id).timeToMitigate()).contains(ofMinutes(3));
    }
  }

  @Test
  void a_desk_that_was_closed_acts_no_more() {
    IncidentDesk closed;
    String id;
    try (var desk = desk(d -> d)) {
      id = desk.take(alert()).orElseThrow();
      closed = desk;
    }
    assertThatThrownBy(() -> closed.note(id, "late", "a lesson"))
        .hasMessageContaining("the desk was closed");
    assertThatThrownBy(() -> closed.rollBack(id, "late", "why"))
        .hasMessageContaining("the desk was closed");
    assertThat(rolledBack).isEmpty();
    assertThat(closed.incident(id).status()).isEqualTo(IncidentStatus.OPEN);
  }

  @Test
  void a_postmortem_carries_no_markup_of_notes() {
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert()).orElseThrow();
      desk.note(id, "<b>ops</b>", "<script>alert(1)</script>");
      assertThat(desk.postmortem(id))
          .contains("| &lt;b>ops&lt;/b> | &lt;script>alert(1)&lt;/script> |")
          .doesNotContain("<script", "<b>");
    }
  }

  private IncidentDesk desk(UnaryOperator<IncidentDeskBuilder> more) {
    return IncidentDesk.create(
        time.source(),
        Runnable::run,
        d ->
            more.apply(
                d.deployments(
                        from ->
                            List.of(
                                new RecentDeployment(
                                    time.instant().minusSeconds(600),
                                    "chat",
                                    "v7",
                                    "production",
                                    "dev")))
                    .rollback(
                        (deployment, actor, reason) ->
                            rolledBack.add(deployment.version() + " by " + actor))));
  }

  private Alert alert() {
    return Alert.of(
        "error_rate",
        Severity.CRITICAL,
        time.instant(),
        a -> a.firing().label("service", "chat").summary("error rate 7.2%"));
  }

  private static void refused(String why, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining(why);
  }

  private static List<String> texts(IncidentDesk desk, String id) {
    return desk.incident(id).timeline().stream().map(TimelineEntry::text).toList();
  }
}
