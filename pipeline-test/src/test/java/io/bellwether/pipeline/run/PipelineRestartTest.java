package io.bellwether.pipeline.run;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over the end of their process, and over what their store does. */
class PipelineRestartTest {
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev");

  private final VirtualTime time = VirtualTime.create();
  private final List<String> done = new ArrayList<>();
  private final ProgrammaticApprovals approvals = ProgrammaticApprovals.create(time);

  @Test
  void an_approval_survives_a_restart_even_if_its_source_forgets(@TempDir Path folder) {
    var production =
        Environment.named(
            "production", e -> e.reviewers(r -> r.people("lead")).waitTimer(ofMinutes(5)));
    var pipeline = one(s -> says(s.environment("production"), "deployed"));
    String id;
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store).environment(production).approvals(approvals))) {
      var run = runner.start(pipeline, MAIN);
      id = run.id();
      approvals.approve(id, "it", "lead", "looks good");
      time.advance(ofMinutes(1));
    }
    time.advance(ofMinutes(1));
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store).environment(production).resume(pipeline))) {
      var run = runner.run(id).orElseThrow();
      assertThat(run.state().stage("it").status()).isEqualTo(StageStatus.HELD);
      time.advance(ofMinutes(3));
      assertThat(done).containsExactly("deployed");
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void after_a_kill_what_was_done_stays_done_and_what_ran_is_begun_again(@TempDir Path folder) {
    var first = new CompletableFuture<StageResult>();
    UnaryOperator<Pipeline.Builder> stages =
        p ->
            p.stage("build", s -> says(s, "built"))
                .stage("deploy", s -> s.needs("build").begin(c -> deploy(c, first)));
    var pipeline = Pipeline.named("chat", stages);
    String id;
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store))) {
      id = runner.start(pipeline, MAIN).id();
    }
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store).resume(pipeline))) {
      assertThat(runner.run(id).orElseThrow().state().phase()).isEqualTo(RunPhase.SUCCEEDED);
      assertThat(runner.run(id).orElseThrow().journal())
          .extracting(PipelineEvent::explain)
          .contains("deploy began, try 2, again after its process had ended");
    }
    assertThat(done).containsExactly("built", "deploy 1 false", "deploy 2 true");
    first.complete(StageResult.success());
  }

  @Test
  void a_run_whose_pipeline_has_changed_ends_instead_of_guessing(@TempDir Path folder) {
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store))) {
      runner.start(one(s -> s.begin(any -> new CompletableFuture<>())), MAIN);
    }
    var other = Pipeline.named("chat", p -> p.stage("other", s -> says(s, "other")));
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store).resume(other))) {
      var id = store.runs("chat").get(0);
      assertThat(runner.run(id).orElseThrow().state().explain())
          .contains("CANCELLED by the runner: the pipeline's stages were [it] and are now [other]");
      assertThat(done).isEmpty();
    }
  }

  @Test
  void closing_without_a_durable_store_asks_what_runs_to_stop() {
    var stopped = new AtomicInteger();
    var runner = runner(r -> r);
    runner.start(
        one(
            s ->
                s.begin(
                    c -> {
                      c.onStop(stopped::incrementAndGet);
                      return new CompletableFuture<>();
                    })),
        MAIN);
    runner.close();
    assertThat(stopped).hasValue(1);
    assertThatThrownBy(() -> runner.start(one(s -> says(s, "x")), MAIN))
        .isInstanceOf(BellwetherException.class);
  }

  @Test
  void nothing_is_done_before_it_is_remembered() {
    var store = new BrokenStore();
    var later = new CompletableFuture<StageResult>();
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("build", s -> s.begin(any -> later))
                    .stage("deploy", s -> says(s.needs("build"), "deployed")));
    try (var runner = runner(r -> r.store(store))) {
      var run = runner.start(pipeline, MAIN);
      store.failures = 2;
      later.complete(StageResult.success());
      assertThat(done).isEmpty();
      time.advance(ofSeconds(1));
      assertThat(done).isEmpty();
      time.advance(ofSeconds(2));
      assertThat(done).containsExactly("deployed");
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void a_write_whose_answer_was_lost_is_not_written_twice() {
    var store = new BrokenStore();
    var later = new CompletableFuture<StageResult>();
    try (var runner = runner(r -> r.store(store))) {
      var run = runner.start(one(s -> s.begin(any -> later)), MAIN);
      store.lostAnswers = 1;
      later.complete(StageResult.success());
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
      assertThat(run.journal()).hasSize(4);
    }
  }

  @Test
  void a_run_somebody_else_carries_on_is_let_go() {
    var store = new BrokenStore();
    var later = new CompletableFuture<StageResult>();
    try (var runner = runner(r -> r.store(store))) {
      var run = runner.start(one(s -> s.begin(any -> later)), MAIN);
      store.append(run.id(), 2, List.of(new PipelineEvent.Cancelled(time.instant(), "x", "y")));
      later.complete(StageResult.success());
      assertThatThrownBy(() -> run.await(ofSeconds(1)))
          .hasMessageContaining("is carried on by somebody else");
    }
  }

  @Test
  void a_runner_that_lives_long_does_not_keep_every_run() {
    try (var runner = runner(r -> r)) {
      var first = runner.start(one(s -> says(s, "x")), MAIN).id();
      for (var number = 0; number < 100; number++) {
        runner.start(one(s -> says(s, "x")), MAIN);
      }
      assertThat(runner.run(first)).isEmpty();
      assertThat(runner.find(first)).isEmpty();
      assertThat(runner.open()).isEmpty();
    }
  }

  private CompletableFuture<StageResult> deploy(
      StageContext context, CompletableFuture<StageResult> first) {
    done.add("deploy " + context.attempt() + " " + context.resumed());
    return context.resumed() ? CompletableFuture.completedFuture(StageResult.success()) : first;
  }

  private PipelineRunner runner(UnaryOperator<PipelineRunner.Builder> settings) {
    return PipelineRunner.create(time.source(), Runnable::run, settings);
  }

  private static Pipeline one(UnaryOperator<Stage.Builder> stage) {
    return Pipeline.named("chat", p -> p.stage("it", stage));
  }

  private Stage.Builder says(Stage.Builder stage, String what) {
    return stage.perform(any -> done.add(what));
  }

  /** Refuses some appends, or takes them and says it did not. */
  private static final class BrokenStore implements PipelineStore {
    private final InMemoryPipelineStore inner = InMemoryPipelineStore.create();
    private int failures;
    private int lostAnswers;

    @Override
    public void append(String run, long length, List<PipelineEvent> events) {
      if (failures > 0) {
        failures--;
        throw new BellwetherException("the disk is full");
      }
      inner.append(run, length, events);
      if (lostAnswers > 0) {
        lostAnswers--;
        throw new BellwetherException("the connection broke");
      }
    }

    @Override
    public List<PipelineEvent> journal(String run) {
      return inner.journal(run);
    }

    @Override
    public List<String> runs(String pipeline) {
      return inner.runs(pipeline);
    }

    @Override
    public List<String> unfinished() {
      return inner.unfinished();
    }

    @Override
    public boolean durable() {
      return false;
    }
  }
}
