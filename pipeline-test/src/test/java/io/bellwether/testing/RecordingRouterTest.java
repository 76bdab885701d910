package io.bellwether.testing;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RecordingRouterTest {
  private static final TrafficSplit TEN = split(10);
  private static final TrafficSplit QUARTER = split(25);

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);

  @Test
  void it_remembers_every_split_with_its_time() {
    router.apply(TEN);
    time.advance(ofMinutes(10));
    router.apply(QUARTER);

    assertThat(router.weights()).containsExactly(10.0, 25.0);
    assertThat(router.applied()).containsExactly(TEN, QUARTER);
    assertThat(router.attempts())
        .extracting(RecordingRouter.Attempt::toString)
        .containsExactly("0ms: chat: v7 10%, v6 90%", "10m: chat: v7 25%, v6 75%");
    assertThat(router.read("chat")).isEqualTo(QUARTER);
  }

  @Test
  void a_release_nobody_applied_cannot_be_read() {
    assertThatIllegalStateException()
        .isThrownBy(() -> router.read("chat"))
        .withMessage("no split of 'chat': apply one, or start with showing(split)");

    router.showing(TEN);

    assertThat(router.read("chat")).isEqualTo(TEN);
    assertThat(router.attempts()).isEmpty();
  }

  @Test
  void a_failing_apply_changes_nothing_and_is_remembered_as_an_attempt() {
    router.showing(TEN).failApplies(1);

    assertThatIllegalStateException()
        .isThrownBy(() -> router.apply(QUARTER))
        .withMessageContaining("because the test asked for it: chat: v7 25%");
    assertThat(router.read("chat")).isEqualTo(TEN);
    assertThat(router.weights()).isEmpty();
    assertThat(router.attempts()).hasToString("[0ms: chat: v7 25%, v6 75% (FAILED)]");

    router.apply(QUARTER);
    assertThat(router.weights()).containsExactly(25.0);
  }

  @Test
  void an_apply_can_take_effect_and_fail_all_the_same() {
    router.applyButFail(1);

    assertThatIllegalStateException().isThrownBy(() -> router.apply(TEN));
    assertThat(router.read("chat")).isEqualTo(TEN);
    assertThat(router.weights()).containsExactly(10.0);
  }

  @Test
  void an_ignored_apply_shows_only_when_read_back() {
    router.showing(TEN).ignoreApplies(1);

    router.apply(QUARTER);

    assertThat(router.read("chat")).isEqualTo(TEN);
    assertThat(router.weights()).isEmpty();
  }

  @Test
  void faults_are_taken_in_the_order_they_were_asked_for() {
    router.ignoreApplies(1).failApplies(1).applyButFail(1);

    router.apply(TEN);
    assertThatIllegalStateException().isThrownBy(() -> router.apply(TEN));
    assertThatIllegalStateException().isThrownBy(() -> router.apply(TEN));
    router.apply(TEN);

    assertThat(router.attempts())
        .extracting(RecordingRouter.Attempt::effect)
        .containsExactly(
            RecordingRouter.Effect.IGNORED,
            RecordingRouter.Effect.FAILED,
            RecordingRouter.Effect.APPLIED_BUT_FAILED,
            RecordingRouter.Effect.APPLIED);
  }

  @Test
  void reads_fail_as_often_as_asked() {
    router.showing(TEN).failReads(2);

    assertThatIllegalStateException().isThrownBy(() -> router.read("chat"));
    assertThatIllegalStateException().isThrownBy(() -> router.read("chat"));
    assertThat(router.read("chat")).isEqualTo(TEN);
  }

  @Test
  void a_hanging_call_takes_effect_when_it_is_let_go_however_late() {
    router.block();
    var call = CompletableFuture.runAsync(() -> router.apply(TEN));
    router.awaitBlocked(1, ofSeconds(10));
    assertThat(router.attempts()).isEmpty();

    time.advance(ofMinutes(5));
    router.unblock();

    call.orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(router.attempts()).hasToString("[5m: chat: v7 10%, v6 90%]");
  }

  @Test
  void an_interrupt_ends_a_hanging_call_without_effect() throws InterruptedException {
    var thrown = new AtomicReference<RuntimeException>();
    router.block();
    var caller =
        new Thread(
            () -> {
              try {
                router.apply(TEN);
              } catch (IllegalStateException interrupted) {
                thrown.set(interrupted);
              }
            });
    caller.start();
    router.awaitBlocked(1, ofSeconds(10));

    caller.interrupt();
    caller.join(10_000);

    assertThat(thrown.get()).hasMessage("apply was interrupted while it hung");
    router.unblock();
    assertThat(router.attempts()).isEmpty();
  }

  @Test
  void waiting_for_calls_that_never_come_ends_at_the_deadline() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> router.awaitBlocked(1, ofMillis(5)))
        .withMessage("0 calls hang after 5ms, expected 1");
  }

  private static TrafficSplit split(double percent) {
    return TrafficSplit.weighted("chat", version("v6"), version("v7"), Weight.percent(percent));
  }
}
