package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.StepWork;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.InstanceGroup;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Plans a rollout under way cannot go on with are refused, and it goes on by its own. */
class ReplanTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final InMemoryRolloutStore store = new InMemoryRolloutStore();
  private final List<String> done = new ArrayList<>();
  private final DeploymentStrategy rolling =
      DeploymentStrategy.rolling("chat", new Instances(done), r -> r.bake(ofMinutes(5)));

  /** Two instances that are replaced at once. */
  private record Instances(List<String> done) implements InstanceGroup {
    @Override
    public List<String> instances() {
      return List.of("a", "b");
    }

    @Override
    public void replace(String instance, Version version) {
      done.add(instance + " " + version);
    }

    @Override
    public boolean isReady(String instance, Version version) {
      return true;
    }
  }

  private static DeploymentStrategy canary(UnaryOperator<CanaryBuilder> steps) {
    return DeploymentStrategy.canary("chat", c -> steps.apply(c).ungated());
  }

  private final DeploymentStrategy usual =
      canary(c -> c.step(10, ofMinutes(10)).step(100, ofMinutes(10)));

  private RolloutRuntime runtime() {
    return RolloutRuntime.create(
        r ->
            r.router(router)
                .store(store)
                .release(Release.named("chat").initial(V1))
                .threads(RuntimeThreads.inline(time.source())));
  }

  private void assertRefused(Rollout rollout, DeploymentStrategy changed, String why) {
    assertThatThrownBy(() -> rollout.replan(changed, "operator"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("it cannot go on with a changed plan: ")
        .hasMessageContaining(why);
  }

  @Test
  void one_that_moves_traffic_in_another_way() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(usual, V2);
      time.advance(ofMinutes(1));
      assertRefused(rollout, rolling, "one of both plans moves traffic by its router");
      time.advance(ofMinutes(30));
      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
      assertThat(router.weights()).contains(10.0, 100.0);
      assertThat(done).isEmpty();
    }
  }

  @Test
  void one_that_begins_with_more_users_than_were_to_come_next() {
    try (var runtime = runtime()) {
      var slow =
          canary(c -> c.step(10, ofMinutes(10)).step(20, ofMinutes(1)).step(100, ofMinutes(1)));
      var rollout = runtime.start(slow, V2);
      time.advance(ofMinutes(1));
      var jump = canary(c -> c.step(50, ofMinutes(1)).step(100, ofMinutes(1)));
      assertRefused(
          rollout, jump, "begins at 50%, above the 10% it has and the 20% that were to come next");
      time.advance(ofMinutes(2));
      assertThat(rollout.state().weight().percent()).isEqualTo(10);
    }
  }

  @Test
  void one_that_could_not_take_back_what_has_been_done() {
    try (var runtime = runtime()) {
      var work = StepWork.of(step -> done.add("cache"), step -> done.remove("cache"));
      var worked =
          canary(c -> c.work("cache", work).step(10, ofMinutes(10)).step(100, ofMinutes(10)));
      var rollout = runtime.start(worked, V2);
      time.advance(ofMinutes(1));
      assertThat(done).containsExactly("cache");
      assertRefused(
          rollout,
          usual,
          "work up to step 1 has been done, and the changed plan could not take it back");
      rollout.abort("operator", "enough");
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(done).isEmpty();
    }
  }

  @Test
  void one_without_the_step_somebody_has_paused_it_at() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(usual, V2);
      time.advance(ofMinutes(1));
      rollout.pause("operator", "a long look");
      var other = canary(c -> c.step(5, ofMinutes(20)).step(100, ofMinutes(10)));
      assertRefused(
          rollout, other, "paused at step 1 (10%), which the changed plan has not got; resume");
      var slower = canary(c -> c.step(10, ofMinutes(20)).step(100, ofMinutes(10)));
      rollout.replan(slower, "operator");
      time.advance(ofMinutes(120));
      assertThat(rollout.state().phase()).as("nobody resumed it").isEqualTo(Phase.HELD);
      rollout.resume("operator");
      time.advance(ofMinutes(18));
      assertThat(rollout.state().phase()).as("by the changed plan").isEqualTo(Phase.BAKING);
      time.advance(ofMinutes(60));
      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
    }
  }

  @Test
  void what_has_ended_answers_nothing_and_does_not_change() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(usual, V2);
      assertThatThrownBy(() -> runtime.start(usual, version("v3")))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("rollout of v3 refused")
          .hasMessageContaining("wait for its end, abort it, or start with QUEUE or SUPERSEDE");
      time.advance(ofMinutes(30));
      var end = rollout.state();
      var journal = rollout.journal();
      assertThat(end.phase()).isEqualTo(Phase.PROMOTED);
      rollout.abort("operator", "too late");
      rollout.pause("operator", "too late");
      rollout.promoteNow("operator", "too late");
      rollout.approve("operator", "too late");
      rollout.replan(rolling, "operator");
      time.advance(ofMinutes(1));
      assertThat(rollout.state()).isEqualTo(end);
      assertThat(rollout.journal()).isEqualTo(journal);
      assertThat(runtime.stable("chat")).isEqualTo(V2);
    }
  }
}
