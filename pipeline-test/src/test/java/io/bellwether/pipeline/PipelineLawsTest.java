package io.bellwether.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.testing.Cases;
import java.util.HashMap;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** What holds for every graph, whatever the world does. */
class PipelineLawsTest {
  private static final int CASES = 400;
  private static final int STEPS = 5_000;

  @Test
  void no_stage_runs_before_its_needs_and_every_run_ends() {
    Cases.forAll(
        "every run ends, and no stage began before its needs",
        CASES,
        gen -> {
          var run = new RandomRun(gen);
          for (var step = 0; step < STEPS && !run.ended(); step++) {
            run.step(true, true);
          }
          assertThat(run.ended()).as("%s", run.state).isTrue();
          assertThat(PipelineState.replay(run.journal)).isEqualTo(run.state);
        });
  }

  @Test
  void dependants_of_a_failed_stage_never_run() {
    Cases.forAll(
        "what needs a failed stage, however far away, did not run",
        CASES,
        gen -> {
          var run = new RandomRun(gen);
          for (var step = 0; step < STEPS && !run.ended(); step++) {
            run.step(false, true);
          }
          var lost = new HashSet<String>();
          for (var stage : run.pipeline.stages()) {
            var state = run.state.stage(stage.name());
            if (!stage.always() && stage.before().stream().anyMatch(lost::contains)) {
              assertThat(state.attempt()).as("%s of %s", stage, run.journal).isZero();
              lost.add(stage.name());
            } else if (state.status() == StageStatus.FAILED) {
              lost.add(stage.name());
            }
          }
        });
  }

  @Test
  void a_cancelled_run_ends_within_its_deadline_even_if_nothing_answers() {
    Cases.forAll(
        "cancel ends a run",
        CASES,
        gen -> {
          var run = new RandomRun(gen);
          var before = gen.between(0, 20);
          for (var step = 0; step < before && !run.ended(); step++) {
            run.step(false, false);
          }
          var cancelled = run.now();
          run.tell(new PipelineInput.Cancel("ops", "enough"));
          while (!run.ended()) {
            run.passTime();
            assertThat(run.now()).isBeforeOrEqualTo(cancelled.plus(RandomPipelines.STOP_WITHIN));
          }
        });
  }

  @Test
  void nothing_that_was_recorded_as_done_runs_twice() {
    Cases.forAll(
        "a stage that ended is not begun again, and no try is begun twice",
        CASES,
        gen -> {
          var run = new RandomRun(gen);
          for (var step = 0; step < STEPS && !run.ended(); step++) {
            run.step(true, true);
          }
          var ended = new HashSet<String>();
          var tries = new HashMap<String, Integer>();
          for (var event : run.journal) {
            if (event instanceof PipelineEvent.Started started) {
              assertThat(ended).doesNotContain(started.stage());
              assertThat(started.attempt())
                  .isEqualTo(tries.merge(started.stage(), 1, Integer::sum));
            } else if (event instanceof PipelineEvent.Succeeded
                || event instanceof PipelineEvent.Failed
                || event instanceof PipelineEvent.Skipped
                || event instanceof PipelineEvent.Stopped) {
              var stage = ((PipelineEvent.OfStage) event).stage();
              assertThat(ended.add(stage)).as("%s ended twice", stage).isTrue();
            }
          }
        });
  }

  @Test
  void what_must_not_run_twice_is_begun_again_only_after_a_failure_it_told() {
    Cases.forAll(
        "a stage that is to run once only is never resumed",
        CASES,
        gen -> {
          var run = new RandomRun(gen);
          for (var step = 0; step < STEPS && !run.ended(); step++) {
            run.step(false, true);
          }
          for (var event : run.journal) {
            if (event instanceof PipelineEvent.Started started && started.resumed()) {
              assertThat(run.pipeline.known(started.stage()).repeatable()).isTrue();
            }
          }
        });
  }
}
