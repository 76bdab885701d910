package io.bellwether.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.testing.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds in every life of a rollout. */
class RolloutLawsTest {
  private static final int HISTORIES = 20_000;
  private static final Set<String> TERMINAL_ALERTS =
      Set.of(
          "rollout_promoted",
          "rollout_rolled_back",
          "rollout_rollback_failed",
          "rollout_refused",
          "rollout_superseded",
          "rollout_reverted");

  @Test
  void every_law_holds_in_every_history() {
    var ends = new EnumMap<Phase, Integer>(Phase.class);
    var seen = new EnumMap<Phase, Set<Phase>>(Phase.class);
    var looked = EnumSet.noneOf(Phase.class);
    Cases.forAll(
        "the laws of a rollout",
        HISTORIES,
        gen -> {
          var history = RolloutHistory.live(gen);
          ends.merge(history.end().phase(), 1, Integer::sum);
          weightNeverRisesAfterAnAbort(history);
          trafficMovesToStableBeforeAnythingElse(history);
          theJournalReplaysToTheState(history);
          noBakeIsSkipped(history);
          thereIsOneTerminalAlert(history);
          noWeightIsOutsideThePlan(history);
          stableChangesOnlyWithTheEnd(history);
          terminalPhasesAbsorb(history);
          phasesFollowTheTable(history, seen);
          aLookDecidesNothingItself(history, looked);
        });
    assertThat(looked)
        .as("a look finds something to measure in every phase that gates watch")
        .contains(Phase.BAKING, Phase.HELD, Phase.WATCHING);
    assertThat(ends.keySet())
        .as("histories reach every end")
        .containsAll(Stream.of(Phase.values()).filter(Phase::isTerminal).toList());
    for (var phase : Phase.values()) {
      assertThat(seen.getOrDefault(phase, Set.of()))
          .as("every transition of the table from " + phase + " is taken by some history")
          .containsAll(Transitions.from(phase));
    }
  }

  @Test
  void an_abort_is_obeyed_in_every_phase() {
    Map<Phase, Integer> aborted = new EnumMap<>(Phase.class);
    Cases.forAll(
        "abort from everywhere",
        2_000,
        gen -> {
          var history = RolloutHistory.live(gen);
          for (var turn : history.turns) {
            var state = turn.decision().state();
            if (!state.isTerminal()) {
              aborted.merge(state.phase(), 1, Integer::sum);
              var decision =
                  RolloutDecider.decide(
                      history.plan, state, new RolloutInput.Abort("operator", "now"), turn.at());
              assertThat(decision.state().phase()).isEqualTo(Phase.ABORTING);
            }
          }
        });
    assertThat(aborted)
        .containsKeys(
            Phase.SHIFTING,
            Phase.BAKING,
            Phase.HELD,
            Phase.PROMOTING,
            Phase.WATCHING,
            Phase.ABORTING);
  }

  /** It asks for readings at most, and what these say is decided as at a check that was due. */
  private static void aLookDecidesNothingItself(RolloutHistory history, Set<Phase> looked) {
    for (var turn : history.turns) {
      if (turn.input() instanceof RolloutInput.Look) {
        var decision = turn.decision();
        assertThat(decision.events()).as(history::toString).isEmpty();
        assertThat(decision.state().phase()).isEqualTo(turn.before().phase());
        assertThat(decision.effects())
            .as(history::toString)
            .allMatch(RolloutEffect.Measure.class::isInstance);
        if (!decision.effects().isEmpty()) {
          looked.add(turn.before().phase());
        }
      }
    }
  }

  private static void phasesFollowTheTable(RolloutHistory history, Map<Phase, Set<Phase>> seen) {
    var replanned = false;
    for (var turn : history.turns) {
      replanned |= turn.input() instanceof RolloutInput.Replan;
      var state = turn.before();
      for (var event : turn.decision().events()) {
        var next = event.applyTo(state);
        if (state != null && next.phase() != state.phase()) {
          assertThat(Transitions.allowed(state.phase(), next.phase(), replanned))
              .as(() -> event + " in " + history)
              .isTrue();
          seen.computeIfAbsent(state.phase(), phase -> EnumSet.noneOf(Phase.class))
              .add(next.phase());
        }
        state = next;
      }
    }
  }

  private static void weightNeverRisesAfterAnAbort(RolloutHistory history) {
    var aborting = false;
    for (var turn : history.turns) {
      for (var effect : turn.decision().effects()) {
        if (aborting && effect instanceof RolloutEffect.Route route) {
          assertThat(route.split().allOnStable()).as(history::toString).isTrue();
          assertThat(route.split().stable()).isEqualTo(history.end().stable());
        }
      }
      aborting |= turn.decision().state().phase() == Phase.ABORTING;
    }
  }

