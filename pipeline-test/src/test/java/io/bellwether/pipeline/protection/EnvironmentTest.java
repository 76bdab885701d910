package io.bellwether.pipeline.protection;

import static io.bellwether.rollout.Clearance.Decision.GO;
import static io.bellwether.rollout.Clearance.Decision.REFUSE;
import static io.bellwether.rollout.Clearance.Decision.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.release.ChangeKind;
import io.bellwether.rollout.Clearance;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  private static final Instant NOW = Instant.parse("2026-03-27T12:00:00Z"); // a Friday
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev");

  @Test
  void without_rules_everything_goes() {
    assertThat(Environment.named("dev", e -> e).look(request(), NOW).clearance().decision())
        .isEqualTo(GO);
  }

  @Test
  void one_reviewer_is_enough_and_the_author_never_is() {
    var rule = Reviewers.anybodyElse();

    assertThat(rule.look(request(), NOW).decision()).isEqualTo(WAIT);
    assertThat(rule.look(request(approve("dev")), NOW).decision()).isEqualTo(WAIT);
    assertThat(rule.look(request(approve("dev"), approve("lead")), NOW))
        .isEqualTo(new Clearance(GO, "approved by lead"));
  }

  @Test
  void an_author_is_the_author_however_the_name_is_written() {
    var anybody = Reviewers.anybodyElse();
    assertThat(anybody.look(request(approve("Dev ")), NOW).decision()).isEqualTo(WAIT);
    var two = Reviewers.create(r -> r.people("lead", "peer").quorum(2));
    assertThat(two.look(request(approve("lead"), approve("LEAD")), NOW).decision()).isEqualTo(WAIT);
    assertThat(two.look(request(approve("Lead"), approve("peer")), NOW).decision()).isEqualTo(GO);
  }

  @Test
  void everything_wrong_with_an_environment_is_said_at_once() {
    assertThatThrownBy(
            () ->
                Environment.named(
                    "",
                    e ->
                        e.reviewers(r -> r.people("a", "a").quorum(2))
                            .waitTimer(Duration.ZERO)
                            .branches(" ")
                            .administrators("ops", "ops")))
        .hasMessageContainingAll(
            "its name is blank",
            "the quorum is 2, and there are only 1 reviewers",
            "wait timer",
            "a branch pattern is blank");
    assertThatThrownBy(() -> DeploymentWindow.weekdays("9:00", "16:00", BERLIN))
        .hasMessage("deployment window: '9:00' is no time of day; write it like 09:00");
  }

  @Test
  void a_window_in_the_hour_that_is_left_out_opens_the_next_day() {
    var night =
        new DeploymentWindow(
            Set.of(DayOfWeek.values()), LocalTime.of(2, 0), LocalTime.of(3, 0), BERLIN);
    var opening = night.nextOpening(Instant.parse("2026-03-28T12:00:00Z"));
    assertThat(opening).isEqualTo(Instant.parse("2026-03-30T00:00:00Z"));
    assertThat(night.isOpen(opening)).isTrue();
  }

  @Test
  void only_reviewers_and_members_of_their_teams_count_each_once() {
    var teams = Teams.of(Map.of("sre", Set.of("peer", "dev")));
    var rule = Reviewers.create(r -> r.people("lead").team("sre", teams).quorum(2));

    assertThat(rule.look(request(approve("lead"), approve("lead")), NOW).decision())
        .isEqualTo(WAIT);
    assertThat(rule.look(request(approve("lead"), approve("guest"), approve("dev")), NOW).reason())
        .isEqualTo("1 of 2 approvals missing, from lead, team sre, not from the author dev");
    assertThat(rule.look(request(approve("lead"), approve("peer")), NOW).decision()).isEqualTo(GO);
  }

  @Test
  void the_last_word_of_a_reviewer_counts() {
    var rule = Reviewers.create(r -> r.people("lead", "peer"));

    assertThat(rule.look(request(approve("peer"), reject("lead")), NOW))
        .isEqualTo(Clearance.refuse("rejected by lead: not now"));
    assertThat(rule.look(request(reject("lead"), approve("lead")), NOW).decision()).isEqualTo(GO);
    assertThat(rule.look(request(reject("guest"), approve("lead")), NOW).decision()).isEqualTo(GO);
  }

  @Test
  void an_author_may_be_allowed_to_review() {
    assertThat(
            Reviewers.create(r -> r.authorMayReview())
                .look(request(approve("dev")), NOW)
                .decision())
        .isEqualTo(GO);
  }

  @Test
  void a_quorum_nobody_can_reach_is_refused() {
    assertThatThrownBy(() -> Reviewers.create(r -> r.people("lead").quorum(2)))
        .hasMessageContaining("the quorum is 2, and there are only 1 reviewers");
    assertThatThrownBy(() -> Reviewers.create(r -> r.quorum(0)))
        .hasMessageContaining("expected at least 1");
  }

  @Test
  void the_wait_timer_counts_from_the_request() {
    var rule = new WaitTimer(Duration.ofMinutes(5));

    assertThat(rule.look(request(), NOW.plusSeconds(299)).decision()).isEqualTo(WAIT);
    assertThat(rule.look(request(), NOW.plusSeconds(300)).decision()).isEqualTo(GO);
    assertThatThrownBy(() -> new WaitTimer(Duration.ZERO)).hasMessageContaining("0ms");
  }

  @Test
  void other_branches_are_refused() {
    var production = Environment.named("production", e -> e.branches("main", "release/*"));

    assertThat(production.look(request(), NOW).clearance())
        .isEqualTo(new Clearance(GO, "branches: main is allowed"));
    var feature =
        new ProtectionRequest(
            "r", "deploy", "production", Trigger.of("feature/x", "1", "dev"), NOW, List.of());
    assertThat(production.look(feature, NOW).clearance())
        .isEqualTo(Clearance.refuse("branches: feature/x is none of [main, release/*]"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-27T07:59:59Z, false",
    "2026-03-27T08:00:00Z, true",
    "2026-03-27T14:59:59Z, true",
    "2026-03-27T15:00:00Z, false",
    "2026-03-28T10:00:00Z, false",
    // On Monday the clocks of Berlin are an hour ahead of last Friday's.
    "2026-03-30T07:00:00Z, true",
    "2026-03-30T06:59:59Z, false",
    "2026-03-30T14:00:00Z, false"
  })
  void a_window_follows_the_clocks_of_its_place(Instant at, boolean open) {
    assertThat(DeploymentWindow.weekdays("09:00", "16:00", BERLIN).isOpen(at)).isEqualTo(open);
  }

  @Test
  void a_window_may_reach_over_midnight() {
    var night =
        new DeploymentWindow(
            Set.of(DayOfWeek.FRIDAY), LocalTime.parse("22:00"), LocalTime.parse("02:00"), BERLIN);

    assertThat(night.isOpen(Instant.parse("2026-03-28T00:59:59Z"))).isTrue();
    assertThat(night.isOpen(Instant.parse("2026-03-28T01:00:00Z"))).isFalse();
    assertThat(night.isOpen(Instant.parse("2026-03-27T00:30:00Z"))).isFalse();
  }

  @Test
  void a_closed_window_says_when_it_opens() {
    var production =
        Environment.named(
            "production", e -> e.window(DeploymentWindow.weekdays("09:00", "12:00", BERLIN)));

    assertThat(production.look(request(), NOW).clearance().reason())
        .isEqualTo(
            "deployment window: closed ([MONDAY to FRIDAY 09:00-12:00 Europe/Berlin]), opens"
                + " 2026-03-30T07:00:00Z");
  }

  @Test
  void one_of_several_windows_is_enough() {
    var production =
        Environment.named(
            "production",
            e ->
                e.window(DeploymentWindow.weekdays("01:00", "02:00", BERLIN))
                    .window(DeploymentWindow.weekdays("12:00", "14:00", BERLIN)));
    assertThat(production.look(request(), NOW).clearance().decision()).isEqualTo(GO);
  }

  @Test
  void a_freeze_holds_all_but_what_it_excepts() {
    var freeze =
        Freeze.between(
                "quarter end",
                LocalDateTime.parse("2026-03-27T13:00"),
                LocalDateTime.parse("2026-04-01T00:00"),
                BERLIN)
            .except(ChangeKind.CRITICAL_FIX);
    var critical =
        new ProtectionRequest(
            "r", "d", "production", MAIN.withChange(ChangeKind.CRITICAL_FIX), NOW, List.of());

    assertThat(freeze.look(request(), NOW))
        .isEqualTo(Clearance.waitFor("quarter end until 2026-03-31T22:00:00Z"));
    assertThat(freeze.look(critical, NOW).decision()).isEqualTo(GO);
    var back =
        new ProtectionRequest(
            "r", "d", "production", MAIN.withChange(ChangeKind.ROLLBACK), NOW, List.of());
    assertThat(freeze.look(back, NOW).decision()).as("the way back is free").isEqualTo(GO);
    assertThat(freeze.look(request(), NOW.minusSeconds(1)).decision()).isEqualTo(GO);
    assertThat(freeze.look(request(), Instant.parse("2026-03-31T22:00:00Z")).decision())
        .isEqualTo(GO);
  }

  @Test
  void the_error_budget_is_asked_with_the_change() {
    var production =
        Environment.named(
            "production",
            e ->
                e.budget(
                    r ->
                        r.trigger().change() == ChangeKind.FEATURE
                            ? Clearance.waitFor("12% of the budget remain, critical fixes only")
                            : Clearance.go()));

    assertThat(production.look(request(), NOW))
        .hasToString("WAIT, error budget: 12% of the budget remain, critical fixes only");
  }

  @Test
  void a_rule_that_cannot_answer_waits() {
    var production =
        Environment.named(
            "production",
            e ->
                e.budget(
                    r -> {
                      throw new IllegalStateException("no connection");
                    }));
    assertThat(production.look(request(), NOW).clearance())
        .isEqualTo(Clearance.waitFor("error budget: it cannot answer: no connection"));
  }

  @Test
  void the_strictest_rule_decides_and_every_rule_is_heard() {
    var production =
        Environment.named(
            "production", e -> e.reviewers(r -> r.people("lead")).waitTimer(Duration.ofMinutes(5)));

    var verdict = production.look(request(approve("lead")), NOW);

    assertThat(verdict.clearance().decision()).isEqualTo(WAIT);
    assertThat(verdict.findings())
        .extracting(RuleFinding::toString)
        .containsExactly(
            "reviewers: GO, approved by lead",
            "wait timer: WAIT, 5m from the request on, until 2026-03-27T12:05:00Z");
    assertThat(production).hasToString("production [reviewers, wait timer]");
  }

  @Test
  void an_administrator_overrides_and_nobody_else_does() {
    var production =
        Environment.named(
            "production", e -> e.reviewers(r -> r.people("lead")).administrators("ops"));

    assertThat(production.look(request(override("guest")), NOW).clearance().decision())
        .isEqualTo(WAIT);
    assertThat(production.look(request(override("ops")), NOW).clearance())
        .isEqualTo(
            new Clearance(
                GO,
                "overridden by ops: outage (reviewers: 1 of 1 approval missing, from lead, not"
                    + " from the author dev)"));
    assertThat(production.look(request(override("ops"), approve("lead")), NOW).override())
        .isEmpty();
    assertThatThrownBy(() -> new Vote("ops", Vote.Kind.OVERRIDE, " ", NOW))
        .hasMessageContaining("needs a reason");
  }

  @Test
  void what_is_refused_can_still_be_overridden() {
    var production =
        Environment.named("production", e -> e.branches("release/*").administrators("ops"));
    assertThat(production.look(request(), NOW).clearance().decision()).isEqualTo(REFUSE);
    assertThat(production.look(request(override("ops")), NOW).clearance().decision()).isEqualTo(GO);
  }

  private static ProtectionRequest request(Vote... votes) {
    return new ProtectionRequest("r", "deploy", "production", MAIN, NOW, List.of(votes));
  }

  private static Vote approve(String actor) {
    return new Vote(actor, Vote.Kind.APPROVE, "", NOW);
  }

  private static Vote reject(String actor) {
    return new Vote(actor, Vote.Kind.REJECT, "not now", NOW);
  }

  private static Vote override(String actor) {
    return new Vote(actor, Vote.Kind.OVERRIDE, "outage", NOW);
  }
}
