package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.StepWork;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In real time: with calls that may take 200 ms, another rollout is back within 2 s. */
@Timeout(30)
class HangingPortsTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Duration BOUND = ofSeconds(2);

  private final RecordingRouter router = RecordingRouter.create(Ticker.system());
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void let_go() {
    never.countDown();
    router.unblock();
  }

  /** No interrupt helps. */
  private void hang() {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
      }
    }
  }

  private final AtomicInteger interrupts = new AtomicInteger();

  private RolloutRuntime runtime(UnaryOperator<RolloutRuntimeBuilder> more) {
    return RolloutRuntime.create(
        r -> {
          IntStream.range(0, 80).forEach(i -> r.release(Release.named("stuck-" + i).initial(V1)));
          return more.apply(
              r.release(Release.named("chat").initial(V1))
                  .router(router)
                  .callDeadline(ofMillis(200)));
        });
  }

  private static DeploymentStrategy canary(String release, MetricGate... gates) {
    return DeploymentStrategy.canary(
        release,
        c -> {
          var steps = c.step(10, ofMinutes(10)).step(100, ofMinutes(10)).timing(fast());
          return gates.length == 0 ? steps.ungated() : steps.gates(gates);
        });
  }

  /** Checks every 300 ms, retries after 10 ms, looks at stable after 100 ms. */
  private static Timing fast() {
    return Timing.defaults()
        .fasterBy(100)
        .withProgressDeadline(ofSeconds(20))
        .withAbortDeadline(ofSeconds(20));
  }

  private static void awaitPhase(Rollout rollout, Phase phase) {
    Eventually.within(
        ofSeconds(10), phase + ", is " + rollout, () -> rollout.state().phase() == phase);
  }

  private static void assertBackInTime(Rollout rollout) {
    var start = System.nanoTime();
    rollout.abort("operator", "enough");
    var end = rollout.await(ofSeconds(10));
    assertThat(end.phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }

  @Test
  void a_metric_source_that_hangs_for_everybody_delays_no_abort() {
    var calls = new AtomicInteger();
    try (var runtime =
        runtime(
            r ->
                r.metrics(
                    query -> {
                      calls.incrementAndGet();
                      hang();
                      return Reading.noData("test", "never");
                    }))) {
      var gate = MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))));
      var stuck =
          IntStream.range(0, 80)
              .mapToObj(i -> runtime.start(canary("stuck-" + i, gate), V2))
              .toList();
      var chat = runtime.start(canary("chat"), V2);
      Eventually.within(ofSeconds(10), "64 hang", () -> calls.get() == 64);
      stuck.forEach(rollout -> awaitPhase(rollout, Phase.HELD));
      assertThat(stuck)
          .as("what is refused is tried again and says so")
          .anySatisfy(rollout -> assertThat(rollout.state().explain()).contains("no telemetry"));
      assertBackInTime(chat);
      assertThat(calls).as("no more than the metric source's share").hasValue(64);
      stuck.get(79).abort("operator", "this one, too");
      Eventually.within(
          BOUND, "its traffic is back", () -> stuck.get(79).state().weight().isZero());
    }
  }

  /** A read of a socket heeds no interrupt, as in drivers of databases. */
  @Test
  void a_socket_nobody_answers_on_delays_no_abort() throws IOException {
    var connected = new AtomicInteger();
    try (var silent = new ServerSocket(0, 80, InetAddress.getLoopbackAddress());
        var runtime =
            runtime(
                r ->
                    r.metrics(
                        query -> {
                          connected.incrementAndGet();
                          return Reading.of(firstByte(silent.getLocalPort()), 1, "socket");
                        }))) {
      var gate = MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))));
      var stuck = runtime.start(canary("stuck-0", gate), V2);
      var chat = runtime.start(canary("chat"), V2);
      Eventually.within(ofSeconds(10), "it reads", () -> connected.get() > 0);
      awaitPhase(stuck, Phase.HELD);
      assertBackInTime(chat);
      assertBackInTime(stuck);
    }
  }

  private static int firstByte(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_guard_that_hangs_keeps_its_rollout_waiting_and_no_other() {
    try (var runtime =
        runtime(
            r ->
                r.guard(
                    (run, step) -> {
                      if (run.release().startsWith("stuck")) {
                        hang();
                      }
                      return Clearance.go();
                    }))) {
      var stuck = runtime.start(canary("stuck-0"), V2);
      var chat = runtime.start(canary("chat"), V2);
      awaitPhase(chat, Phase.BAKING);
      awaitPhase(stuck, Phase.HELD);
      assertThat(stuck.state().explain()).contains("guard did not answer within");
      assertBackInTime(chat);
      assertBackInTime(stuck);
    }
  }

  @Test
  void a_notifier_that_hangs_delays_nothing() {
    try (var runtime = runtime(r -> r.notifier(alert -> hang()))) {
      IntStream.range(0, 80)
          .mapToObj(i -> runtime.start(canary("stuck-" + i), V2))
          .toList()
          .forEach(rollout -> rollout.abort("operator", "to be told of"));
      var chat = runtime.start(canary("chat"), V2);
      awaitPhase(chat, Phase.BAKING);
      assertBackInTime(chat);
    }
  }

  @Test
  void a_router_that_hangs_for_one_release_delays_no_abort_of_another() {
    var some = new HangsForSome();
    try (var runtime = runtime(r -> r.router(some))) {
      some.started = true;
      var stuck =
          IntStream.range(0, 80).mapToObj(i -> runtime.start(canary("stuck-" + i), V2)).toList();
      Eventually.within(ofSeconds(10), "64 hang", () -> hanging.get() == 64);
      stuck.subList(0, 20).forEach(rollout -> rollout.abort("operator", "enough"));
      Eventually.within(ofSeconds(10), "so do those back", () -> hanging.get() == 64 + 2 * 20);
      Eventually.within(
          ofSeconds(10),
          "two calls of a release hang, and no more: " + stuck.get(0),
          () -> stuck.get(0).state().missing().contains("not come back from 2 earlier calls"));
      var chat = runtime.start(canary("chat"), V2);
      Eventually.within(
          ofSeconds(10),
          "chat is refused and retries: " + chat,
          () -> chat.state().missing().contains("64 calls hang already"));
      assertBackInTime(chat);
    }
  }

  private final AtomicInteger hanging = new AtomicInteger();

  /** A runtime sets every release to its stable version while it is built. */
  private final class HangsForSome implements TrafficRouter {
    private volatile boolean started;

    @Override
    public void apply(TrafficSplit split) {
      if (!split.release().equals("chat") && started) {
        hanging.incrementAndGet();
        hang();
      }
      router.apply(split);
    }

    @Override
    public TrafficSplit read(String release) {
      return router.read(release);
    }
  }

  @Test
  void a_split_that_takes_effect_after_the_rollout_has_gone_back_is_taken_back() {
    try (var runtime = runtime(r -> r)) {
      router.block();
      var rollout = runtime.start(canary("chat"), V2);
      router.awaitBlocked(1, ofSeconds(5));
      rollout.abort("operator", "enough");
      router.awaitBlocked(2, ofSeconds(5));
      router.unblock();
      assertThat(rollout.await(ofSeconds(10)).phase()).isEqualTo(Phase.ROLLED_BACK);
      Eventually.within(
          BOUND,
          "all traffic on v1",
          () -> router.read("chat").equals(TrafficSplit.stable("chat", V1)));
    }
  }

  @Test
  void a_split_that_takes_effect_after_the_end_is_taken_back_as_well() {
    var late = new HangsOnce();
    try (var runtime = runtime(r -> r.router(late))) {
      var rollout = runtime.start(canary("chat"), V2);
      Eventually.within(ofSeconds(5), "the first split hangs", () -> hanging.get() == 1);
      rollout.abort("operator", "enough");
      assertThat(rollout.await(ofSeconds(10)).phase()).isEqualTo(Phase.ROLLED_BACK);
      var before = router.attempts().size();
      never.countDown();
      Eventually.within(
          ofSeconds(5), "taken and taken back", () -> router.attempts().size() == before + 2);
      assertThat(router.applied().get(before).weight().percent()).isEqualTo(10);
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    }
  }

  private final class HangsOnce implements TrafficRouter {
    @Override
    public void apply(TrafficSplit split) {
      if (!split.allOnStable() && hanging.incrementAndGet() == 1) {
        hang();
      }
      router.apply(split);
    }

    @Override
    public TrafficSplit read(String release) {
      return router.read(release);
    }
  }

  @Test
  void work_that_finds_no_room_is_tried_again_and_aborts_nothing() {
    StepWork stuckWork =
        StepWork.of(
            step -> {
              hanging.incrementAndGet();
              hang();
            },
            step -> {});
    StepWork quick = StepWork.of(step -> {}, step -> {});
    try (var runtime = runtime(r -> r)) {
      IntStream.range(0, 64).forEach(i -> runtime.start(working("stuck-" + i, stuckWork), V2));
      Eventually.within(ofSeconds(10), "64 hang", () -> hanging.get() == 64);
      var chat = runtime.start(working("chat", quick), V2);
      Eventually.within(
          ofSeconds(10),
          "chat waits for room: " + chat,
          () -> chat.state().missing().contains("64 calls are under way"));
      never.countDown();
      assertThat(chat.await(ofSeconds(10)).phase()).isEqualTo(Phase.PROMOTED);
    }
  }

  @Test
  void what_a_step_began_is_taken_back_once_it_has_come_back() {
    var calls = new CopyOnWriteArrayList<String>();
    var work =
        StepWork.of(
            step -> {
              hanging.incrementAndGet();
              hang();
              calls.add("prepared");
            },
            step -> calls.add("taken back"));
    try (var runtime = runtime(r -> r)) {
      var chat = runtime.start(working("chat", work), V2);
      Eventually.within(ofSeconds(10), "it hangs", () -> hanging.get() == 1);
      chat.abort("operator", "enough");
      Eventually.within(
          ofSeconds(10), "it is told: " + chat, () -> chat.state().missing().contains("come back"));
      assertThat(calls).isEmpty();
      never.countDown();
      assertThat(chat.await(ofSeconds(10)).phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(calls).containsExactly("prepared", "taken back");
    }
  }

  private static DeploymentStrategy working(String release, StepWork work) {
    return DeploymentStrategy.canary(
        release, c -> c.work("migrate", work).step(100, ZERO).ungated().timing(fast()));
  }

  @Test
  void a_look_at_stable_that_finds_no_room_is_tried_again() {
    var looking = new AtomicInteger();
    try (var runtime =
        runtime(
            r ->
                r.health(
                    (release, version) -> {
                      if (release.startsWith("stuck") && !version.equals(V2)) {
                        looking.incrementAndGet();
                        hang();
                      }
                      return true;
                    }))) {
      IntStream.range(0, 64)
          .mapToObj(i -> runtime.start(canary("stuck-" + i), V2))
          .toList()
          .forEach(rollout -> rollout.abort("operator", "enough"));
      Eventually.within(ofSeconds(10), "64 look", () -> looking.get() == 64);
      var chat = runtime.start(canary("chat"), V2);
      chat.abort("operator", "enough");
      Eventually.within(
          ofSeconds(10),
          "chat waits for room: " + chat,
          () -> chat.state().missing().contains("64 calls hang already"));
      assertThat(chat.state().verified()).isEmpty();
      never.countDown();
      assertThat(chat.await(ofSeconds(10)).verified()).contains(true);
    }
  }

  @Test
  void a_store_that_hangs_delays_no_abort_neither_another_releases_nor_its_own() {
    var store = new HangsForStuck();
    try (var runtime = runtime(r -> r.store(store))) {
      var stuck =
          IntStream.range(0, 80).mapToObj(i -> runtime.start(canary("stuck-" + i), V2)).toList();
      var chat = runtime.start(canary("chat"), V2);
      stuck.forEach(rollout -> awaitPhase(rollout, Phase.BAKING));
      store.hangs = true;
      stuck.forEach(rollout -> rollout.pause("operator", "cannot be written"));
      Eventually.within(ofSeconds(10), "64 hang", () -> hanging.get() == 64);
      stuck.get(0).abort("operator", "enough");
      stuck.get(79).abort("operator", "enough");
      for (var rollout : List.of(stuck.get(0), stuck.get(79))) {
        Eventually.within(BOUND, "traffic is back: " + rollout, () -> isBack(rollout.release()));
      }
      chat.abort("operator", "enough");
      Eventually.within(BOUND, "traffic is back: " + chat, () -> isBack("chat"));
      store.hangs = false;
      never.countDown();
      for (var rollout : List.of(stuck.get(0), stuck.get(79), chat)) {
        var end = rollout.await(ofSeconds(10));
        assertThat(end.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(RolloutEvent.replay(rollout.journal()).explain()).isEqualTo(end.explain());
      }
      awaitPhase(stuck.get(1), Phase.HELD);
    }
  }

  private boolean isBack(String release) {
    return router.read(release).equals(TrafficSplit.stable(release, V1));
  }

  @Test
  void a_store_that_does_not_take_a_rollout_in_time_refuses_it() {
    var store = new HangsForStuck();
    store.hangs = true;
    try (var runtime = runtime(r -> r.store(store))) {
      assertThatThrownBy(() -> runtime.start(canary("stuck-0"), V2))
          .isInstanceOf(BellwetherException.class)
          .hasMessage("rollout store did not answer within 200ms");
      assertThat(runtime.current("stuck-0")).isEmpty();
      awaitPhase(runtime.start(canary("chat"), V2), Phase.BAKING);
    }
  }

  private final class HangsForStuck implements RolloutStore {
    private final RolloutStore inside = new InMemoryRolloutStore();
    private volatile boolean hangs;

    @Override
    public void append(String rollout, long length, List<RolloutEvent> events) {
      if (hangs && rollout.startsWith("stuck")) {
        hanging.incrementAndGet();
        hang();
      }
      inside.append(rollout, length, events);
    }

    @Override
    public List<RolloutEvent> journal(String rollout) {
      return inside.journal(rollout);
    }

    @Override
    public List<String> runs(String release) {
      return inside.runs(release);
    }

    @Override
    public List<String> unfinished() {
      return inside.unfinished();
    }

    @Override
    public List<Version> stableVersions(String release) {
      return inside.stableVersions(release);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  @Test
  void compensations_have_room_of_their_own() {
    var compensated = new CountDownLatch(1);
    StepWork stuckWork = StepWork.of(step -> hang(), step -> {});
    StepWork quick = StepWork.of(step -> {}, step -> compensated.countDown());
    try (var runtime = runtime(r -> r)) {
      var chat =
          runtime.start(
              DeploymentStrategy.canary(
                  "chat",
                  c ->
                      c.work("migrate", quick)
                          .step(10, ofMinutes(10))
                          .step(100, ZERO)
                          .ungated()
                          .timing(fast())),
              V2);
      awaitPhase(chat, Phase.BAKING);
      IntStream.range(0, 70).forEach(i -> runtime.start(working("stuck-" + i, stuckWork), V2));
      assertBackInTime(chat);
      assertThat(List.of(compensated.getCount())).containsExactly(0L);
    }
  }
}
