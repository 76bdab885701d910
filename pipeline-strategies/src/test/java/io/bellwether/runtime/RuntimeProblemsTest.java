package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with the wiring of a runtime is told when it is built, all at once. */
class RuntimeProblemsTest {
  private static final Version V1 = version("v1");
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary("chat", c -> c.step(100, ofMinutes(1)).ungated());

  private final VirtualTime time = VirtualTime.create();

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return (T) null;
  }

  @Test
  void every_problem_of_the_wiring_comes_at_once() {
    var chat = Release.named("chat");
    var builder =
        RolloutRuntime.builder()
            .router(nothing())
            .metrics(nothing())
            .blocks(nothing())
            .store(nothing())
            .notifier(nothing())
            .health(nothing())
            .guard(nothing())
            .release(nothing())
            .release(chat.initial("v1"))
            .release(chat.initial("v2"))
            .catalog(nothing())
            .resume(nothing())
            .resume(CANARY)
            .resume(CANARY)
            .listener(nothing())
            .threads(nothing())
            .callDeadline(ofDays(2))
            .revertWindow(nothing(), 0);
    var refused = catchThrowableOfType(InvalidConfigurationException.class, builder::build);
    assertThat(refused.problems())
        .containsExactly(
            "the router is null; give one, or leave the call out",
            "the metric source is null; give one, or leave the call out",
            "the block source is null; give one, or leave the call out",
            "the store is null; give one, or leave the call out",
            "the notifier is null; give one, or leave the call out",
            "the health of versions is null; give one, or leave the call out",
            "a guard is null; give one, or leave the call out",
            "a release is null; give one, or leave the call out",
            "release 'chat' is stated twice; state it once, with one first version",
            "the catalog is null; give one, or leave the call out",
            "a strategy to go on with is null; give one, or leave the call out",
            "release 'chat' has two strategies to go on with; give one",
            "a listener is null; give one, or leave the call out",
            "the threads is null; give one, or leave the call out",
            "the call deadline is 2d, expected at most 1d",
            "revertWindow: revert window of null and 0 versions: expected a positive time and at"
                + " least 1 version");
  }

  @Test
  void what_is_missing_in_a_call_is_named() {
    try (var runtime =
        RolloutRuntime.create(
            r ->
                r.router(RecordingRouter.create(time))
                    .release(Release.named("chat").initial(V1))
                    .threads(RuntimeThreads.inline(time.source())))) {
      assertThatThrownBy(() -> runtime.start(nothing(), V1)).hasMessageContaining("strategy: ");
      assertThatThrownBy(() -> runtime.start(CANARY, nothing())).hasMessageContaining("candidate");
      var rollout = runtime.start(CANARY, version("v2"));
      assertThatThrownBy(() -> rollout.replan(nothing(), "me")).hasMessageContaining("changed: ");
      assertThatThrownBy(() -> rollout.await(nothing())).hasMessageContaining("patience: ");
    }
    assertThatThrownBy(() -> CANARY.simulate(nothing())).hasMessageContaining("traffic: ");
    assertThatThrownBy(() -> CANARY.replay(nothing())).hasMessageContaining("trace: ");
    assertThatThrownBy(() -> DeploymentStrategy.canary("chat", nothing()))
        .hasMessageContaining("say in a lambda");
    assertThatThrownBy(() -> DeploymentStrategy.canary("chat", c -> nothing()))
        .hasMessageContaining("has to return the builder");
  }

  @Test
  void a_router_that_says_null_for_its_problems_is_named() {
    var silent =
        new TrafficRouter() {
          private TrafficSplit split = TrafficSplit.stable("chat", V1);

          @Override
          public void apply(TrafficSplit split) {
            this.split = split;
          }

          @Override
          public TrafficSplit read(String release) {
            return split;
          }

          @Override
          public List<String> problems(TrafficSplit split) {
            return nothing();
          }
        };
    try (var runtime =
        RolloutRuntime.create(
            r ->
                r.router(silent)
                    .release(Release.named("chat").initial(V1))
                    .threads(RuntimeThreads.inline(time.source())))) {
      assertThatThrownBy(() -> runtime.start(CANARY, version("v2")))
          .hasMessageContaining("the router's problems(..) is null");
    }
  }
}
