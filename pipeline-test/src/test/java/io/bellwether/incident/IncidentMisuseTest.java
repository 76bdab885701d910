package io.bellwether.incident;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a host's code does, an incident goes on and its store can be opened again. */
class IncidentMisuseTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = VirtualTime.create();
  private final List<String> done = new ArrayList<>();

  @Test
  void words_that_are_missing_do_not_spoil_the_store(@TempDir Path folder) {
    try (var store = FileIncidentStore.open(folder);
        var desk =
            desk(
                d ->
                    d.store(store)
                        .deployments(
                            from ->
                                List.of(
                                    new RecentDeployment(
                                        time.instant(), "chat", none(), "production", none()))))) {
      var id = desk.take(alert()).orElseThrow();
      desk.acknowledge(id, none());
      desk.note(id, none(), "x");
      desk.note(id, "x", none());
      desk.mitigated(id, "x", none());
      desk.recovered(id, none(), none());
    }
    try (var store = FileIncidentStore.open(folder);
        var desk = desk(d -> d.store(store))) {
      assertThat(desk.incidents().get(0).isOver()).isTrue();
      assertThat(desk.incidents().get(0).deployments().get(0).actor()).isEqualTo("unknown");
    }
  }

  @Test
  void for_ever_is_a_duration_like_any_other() {
    var wrong = new ArrayList<>(List.of("still"));
    try (var desk =
        desk(
            d ->
                d.sla(FOREVER)
                    .verifyEvery(FOREVER)
                    .suspectsFor(FOREVER)
                    .recovery(RecoveryCheck.of("it", () -> wrong.stream().findFirst())))) {
      var id = desk.take(alert()).orElseThrow();
      desk.mitigated(id, "ops", "restarted");
      time.advance(ofMinutes(60));
      assertThat(desk.incident(id).slaBreachedAt()).isEmpty();
      assertThat(desk.incident(id).timeline())
          .extracting(TimelineEntry::text)
          .contains("not over yet: it: still");
    }
  }

  @Test
  void a_check_that_throws_an_error_or_says_nothing_is_looked_at_again() {
    var looks = new ArrayList<String>();
    var check =
        RecoveryCheck.of(
            "sample",
            () -> {
              looks.add("look");
              if (looks.size() == 1) {
                throw new AssertionError("expected 200");
              }
              return looks.size() == 2 ? none() : Optional.empty();
            });
    try (var desk = desk(d -> d.recovery(check))) {
      var id = desk.take(alert()).orElseThrow();
      desk.mitigated(id, "ops", "restarted");
      time.advance(ofSeconds(60));
      assertThat(desk.incident(id).timeline())
          .extracting(TimelineEntry::text)
          .contains(
              "not over yet: sample: it cannot be looked at: expected 200",
              "not over yet: sample: it cannot be looked at: it said nothing",
              "over: sample are well again");
    }
  }

  @Test
  void ports_that_throw_errors_keep_no_rollback_back() {
    try (var desk =
        desk(
            d ->
                d.deployments(from -> List.of(v7()))
                    .rollback((it, actor, reason) -> done.add("rolled back"))
                    .rollBackByItself()
                    .provider(
                        () -> {
                          throw new NoClassDefFoundError("a client");
                        })
                    .statusPage(
                        notice -> {
                          throw new AssertionError("a mock's");
                        }))) {
      var id = desk.take(alert()).orElseThrow();
      assertThat(done).containsExactly("rolled back");
      assertThat(desk.incident(id).timeline())
          .extracting(TimelineEntry::text)
          .contains(
              "looking at the provider's status failed: a client",
              "publishing a status notice failed: a mock's");
    }
  }

  @Test
  void what_cannot_say_when_the_trouble_began_opens_the_incident_all_the_same() {
    for (var broken :
        List.<UnaryOperator<IncidentDeskBuilder>>of(
            d -> d.startedAt(a -> none()),
            d ->
                d.startedAt(
                    a -> {
                      throw new IllegalStateException("no metrics");
                    }))) {
      try (var desk = desk(broken)) {
        var id = desk.take(alert()).orElseThrow();
        assertThat(desk.incident(id).startedAt()).isEqualTo(time.instant());
      }
    }
  }

  @Test
  void what_is_over_is_neither_rolled_back_nor_mitigated_and_may_be_noted() {
    var desk =
        desk(
            d ->
                d.deployments(from -> List.of(v7()))
                    .rollback((it, actor, reason) -> done.add("rolled back")));
    var id = desk.take(alert()).orElseThrow();
    desk.recovered(id, "ops", "it went away");
    assertThatThrownBy(() -> desk.rollBack(id, "late", "why"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("is over");
    assertThatThrownBy(() -> desk.mitigated(id, "late", "why")).hasMessageContaining("is over");
    desk.note(id, "late", "rolled back by hand");
    var other = desk.take(alert("other")).orElseThrow();
    desk.close();
    assertThatThrownBy(() -> desk.rollBack(other, "late", "why"))
        .hasMessageContaining("its desk is closed");
    assertThat(done).isEmpty();
  }

  @Test
  void a_postmortem_takes_no_markup_from_notes() {
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert()).orElseThrow();
      desk.note(id, "ops", "<script>alert(1)</script>");
      assertThat(desk.postmortem(id)).contains("&lt;script>").doesNotContain("<script>");
    }
  }

  private IncidentDesk desk(UnaryOperator<IncidentDeskBuilder> settings) {
    return IncidentDesk.create(time.source(), Runnable::run, settings);
  }

  private RecentDeployment v7() {
    return new RecentDeployment(
        time.instant().minus(ofMinutes(30)), "chat", "v7", "production", "dev");
  }

  private Alert alert() {
    return alert("chat");
  }

  private Alert alert(String service) {
    Instant now = time.instant();
    return Alert.of(
        "error_rate", Severity.CRITICAL, now, a -> a.firing().label("service", service));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }
}