  private static void trafficMovesToStableBeforeAnythingElse(RolloutHistory history) {
    for (var turn : history.turns) {
      var aborts =
          turn.decision().events().stream().anyMatch(RolloutEvent.Aborted.class::isInstance);
      if (aborts && history.plan.routed()) {
        var effects = turn.decision().effects();
        var first =
            effects.stream()
                .filter(effect -> !(effect instanceof RolloutEffect.Measure))
                .filter(effect -> !(effect instanceof RolloutEffect.Clear))
                .findFirst()
                .orElseThrow();
        assertThat(first)
            .as(history::toString)
            .isInstanceOfSatisfying(
                RolloutEffect.Route.class,
                route ->
                    assertThat(route.split())
                        .isEqualTo(
                            TrafficSplit.stable(history.plan.release(), history.end().stable())));
      }
    }
  }

  private static void theJournalReplaysToTheState(RolloutHistory history) {
    assertThat(RolloutEvent.replay(history.journal)).as(history::toString).isEqualTo(history.end());
  }

  /**
   * A step ends only after its bake, holds and blind time not counted, or when somebody says so.
   */
  private static void noBakeIsSkipped(RolloutHistory history) {
    Instant begun = null;
    var idle = Duration.ZERO;
    Instant idleSince = null;
    var hurried = false;
    var step = 0;
    for (var event : history.journal) {
      if (event instanceof RolloutEvent.BakeBegan began) {
        begun = began.from();
        idle = Duration.ZERO;
        idleSince = null;
        hurried = false;
      } else if (event instanceof RolloutEvent.Held && idleSince == null) {
        idleSince = event.at();
      } else if (event instanceof RolloutEvent.Released && idleSince != null) {
        idle = idle.plus(Duration.between(idleSince, event.at()));
        idleSince = null;
      } else if (event instanceof RolloutEvent.Requested requested) {
        hurried |= requested.refusal().isEmpty();
      } else if (event instanceof RolloutEvent.Entered entered) {
        if (leaves(entered, step) && !hurried) {
          var bake = history.plan.steps().get(step).bake().orElseThrow();
          var held = idleSince == null ? Duration.ZERO : Duration.between(idleSince, event.at());
          assertThat(begun).as(history::toString).isNotNull();
          assertThat(Duration.between(begun, event.at()).minus(idle).minus(held))
              .as(history::toString)
              .isGreaterThanOrEqualTo(bake);
        }
        step = entered.step();
      }
    }
  }

  private static boolean leaves(RolloutEvent.Entered entered, int step) {
    return entered.phase() == Phase.PROMOTED
        || entered.phase() == Phase.REVERTED
        || !entered.phase().isTerminal() && entered.step() > step;
  }

  private static void thereIsOneTerminalAlert(RolloutHistory history) {
    var terminal =
        history.alerts.stream().map(Alert::name).filter(TERMINAL_ALERTS::contains).toList();
    assertThat(terminal).as(history::toString).hasSize(history.end().isTerminal() ? 1 : 0);
  }

  private static void noWeightIsOutsideThePlan(RolloutHistory history) {
    var planned = history.plan.steps().stream().map(Step::weight).toList();
    for (var split : history.applied) {
      if (split.hasCandidate()) {
        assertThat(planned).as(history::toString).contains(split.weight());
      }
    }
    if (!history.replanned()) {
      assertThat(
              history.applied.stream()
                  .filter(TrafficSplit::hasCandidate)
                  .map(TrafficSplit::weight)
                  .toList())
          .as(history::toString)
          .isSortedAccordingTo(Weight::compareTo);
    }
  }

  private static void stableChangesOnlyWithTheEnd(RolloutHistory history) {
    if (history.end().phase() == Phase.PROMOTED && history.plan.routed()) {
      var last = history.applied.get(history.applied.size() - 1);
      assertThat(last)
          .isEqualTo(TrafficSplit.stable(history.plan.release(), history.end().candidate()));
    }
    if (history.end().phase() == Phase.ROLLED_BACK && history.plan.routed()) {
      var last = history.applied.get(history.applied.size() - 1);
      assertThat(last)
          .isEqualTo(TrafficSplit.stable(history.plan.release(), history.end().stable()));
    }
  }

  private static void terminalPhasesAbsorb(RolloutHistory history) {
    if (history.end().isTerminal()) {
      for (var turn : history.turns) {
        var after =
            RolloutDecider.decide(
                history.plan, history.end(), turn.input(), turn.at().plusSeconds(9_999));
        assertThat(after.state()).isEqualTo(history.end());
        assertThat(after.events()).isEmpty();
        assertThat(after.effects()).isEmpty();
      }
    }
  }
}
