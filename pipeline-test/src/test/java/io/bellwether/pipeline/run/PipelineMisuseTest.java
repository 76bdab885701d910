package io.bellwether.pipeline.run;

import static io.bellwether.pipeline.StageCondition.everyRun;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageCondition;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.pipeline.protection.ProtectionRule;
import io.bellwether.rollout.Clearance;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a host's code does, every run ends and the store can be opened again. */
class PipelineMisuseTest {
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev");
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = VirtualTime.create();
  private final ProgrammaticApprovals approvals = ProgrammaticApprovals.create(time);

  @Test
  void words_that_are_missing_do_not_spoil_the_store(@TempDir Path folder) {
    var environment = Environment.named("e", e -> e.reviewers(r -> r.people("lead")));
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store).environment(environment).approvals(approvals))) {
      runner.start(one(s -> s.run(c -> StageResult.success(none()))), MAIN);
      var failed = runner.start(one(s -> s.run(c -> StageResult.failure(none()))), MAIN);
      assertThat(failed.state().stage("it").message()).isEqualTo("no reason was given");
      var waiting = runner.start(one(s -> s.environment("e").run(c -> ok())), MAIN);
      approvals.approve(waiting.id(), "it", "lead", none());
      time.advance(ofMinutes(1));
      assertThat(waiting.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
      runner.start(one(s -> s.begin(c -> new CompletableFuture<>())), MAIN).cancel(none(), none());
    }
    try (var store = FilePipelineStore.open(folder)) {
      assertThat(store.runs("chat")).hasSize(4);
    }
    assertThatThrownBy(() -> MAIN.withChange(none())).hasMessageContaining("a change is needed");
  }

  @Test
  void any_error_a_stage_throws_is_its_failure() {
    try (var runner = runner(r -> r)) {
      var run =
          runner.start(
              one(
                  s ->
                      s.run(
                          c -> {
                            throw new StackOverflowError();
                          })),
              MAIN);
      assertThat(run.state()).hasToString("chat 4f2a9c1 is FAILED: it: StackOverflowError");
    }
  }

  @Test
  void outputs_no_journal_takes_fail_their_stage(@TempDir Path folder) {
    try (var store = FilePipelineStore.open(folder);
        var runner = runner(r -> r.store(store))) {
      var large = "x".repeat(StageResult.MOST_OUTPUT);
      var run = runner.start(one(s -> s.run(c -> ok().with("log", large))), MAIN);
      assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
      assertThat(run.state().stage("it").message())
          .isEqualTo(
              "its outputs [log] have 1048579 characters, at most 1048576 are remembered: write"
                  + " them to a file and put out its path");
      var nearly = runner.start(one(s -> s.run(c -> ok().with("", large))), MAIN);
      assertThat(nearly.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
      assertThat(StageResult.failure(large).message()).hasSizeLessThan(2_100);
    }
  }

  @Test
  void for_ever_is_a_duration_like_any_other() {
    try (var runner = runner(r -> r)) {
      var run =
          runner.start(
              one(
                  s ->
                      s.timeout(FOREVER)
                          .stopWithin(FOREVER)
                          .retries(1, FOREVER)
                          .run(c -> StageResult.failure("not yet"))),
              MAIN);
      assertThat(run.state().stage("it").status()).isEqualTo(StageStatus.RETRYING);
      run.cancel("ops", "enough");
      assertThat(run.await(FOREVER).phase()).isEqualTo(RunPhase.CANCELLED);
      var stuck =
          runner.start(one(s -> s.stopWithin(FOREVER).begin(c -> new CompletableFuture<>())), MAIN);
      stuck.cancel("ops", "enough");
      assertThat(stuck.state().stage("it").status()).isEqualTo(StageStatus.STOPPING);
    }
  }

  @Test
  void a_condition_that_throws_fails_its_stage_and_ends_the_run() {
    var broken =
        new StageCondition(
            "the moon is full",
            trigger -> {
              throw new IllegalStateException("clouds");
            });
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("first", s -> s.when(everyRun()).run(c -> ok()))
                    .stage("second", s -> s.needs("first").when(broken).run(c -> ok())));
    try (var runner = runner(r -> r)) {
      var run = runner.start(pipeline, MAIN);
      assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
      assertThat(run.state().stage("second").message())
          .isEqualTo(
              "whether it applies when the moon is full cannot be said:"
                  + " java.lang.IllegalStateException: clouds");
    }
  }

  @Test
  void a_listener_that_throws_an_error_harms_nobody() {
    try (var runner =
        runner(
            r ->
                r.listener(
                    (event, state) -> {
                      throw new AssertionError("a test's");
                    }))) {
      var run = runner.start(one(s -> s.run(c -> ok())), MAIN);
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void a_runner_that_cannot_be_made_takes_up_no_run() {
    var store = InMemoryPipelineStore.create();
    var begun = new AtomicInteger();
    UnaryOperator<Stage.Builder> stage =
        s ->
            s.begin(
                c -> {
                  begun.incrementAndGet();
                  return new CompletableFuture<>();
                });
    var free = Pipeline.named("free", p -> p.stage("it", stage));
    var bound = Pipeline.named("bound", p -> p.stage("it", s -> stage.apply(s).environment("e")));
    var environment = Environment.named("e", e -> e.waitTimer(ofMinutes(5)));
    try (var runner = runner(r -> r.store(store).environment(environment))) {
      runner.start(free, MAIN);
      runner.start(bound, MAIN);
    }
    assertThatThrownBy(() -> runner(r -> r.store(store).resume(free).resume(bound)))
        .isInstanceOf(InvalidConfigurationException.class);
    assertThat(begun).hasValue(1);
  }

  @Test
  void a_rule_that_hangs_or_says_nothing_starves_no_other_stage() throws Exception {
    var threads = Executors.newCachedThreadPool();
    var end = new CountDownLatch(1);
    var hanging =
        Environment.named(
            "hanging",
            e ->
                e.budget(
                    request -> {
                      try {
                        end.await();
                      } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                      }
                      throw new IllegalStateException("too late");
                    }));
    var free = Environment.named("free", e -> e);
    var done = new CountDownLatch(1);
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("a", s -> s.environment("hanging").run(c -> ok()))
                    .stage("b", s -> s.environment("free").perform(c -> done.countDown())));
    try (var runner =
        PipelineRunner.create(
            time.source(), threads, r -> r.environment(hanging).environment(free))) {
      runner.start(pipeline, MAIN);
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void a_rule_or_a_source_that_says_nothing_is_named_in_what_is_waited_for() {
    ProtectionRule mute =
        new ProtectionRule() {
          @Override
          public String name() {
            return "mute";
          }

          @Override
          public Clearance look(ProtectionRequest request, Instant now) {
            return none();
          }
        };
    var environment = Environment.named("e", e -> e.rule(mute));
    try (var runner = runner(r -> r.environment(environment))) {
      var run = runner.start(one(s -> s.environment("e").run(c -> ok())), MAIN);
      assertThat(run.state().stage("it").message())
          .isEqualTo("mute: it cannot answer: it said nothing");
    }
  }

  @Test
  void runners_on_one_store_take_different_ids() {
    var store = InMemoryPipelineStore.create();
    try (var one = runner(r -> r.store(store));
        var other = runner(r -> r.store(store))) {
      one.start(one(s -> s.run(c -> ok())), MAIN);
      other.start(one(s -> s.run(c -> ok())), MAIN);
      assertThat(store.runs("chat")).hasSize(2);
    }
  }

  @Test
  void what_is_missing_is_said_at_once() {
    try (var runner = runner(r -> r)) {
      assertThatThrownBy(() -> runner.start(one(s -> s.run(c -> ok())), none()))
          .hasMessageContaining("a run needs a trigger");
    }
    assertThatThrownBy(() -> one(s -> s.run(none()))).hasMessageContaining("stage 'it': run(…)");
    assertThatThrownBy(() -> one(s -> s.environment(" ").run(c -> ok())))
        .hasMessageContaining("works on an environment whose name is blank");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }

  private static StageResult ok() {
    return StageResult.success();
  }

  private PipelineRunner runner(UnaryOperator<PipelineRunner.Builder> settings) {
    return PipelineRunner.create(time.source(), Runnable::run, settings);
  }

  private static Pipeline one(UnaryOperator<Stage.Builder> stage) {
    return Pipeline.named("chat", p -> p.stage("it", stage));
  }
}
