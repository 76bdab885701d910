package io.bellwether.dashboard;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Does what an operator asks for, and tells what became of it. */
final class Actions {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final int LONGEST_REASON = 500;

  private final RolloutRuntime runtime;
  private final RolloutRecorder recorder;
  private final TimeSource time;

  Actions(DashboardBuilder given) {
    runtime = given.runtime.orElseThrow();
    recorder = given.recorder.orElseThrow();
    time = given.time.orElseThrow();
  }

  /** What can be asked for. */
  private enum Action {
    APPROVE,
    REJECT,
    PAUSE,
    RESUME,
    ABORT;

    void ask(Rollout rollout, String actor, String reason) {
      switch (this) {
        case APPROVE -> rollout.approve(actor, reason);
        case REJECT -> rollout.reject(actor, reason);
        case PAUSE -> rollout.pause(actor, reason);
        case RESUME -> rollout.resume(actor);
        case ABORT -> rollout.abort(actor, reason);
      }
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Answer perform(Call call, Operator operator) {
    var action = action(call.field("action").orElse(""));
    var id = call.field("rollout").orElse("");
    var reason = call.field("reason").orElse("");
    if (reason.length() > LONGEST_REASON) {
      throw new Refusal(400, "the reason is longer than " + LONGEST_REASON + " characters");
    }
    if (action != Action.RESUME && reason.isBlank()) {
      throw new Refusal(400, "say why: the reason is kept in the journal");
    }
    var state = underWay(id);
    requireSeen(call, state);
    var rollout =
        runtime
            .current(state.release())
            .filter(current -> !current.isQueued() && current.id().equals(id))
            .orElseThrow(
                () -> new Refusal(409, "another process looks after the rollout: " + state));
    var before = recorder.requests(id);
    action.ask(rollout, operator.name(), reason);
    return answer(id, action, operator, before);
  }

  private static Action action(String word) {
    for (var action : Action.values()) {
      if (action.word().equals(word)) {
        return action;
      }
    }
    throw new Refusal(400, "unknown action; expected approve, reject, pause, resume or abort");
  }

  private RolloutState underWay(String id) {
    var state = recorder.states().stream().filter(it -> it.id().equals(id)).findFirst();
    if (state.isEmpty()) {
      throw recorder.report(id).isPresent()
          ? new Refusal(409, "it has ended: " + recorder.report(id).orElseThrow())
          : new Refusal(404, "there is no rollout '" + id + "' here");
    }
    if (state.get().isTerminal()) {
      throw new Refusal(409, "it has ended: " + state.get().explain());
    }
    return state.get();
  }

  /** An answer to a step that is over is no answer to the next one. */
  private static void requireSeen(Call call, RolloutState state) {
    var seen = call.field("step");
    if (seen.isPresent() && !seen.get().equals(Integer.toString(state.step()))) {
      throw new Refusal(
          409, "it has gone on to step " + (state.step() + 1) + " meanwhile; look again");
    }
  }

  private Answer answer(
      String id, Action action, Operator operator, List<RolloutEvent.Requested> before) {
    var deadline = time.ticker().nanos() + PATIENCE.toNanos();
    while (true) {
      var asked = found(id, action, operator, before);
      if (asked.isPresent()) {
        var refusal = asked.get().refusal();
        return refusal.isEmpty()
            ? Answer.json(200, Map.of("done", asked.get().request()))
            : Answer.problem(409, "not done: " + refusal);
      }
      if (time.ticker().nanos() - deadline >= 0) {
        return Answer.json(202, Map.of("done", "asked for, and not answered yet"));
      }
      pause();
    }
  }

  private Optional<RolloutEvent.Requested> found(
      String id, Action action, Operator operator, List<RolloutEvent.Requested> before) {
    var fresh = new ArrayList<>(recorder.requests(id));
    before.forEach(fresh::remove);
    return fresh.stream()
        .filter(asked -> asked.actor().equals(operator.name()))
        .filter(asked -> asked.request().startsWith(action.word()))
        .findFirst();
  }

  private void pause() {
    var over = new Semaphore(0);
    var wake = time.scheduler().schedule(LOOK_EVERY, over::release);
    try {
      over.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(503, "the host is shutting down; look whether it was done");
    } finally {
      wake.cancel();
    }
  }
}
