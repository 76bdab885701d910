package io.bellwether.pipeline.run;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.testing.VirtualTime;
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
}
