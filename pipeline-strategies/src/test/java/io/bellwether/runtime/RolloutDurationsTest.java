package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.Release;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDurations;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutDurationsTest {
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "chat",
          c ->
              c.step(10, ofMinutes(10))
                  .approval(ApprovalRule.byAnybody())
                  .step(100, ofMinutes(5))
                  .ungated());

  private final VirtualTime time = VirtualTime.create();
  private final RolloutRuntime runtime =
      RolloutRuntime.create(
          r ->
              r.router(RecordingRouter.create(time))
                  .release(Release.named("chat").initial(version("v1")))
                  .threads(RuntimeThreads.inline(time.source())));

  @Test
  void the_journal_tells_the_work_from_the_waiting() {
    try (runtime) {
      var rollout = runtime.start(CANARY, version("v2"));
      time.advance(ofMinutes(4));
      rollout.pause("operator", "a look");
      time.advance(ofMinutes(30));
      rollout.resume("operator");
      time.advance(ofMinutes(6 + 120));
      assertThat(rollout.state().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
      rollout.approve("operator", "fine");
      time.advance(ofMinutes(60));
      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
      var durations = RolloutDurations.of(rollout.journal());
      assertThat(durations.waiting()).isEqualTo(ofMinutes(30 + 120));
      assertThat(durations.progressing()).isEqualTo(ofMinutes(10 + 5));
      assertThat(durations.total()).isEqualTo(ofMinutes(165));
    }
  }

  @Test
  void one_that_has_just_begun_has_taken_no_time() {
    try (runtime) {
      var rollout = runtime.start(CANARY, version("v2"));
      assertThat(RolloutDurations.of(rollout.journal()).total()).isEqualTo(Duration.ZERO);
      assertThatThrownBy(() -> RolloutDurations.of(List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
