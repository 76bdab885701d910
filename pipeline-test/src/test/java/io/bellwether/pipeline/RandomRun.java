package io.bellwether.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.rollout.Clearance;
import io.bellwether.testing.Gen;
import io.bellwether.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run in a world that answers in any order, or not at all. */
final class RandomRun {
  private final Gen gen;
  final Pipeline pipeline;
  final List<PipelineEvent> journal = new ArrayList<>();
  private List<PipelineEffect> open = new ArrayList<>();
  private Instant now = MutableClock.START;
  PipelineState state;

  RandomRun(Gen gen) {
    this.gen = gen;
    pipeline = RandomPipelines.draw(gen);
    take(PipelineDecider.begin(pipeline, "run-1", RandomPipelines.trigger(gen), now));
  }

  boolean ended() {
    return state.phase().hasEnded();
  }

  Instant now() {
    return now;
  }

  /** Something happens; most of the time an effect is answered. */
  void step(boolean mayCancel, boolean mayCrash) {
    if (mayCancel && gen.chance(0.03)) {
      tell(new PipelineInput.Cancel("ops", "enough"));
    } else if (mayCrash && gen.chance(0.1)) {
      crash();
    } else if (!open.isEmpty() && gen.chance(0.7)) {
      answer(open.get(gen.nextInt(open.size())));
    } else {
      passTime();
    }
  }

  /** What the world does when nobody answers any more. */
  void passTime() {
    now =
        PipelineDecider.nextWake(pipeline, state)
            .filter(wake -> wake.isAfter(now))
            .orElse(now.plusSeconds(1));
    tell(new PipelineInput.Tick());
  }

  /** The process ends, perhaps before its last decision was carried out, and another goes on. */
  void crash() {
    open = new ArrayList<>();
    now = now.plus(Duration.ofSeconds(gen.between(0, 600)));
    assertThat(PipelineState.replay(journal)).isEqualTo(state);
    tell(new PipelineInput.Resumed());
  }

  void tell(PipelineInput input) {
    take(PipelineDecider.decide(pipeline, state, input, now));
  }

  private void answer(PipelineEffect effect) {
    if (effect instanceof PipelineEffect.Begin begin) {
      open.remove(effect);
      var result = gen.chance(0.75) ? StageResult.success("done") : StageResult.failure("it broke");
      tell(new PipelineInput.Ended(begin.stage(), begin.attempt(), result));
    } else if (effect instanceof PipelineEffect.Ask ask) {
      rule(ask);
    } else {
      open.remove(effect);
    }
  }

  private void rule(PipelineEffect.Ask ask) {
    var answer =
        gen.pick(
            Clearance.go(),
            Clearance.go(),
            Clearance.waitFor("a reviewer"),
            Clearance.refuse("no"));
    if (answer.decision() != Clearance.Decision.WAIT) {
      open.remove(ask);
    }
    tell(new PipelineInput.Ruled(ask.stage(), answer));
  }

  private void take(PipelineDecision decision) {
    var before = journal.size();
    journal.addAll(decision.events());
    for (var event : journal.subList(before, journal.size())) {
      if (event instanceof PipelineEvent.Started started) {
        checkBefore(pipeline.known(started.stage()), before);
      }
    }
    state = decision.state();
    open.addAll(decision.effects());
  }

  /** At the moment a stage begins, what it needs is done. */
  private void checkBefore(Stage stage, int from) {
    for (var end = from; end < journal.size(); end++) {
      if (journal.get(end) instanceof PipelineEvent.Started started
          && started.stage().equals(stage.name())) {
        var then = PipelineState.replay(journal.subList(0, end + 1));
        for (var name : stage.before()) {
          assertMayGoOn(stage, name, then.stage(name));
        }
      }
    }
  }

  private static void assertMayGoOn(Stage stage, String name, StageState before) {
    var notApplying =
        before.status() == StageStatus.SKIPPED
            && before.skip().orElseThrow() == SkipCause.CONDITION
            && !stage.needs().contains(name);
    var fine =
        stage.always()
            ? before.status().hasEnded()
            : before.status() == StageStatus.SUCCEEDED || notApplying;
    assertThat(fine).as("%s began while %s was %s", stage.name(), name, before.status()).isTrue();
  }
}
