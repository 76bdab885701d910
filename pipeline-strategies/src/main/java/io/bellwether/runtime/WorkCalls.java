package io.bellwether.runtime;

import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.StepCheck;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Calls the steps' work. What a step began is taken back once that call has come back: before, it
 * would undo what is taken back.
 */
final class WorkCalls {
  private final Set<String> inside = ConcurrentHashMap.newKeySet();
  private final PortCalls working;
  private final PortCalls compensating;

  WorkCalls(PortCalls working, PortCalls compensating) {
    this.working = working;
    this.compensating = compensating;
  }

  void work(RolloutEffect.Work work, Consumer<RolloutInput> answer) {
    var key = work.key();
    var place = key.rollout() + "/" + key.step();
    if (key.kind() != EffectKey.Kind.COMPENSATE) {
      inside.add(place);
      call(working, work, place, answer);
    } else if (inside.contains(place)) {
      answer.accept(
          new RolloutInput.NotYet(
              key, "what the step began has not come back, and is taken back once it has"));
    } else {
      call(compensating, work, place, answer);
    }
  }

  private void call(
      PortCalls calls, RolloutEffect.Work work, String place, Consumer<RolloutInput> answer) {
    var key = work.key();
    calls.call(
        work.deadline(),
        () -> call(work, place),
        check ->
            answer.accept(
                check.ready()
                    ? new RolloutInput.Done(key)
                    : new RolloutInput.NotYet(key, check.detail())),
        reason -> answer.accept(new RolloutInput.Failed(key, reason)),
        reason -> {
          inside.remove(place);
          answer.accept(new RolloutInput.NotYet(key, reason));
        });
  }

  private StepCheck call(RolloutEffect.Work effect, String place) {
    try {
      return call(effect);
    } finally {
      inside.remove(place);
    }
  }

  private static StepCheck call(RolloutEffect.Work effect) {
    return switch (effect.key().kind()) {
      case PREPARE -> {
        effect.work().prepare(effect.context());
        yield StepCheck.complete();
      }
      case VERIFY -> checked(effect.work().verify(effect.context()), "verify");
      case COMPENSATE -> checked(effect.work().compensate(effect.context()), "compensate");
      case CLEAR, SHIFT, SETTLE, RESTORE, CONFIRM, RETIRE ->
          throw new IllegalStateException(effect.key() + " is no work");
    };
  }

  private static StepCheck checked(StepCheck check, String method) {
    return Objects.requireNonNull(check, method + " returned null instead of a StepCheck");
  }
}
