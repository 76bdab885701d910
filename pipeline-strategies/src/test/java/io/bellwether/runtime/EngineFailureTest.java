package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.Scheduler;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever fails inside the engine, a rollout goes back and says why; it never just stops. */
class EngineFailureTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private final RefusingStore store = new RefusingStore();
  private int timersThatFail;
  private Duration longestTimer = ofMinutes(60);
  private final RolloutRuntime runtime =
      RolloutRuntime.create(
          r ->
              r.router(router)
                  .metrics(query -> Reading.of(0.01, 1_000, "test"))
                  .blocks(this::oneBlock)
                  .store(store)
                  .notifier(alerts::add)
                  .release(Release.named("chat").initial(V1))
                  .threads(RuntimeThreads.inline(failing(time.source()))));

  /** Refuses for good what is longer than it takes. */
  private static final class RefusingStore implements RolloutStore {
    private final RolloutStore kept = new InMemoryRolloutStore();
    private Class<?> refused = Void.class;
    private int refusals;

    @Override
    public void append(String rollout, long length, List<RolloutEvent> events) {
      if (events.stream().anyMatch(refused::isInstance)) {
        refusals++;
        throw new IllegalArgumentException("too long for this store");
      }
      kept.append(rollout, length, events);
    }

    @Override
    public List<RolloutEvent> journal(String rollout) {
      return kept.journal(rollout);
    }

    @Override
    public List<String> runs(String release) {
      return kept.runs(release);
    }

    @Override
    public List<String> unfinished() {
      return kept.unfinished();
    }

    @Override
    public List<Version> stableVersions(String release) {
      return kept.stableVersions(release);
    }

    @Override
    public boolean durable() {
      return kept.durable();
    }
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private TimeSource failing(TimeSource real) {
    Scheduler scheduler =
        (delay, task) -> {
          if (timersThatFail > 0 || delay.compareTo(longestTimer) > 0) {
            timersThatFail = Math.max(0, timersThatFail - 1);
            throw new ArithmeticException("long overflow");
          }
          return real.scheduler().schedule(delay, task);
        };
    return new TimeSource(real.wall(), real.ticker(), scheduler);
  }

  private List<ComparedCounts> oneBlock(BlockQuery query) {
    var counts = new ArmCounts(100, 1, 0, List.of(), List.of());
    var end = time.source().wall().instant();
    return List.of(new ComparedCounts(end.minusSeconds(10), end, counts, counts));
  }

  private static DeploymentStrategy canary(UnaryOperator<CanaryBuilder> more) {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            more.apply(
                c.step(10, ofMinutes(10))
                    .step(100, ofMinutes(10))
                    .gates(
                        MetricGate.named(
                            "errors", g -> g.require(errorRate().atMost(percent(5)))))));
  }

  private void assertBackBecause(Rollout rollout, String why) {
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.ROLLED_BACK);
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.ENGINE);
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alerts.get(0).summary()).contains("the engine failed: ").contains(why);
  }

  @Test
  void a_judge_that_throws_ends_in_a_rollback_that_says_so() {
    var rollout = runtime.start(canary(c -> c.judge(new BrokenJudge())), V2);
    time.advance(ofMinutes(5));
    assertBackBecause(rollout, "deciding on Measured failed: java.lang.StackOverflowError: deep");
    assertThat(rollout.completion().toCompletableFuture()).isCompleted();
  }

  @Test
  void a_wake_up_that_cannot_be_scheduled_ends_in_a_rollback_that_says_so() {
    longestTimer = ofMinutes(20);
    var blind =
        DeploymentStrategy.canary(
            "chat", c -> c.step(10, ofMinutes(30)).step(100, ofMinutes(10)).ungated());
    var rollout = runtime.start(blind, V2);
    time.advance(ofMinutes(1));
    assertBackBecause(rollout, "what follows from a decision failed: java.lang.Arithmetic");
  }

  @Test
  void an_effect_that_cannot_be_set_going_ends_in_a_rollback_that_says_so() {
    var rollout = runtime.start(canary(c -> c), V2);
    timersThatFail = 1;
    time.advance(ofMinutes(3));
    assertThat(timersThatFail).isZero();
    assertBackBecause(rollout, "what follows from a decision failed: java.lang.Arithmetic");
  }

  @Test
  void a_failure_on_the_way_back_is_a_rollback_that_failed_and_keeps_both_causes() {
    var rollout = runtime.start(canary(c -> c), V2);
    time.advance(ofMinutes(2));
    router.failApplies(1_000);
    rollout.abort("operator", "smoke in the log");
    assertThat(rollout.state().phase()).isEqualTo(Phase.ABORTING);
    var given = canary(c -> c).plan();
    var failed =
        RolloutDecider.failed(given, rollout.state(), "overflow", time.source().wall().instant());
    assertThat(failed.state().phase()).isEqualTo(Phase.ROLLBACK_FAILED);
    assertThat(failed.state().cause().orElseThrow())
        .hasToString(
            "the engine failed: overflow, on the way back from: requested: smoke in the"
                + " log (operator)");
    var alert = RolloutDecider.announcement(failed.state());
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.nextStep()).contains("the engine could not");
    var ended = RolloutDecider.failed(given, failed.state(), "again", failed.state().since());
    assertThat(ended.events()).isEmpty();
  }

  @Test
  void what_a_store_refuses_for_good_is_told_and_not_tried_for_ever() {
    store.refused = RolloutEvent.Held.class;
    var rollout = runtime.start(canary(c -> c), V2);
    time.advance(ofMinutes(2));
    rollout.pause("operator", "wait");
    time.advance(ofMinutes(5));
    assertThat(store.refusals).isEqualTo(1);
    assertBackBecause(rollout, "the rollout store refuses what happened");
  }

  @Test
  void a_way_back_that_a_store_refuses_for_good_is_gone_and_leaves_the_release_free() {
    store.refused = RolloutEvent.Aborted.class;
    var rollout = runtime.start(canary(c -> c), V2);
    time.advance(ofMinutes(2));
    rollout.abort("operator", "smoke in the log");
    time.advance(ofMinutes(5));
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    assertThat(alerts).extracting(Alert::name).containsExactly("rollout_rolled_back");
    assertThat(rollout.completion().toCompletableFuture()).isCompletedExceptionally();
    assertThat(store.refusals).isLessThan(10);
    assertThat(runtime.start(canary(c -> c), V2).state().phase()).isNotEqualTo(Phase.PENDING);
  }

  /** A host's own judge, with a mistake in it. */
  private static final class BrokenJudge implements CanaryJudge {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public State start(int launch) {
      throw new StackOverflowError("deep");
    }

    @Override
    public State resume(List<Double> numbers) {
      return start(1);
    }
  }
}
