package io.bellwether.pipeline.run;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineState;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineRunnerTest {
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev");

  private final VirtualTime time = VirtualTime.create();
  private final List<String> done = new ArrayList<>();
  private final ProgrammaticApprovals approvals = ProgrammaticApprovals.create(time);

  @Test
  void stages_run_in_order_and_read_what_others_put_out() {
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("build", s -> s.run(any -> StageResult.success().with("image", "chat:7")))
                    .stage(
                        "deploy",
                        s ->
                            s.needs("build")
                                .run(
                                    c -> {
                                      done.add(c.output("build", "image").orElseThrow());
                                      return StageResult.success();
                                    })));
    try (var runner = runner(r -> r)) {
      var run = runner.start(pipeline, MAIN);
      assertThat(run.await(ofSeconds(1)).phase()).isEqualTo(RunPhase.SUCCEEDED);
      assertThat(done).containsExactly("chat:7");
      assertThat(PipelineState.replay(run.journal())).isEqualTo(run.state());
      assertThat(runner.find(run.id())).contains(run.state());
    }
  }

  @Test
  void independent_stages_run_at_the_same_time() {
    var threads = Executors.newFixedThreadPool(2);
    var both = new CountDownLatch(2);
    UnaryOperator<Stage.Builder> meets =
        s ->
            s.run(
                any -> {
                  both.countDown();
                  return both.await(10, TimeUnit.SECONDS)
                      ? StageResult.success()
                      : StageResult.failure("alone");
                });
    try (var runner = PipelineRunner.create(time.source(), threads, r -> r)) {
      var run =
          runner.start(
              Pipeline.named("chat", p -> p.stage("unit", meets).stage("integration", meets)),
              MAIN);
      assertThat(run.await(ofSeconds(20)).phase()).isEqualTo(RunPhase.SUCCEEDED);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void what_a_stage_throws_is_its_failure() {
    try (var runner = runner(r -> r)) {
      var run =
          runner.start(
              one(
                  s ->
                      s.perform(
                          any -> {
                            throw new IllegalStateException("2 of 40 tests failed");
                          })),
              MAIN);
      assertThat(run.state()).hasToString("chat 4f2a9c1 is FAILED: it: 2 of 40 tests failed");
    }
  }

  @Test
  void an_asynchronous_stage_holds_no_thread_and_may_fail_later() {
    var later = new CompletableFuture<StageResult>();
    try (var runner = runner(r -> r)) {
      var run = runner.start(one(s -> s.begin(any -> later)), MAIN);
      assertThat(run.state().stage("it").status()).isEqualTo(StageStatus.RUNNING);
      later.completeExceptionally(new IllegalStateException("gone"));
      assertThat(run.state().stage("it").message()).isEqualTo("gone");
    }
  }

  @Test
  void a_stage_that_takes_too_long_is_asked_to_stop_and_tried_again() {
    var tries = new ArrayList<CompletableFuture<StageResult>>();
    var stopped = new AtomicInteger();
    try (var runner = runner(r -> r)) {
      var run =
          runner.start(
              one(
                  s ->
                      s.timeout(ofMinutes(1))
                          .retries(1, ofSeconds(5))
                          .begin(
                              c -> {
                                c.onStop(stopped::incrementAndGet);
                                tries.add(new CompletableFuture<>());
                                return tries.get(tries.size() - 1);
                              })),
              MAIN);
      time.advance(ofMinutes(1));
      assertThat(stopped).hasValue(1);
      tries.get(0).complete(StageResult.failure("stopped"));
      assertThat(run.state().stage("it").status()).isEqualTo(StageStatus.RETRYING);
      time.advance(ofSeconds(5));
      tries.get(1).complete(StageResult.success());
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void cancelling_interrupts_blocking_work_and_ends_the_run() throws Exception {
    var threads = Executors.newCachedThreadPool();
    var begun = new CountDownLatch(1);
    try (var runner = PipelineRunner.create(time.source(), threads, r -> r)) {
      var run =
          runner.start(
              one(
                  s ->
                      s.perform(
                          any -> {
                            begun.countDown();
                            new CountDownLatch(1).await();
                          })),
              MAIN);
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      run.cancel("ops", "wrong version");

      assertThat(run.await(ofSeconds(10)))
          .hasToString("chat 4f2a9c1 is CANCELLED by ops: wrong version");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void what_does_not_stop_is_given_up_at_its_deadline() {
    try (var runner = runner(r -> r)) {
      var run =
          runner.start(
              one(s -> s.stopWithin(ofSeconds(10)).begin(any -> new CompletableFuture<>())), MAIN);
      run.cancel("ops", "enough");
      time.advance(ofSeconds(9));
      assertThat(run.state().phase()).isEqualTo(RunPhase.RUNNING);
      time.advance(ofSeconds(1));
      assertThat(run.state().phase()).isEqualTo(RunPhase.CANCELLED);
    }
  }

  @Test
  void a_protected_stage_waits_for_its_reviewer() {
    try (var runner = runner(r -> r.environment(production()).approvals(approvals))) {
      var run = runner.start(one(s -> says(s.environment("production"), "deployed")), MAIN);
      assertThat(run.state().stage("it").message())
          .isEqualTo(
              "reviewers: 1 of 1 approval missing, from lead, peer, not from the author dev");
      assertThat(approvals.waiting()).hasSize(1);

      approvals.approve(run.id(), "it", "dev", "mine");
      time.advance(ofSeconds(30));
      assertThat(done).isEmpty();
      approvals.approve(run.id(), "it", "lead", "looks good");
      time.advance(ofSeconds(30));

      assertThat(done).containsExactly("deployed");
      assertThat(run.state().stage("it").votes()).hasSize(2);
    }
  }

  @Test
  void looking_at_once_spares_the_wait() {
    try (var runner = runner(r -> r.environment(production()).approvals(approvals))) {
      var run = runner.start(one(s -> says(s.environment("production"), "deployed")), MAIN);
      approvals.approve(run.id(), "it", "lead", "looks good");
      run.look();
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

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

  @Test
  void a_listener_that_fails_harms_nobody() {
    try (var runner =
        runner(
            r ->
                r.listener(
                    (event, state) -> {
                      throw new IllegalStateException("broken");
                    }))) {
      assertThat(runner.start(one(s -> says(s, "x")), MAIN).state().phase())
          .isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void an_unknown_environment_is_refused_before_anything_runs() {
    try (var runner = runner(r -> r)) {
      assertThatThrownBy(() -> runner.start(one(s -> says(s.environment("prod"), "x")), MAIN))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining(
              "stage 'it' works on 'prod', which the runner does not know: add environment(…)");
      assertThat(done).isEmpty();
    }
  }

  @Test
  void waiting_longer_than_one_has_patience_says_where_the_run_stands() {
    try (var runner = runner(r -> r)) {
      var run = runner.start(one(s -> s.begin(any -> new CompletableFuture<>())), MAIN);
      assertThatThrownBy(() -> run.await(Duration.ofMillis(1)))
          .hasMessageContaining("has not ended within 1ms: chat 4f2a9c1 is RUNNING: it RUNNING");
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

  private static Environment production() {
    return Environment.named("production", e -> e.reviewers(r -> r.people("lead", "peer")));
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
