package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RevertWindowTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary("chat", c -> c.step(10, ofMinutes(1)).step(100, ZERO).ungated());

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final InMemoryRolloutStore store = new InMemoryRolloutStore();

  private RolloutRuntimeBuilder builder() {
    return RolloutRuntime.builder()
        .router(router)
        .store(store)
        .release(Release.named("chat").initial(V1))
        .threads(RuntimeThreads.inline(time.source()));
  }

  private void promote(RolloutRuntime runtime, Version version) {
    var rollout = runtime.start(CANARY, version);
    time.advance(ofMinutes(2));
    assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
  }

  private void tryAndAbort(RolloutRuntime runtime, Version version) {
    var rollout = runtime.start(CANARY, version);
    rollout.abort("operator", "not this one");
    time.advance(ofMinutes(1));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
  }

  @Test
  void within_the_window_the_version_before_comes_back() {
    try (var runtime = builder().build()) {
      promote(runtime, V2);
      time.advance(ofHours(71));
      assertThat(runtime.revert("chat", "operator", "complaints").state().phase())
          .isEqualTo(Phase.REVERTED);
      assertThat(runtime.stable("chat")).isEqualTo(V1);
    }
  }

  @Test
  void after_the_window_only_a_named_version_comes_back() {
    try (var runtime = builder().build()) {
      promote(runtime, V2);
      time.advance(ofHours(73));
      assertThatThrownBy(() -> runtime.revert("chat", "operator", "complaints"))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("'chat' is not reverted to v1: it was last stable 3d")
          .hasMessageContaining("the window is 3d")
          .hasMessageContaining("rollbackTo(\"chat\", v1, ..), which has no window");
      assertThat(runtime.stable("chat")).isEqualTo(V2);
      assertThat(runtime.rollbackTo("chat", V1, "operator", "I mean it").state().phase())
          .isEqualTo(Phase.REVERTED);
    }
  }

  @Test
  void a_second_revert_goes_further_back_and_not_forth_again() {
    try (var runtime = builder().build()) {
      promote(runtime, V2);
      promote(runtime, version("v3"));
      runtime.revert("chat", "operator", "complaints");
      assertThat(runtime.stable("chat")).isEqualTo(V2);
      runtime.revert("chat", "operator", "more complaints");
      assertThat(runtime.stable("chat")).isEqualTo(V1);
      assertThatThrownBy(() -> runtime.revert("chat", "operator", "and more"))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("no version was stable before [v1]")
          .hasMessageContaining("rollbackTo");
      runtime.rollbackTo("chat", V2, "operator", "it was not the version");
      assertThat(runtime.stable("chat")).isEqualTo(V2);
    }
  }

  @Test
  void a_second_revert_has_a_window_of_its_own_by_time_and_by_versions() {
    try (var runtime = builder().revertWindow(ofHours(1), 2).build()) {
      promote(runtime, V2);
      time.advance(ofMinutes(40));
      promote(runtime, version("v3"));
      runtime.revert("chat", "operator", "complaints");
      time.advance(ofMinutes(40));
      assertThatThrownBy(() -> runtime.revert("chat", "operator", "more complaints"))
          .hasMessageContaining("not reverted to v1: it was last stable 1h 23m")
          .hasMessageContaining("the window is 1h");
      assertThat(runtime.stable("chat")).isEqualTo(V2);
    }
  }

  @Test
  void a_version_rolled_out_again_after_a_revert_is_reverted_to_the_same_one() {
    try (var runtime = builder().build()) {
      promote(runtime, V2);
      runtime.revert("chat", "operator", "complaints");
      promote(runtime, V2);
      runtime.revert("chat", "operator", "complaints again");
      assertThat(runtime.stable("chat")).isEqualTo(V1);
    }
  }

  @Test
  void versions_tried_meanwhile_count_each_once_whatever_became_of_them() {
    try (var runtime = builder().revertWindow(ofHours(72), 3).build()) {
      promote(runtime, V2);
      tryAndAbort(runtime, version("v3"));
      tryAndAbort(runtime, version("v3"));
      tryAndAbort(runtime, version("v4"));
      runtime.revert("chat", "operator", "still within");
      promote(runtime, V2);
      tryAndAbort(runtime, version("v3"));
      tryAndAbort(runtime, version("v4"));
      tryAndAbort(runtime, version("v5"));
      assertThatThrownBy(() -> runtime.revert("chat", "operator", "too late"))
          .hasMessageContaining("4 versions were tried since it was stable, and the window is 3");
    }
  }

  @Test
  void the_window_is_read_from_the_journal_of_a_runtime_that_is_gone() {
    var first = builder().build();
    promote(first, V2);
    first.close();
    time.advance(ofHours(73));
    try (var runtime = builder().build()) {
      assertThatThrownBy(() -> runtime.revert("chat", "operator", "complaints"))
          .hasMessageContaining("is not reverted to v1");
    }
  }

  @Test
  void a_window_needs_a_positive_size() {
    for (var age : new Duration[] {ZERO, ofHours(-1)}) {
      assertThatThrownBy(() -> builder().revertWindow(age, 1).build())
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("expected a positive time and at least 1 version");
    }
    assertThatThrownBy(() -> builder().revertWindow(ofHours(1), 0).build())
        .hasMessageContaining("0 versions");
  }
}
