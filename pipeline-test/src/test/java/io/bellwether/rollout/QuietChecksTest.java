package io.bellwether.rollout;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of the checks is kept, and what a reading may do that comes late. */
class QuietChecksTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BAKE = Duration.ofMinutes(20);
  private static final Reading GOOD = Reading.of(0.01, 1_000, "test");
  private static final Reading BAD = Reading.of(0.2, 1_000, "test");

  private final RolloutPlan plan =
      RolloutPlan.routed(
          "chat",
          "canary",
          List.of(Step.of(Weight.percent(10), BAKE), Step.of(Weight.FULL, BAKE)),
          List.of(
              MetricGate.named(
                  "errors",
                  g ->
                      g.require(
                          errorRate().atMost(percent(5)).breachedFor(Duration.ofMinutes(2))))),
          Timing.defaults().withWarmUp(Duration.ZERO));
  private final List<RolloutEvent> journal = new ArrayList<>();
  private RolloutState state;
  private Reading reading = GOOD;
  private Instant now = START;

  QuietChecksTest() {
    take(
        RolloutDecider.begin(
            plan,
            plan.run("run", new Version("v1"), new Version("v2"), RunInfo.Purpose.DEPLOY, START)),
        START);
  }

  @Test
  void a_check_that_says_what_the_last_one_said_changes_nothing() {
    check(START.plusSeconds(30));
    var known = state;
    var events = journal.size();
    check(START.plusSeconds(60));
    assertThat(state).isSameAs(known);
    assertThat(journal).hasSize(events);
  }

  @Test
  void one_check_is_kept_every_five_minutes() {
    runUntil(START.plus(BAKE).minusSeconds(1));
    assertThat(checks())
        .extracting(check -> Duration.between(START, check.at()).toSeconds())
        .containsExactly(30L, 360L, 690L, 1020L);
    assertThat(RolloutEvent.replay(journal)).isEqualTo(state);
  }

  @Test
  void the_check_a_step_ends_with_is_kept_in_front_of_what_follows() {
    runUntil(START.plus(BAKE));
    var moved = journal.indexOf(new RolloutEvent.Entered(START.plus(BAKE), Phase.PROMOTING, 1));
    assertThat(journal.subList(0, moved))
        .filteredOn(RolloutEvent.Checked.class::isInstance)
        .last()
        .extracting(RolloutEvent::at)
        .isEqualTo(START.plus(BAKE));
    assertThat(journal.get(moved - 3)).isInstanceOf(RolloutEvent.Checked.class);
  }

  @Test
  void every_check_of_a_breach_under_way_is_kept_until_it_has_lasted() {
    runUntil(START.plusSeconds(100));
    reading = BAD;
    runUntil(START.plusSeconds(300));
    assertThat(checks())
        .extracting(check -> Duration.between(START, check.at()).toSeconds())
        .containsExactly(30L, 120L, 150L, 180L, 210L, 240L);
    assertThat(state.phase()).isEqualTo(Phase.ROLLED_BACK);
  }

  @Test
  void a_reading_that_comes_late_completes_no_bake() {
    runUntil(START.plus(BAKE).minusSeconds(1));
    take(measured(START.plus(BAKE).minusSeconds(1)), START.plus(BAKE).plusSeconds(9));
    assertThat(state.phase()).isEqualTo(Phase.BAKING);
    take(measured(START.plus(BAKE)), START.plus(BAKE).plusSeconds(9));
    assertThat(state.phase()).isEqualTo(Phase.WATCHING);
  }

  @Test
  void a_reading_of_before_a_hold_does_not_end_it() {
    runUntil(START.plusSeconds(100));
    var late = measured(START.plusSeconds(110));
    reading = Reading.noData("test", "gone");
    check(START.plusSeconds(120));
    reading = GOOD;
    take(late, START.plusSeconds(121));
    assertThat(state.phase()).isEqualTo(Phase.HELD);
    take(measured(START.plusSeconds(150)), START.plusSeconds(151));
    assertThat(state.phase()).isEqualTo(Phase.BAKING);
  }

  @Test
  void a_reading_of_before_the_last_one_known_is_ignored() {
    runUntil(START.plusSeconds(100));
    var late = measured(START.plusSeconds(110));
    reading = BAD;
    check(START.plusSeconds(120));
    var breached = state;
    take(late, START.plusSeconds(121));
    assertThat(state).isSameAs(breached);
  }

  @Test
  void a_check_is_asked_for_again_when_its_answer_was_lost() {
    var due = START.plusSeconds(30);
    for (var tick = 0; tick < 3; tick++) {
      var decision = RolloutDecider.decide(plan, state, new RolloutInput.Tick(), due);
      assertThat(decision.effects()).hasOnlyElementsOfType(RolloutEffect.Measure.class);
      assertThat(decision.state()).isSameAs(state);
      assertThat(RolloutDecider.nextWake(plan, state, due)).contains(due.plusSeconds(30));
      due = due.plusSeconds(30);
    }
  }

  @Test
  void the_checks_keep_their_interval_and_the_bakes_end_whatever_is_known() {
    check(START.plusSeconds(30));
    assertThat(RolloutDecider.nextWake(plan, state, START.plusSeconds(31)))
        .contains(START.plusSeconds(60));
    assertThat(RolloutDecider.nextWake(plan, state, START.plusSeconds(60)))
        .contains(START.plusSeconds(90));
    assertThat(RolloutDecider.nextWake(plan, state, START.plus(BAKE).minusSeconds(10)))
        .contains(START.plus(BAKE));
  }

  private List<RolloutEvent.Checked> checks() {
    return journal.stream()
        .filter(RolloutEvent.Checked.class::isInstance)
        .map(RolloutEvent.Checked.class::cast)
        .toList();
  }

  private void runUntil(Instant end) {
    for (var wake = RolloutDecider.nextWake(plan, state, now);
        wake.filter(next -> !next.isAfter(end)).isPresent();
        wake = RolloutDecider.nextWake(plan, state, now)) {
      now = wake.get();
      check(now);
    }
  }

  private void check(Instant at) {
    take(new RolloutInput.Tick(), at);
  }

  private void take(RolloutInput input, Instant now) {
    take(RolloutDecider.decide(plan, state, input, now), now);
  }

  private void take(Decision decision, Instant now) {
    state = decision.state();
    journal.addAll(decision.events());
    for (var effect : decision.effects()) {
      if (effect instanceof RolloutEffect.Clear clear) {
        take(new RolloutInput.Cleared(clear.key(), Clearance.go()), now);
      } else if (effect instanceof RolloutEffect.Route route) {
        take(new RolloutInput.Routed(route.key(), route.split()), now);
      } else if (effect instanceof RolloutEffect.Measure measure) {
        take(new RolloutInput.Measured(measure.asOf(), readings(measure.queries())), now);
      } else if (effect instanceof RolloutEffect.Confirm confirm) {
        var back = RolloutDecider.confirmed(plan, state);
        take(new RolloutInput.Confirmed(confirm.key(), new Confirmation(back, true, "")), now);
      }
    }
  }

  /** The answer to what is asked at this time, kept back. */
  private RolloutInput.Measured measured(Instant asOf) {
    var asked = RolloutDecider.decide(plan, state, new RolloutInput.Tick(), asOf).effects().get(0);
    return new RolloutInput.Measured(asOf, readings(((RolloutEffect.Measure) asked).queries()));
  }

  private Map<MetricQuery, Reading> readings(List<MetricQuery> queries) {
    var readings = new HashMap<MetricQuery, Reading>();
    queries.forEach(
        query -> readings.put(query, query.version().id().equals("v2") ? reading : GOOD));
    return readings;
  }
}
