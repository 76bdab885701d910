package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.DeposedException;
import io.bellwether.jdbc.Fence;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.runtime.OnConflict;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where the leader does what it is asked to, one command after the other.
 *
 * <p>A command whose leader was killed in between is done again by the next one. Most are harmless
 * when repeated; one that starts a rollout has noted the release's last run before, and a run that
 * came after is the one it has started.
 */
final class CommandDesk {
  private final CommandRows rows;
  private final Fence fence;
  private final RolloutRuntime runtime;
  private final RolloutStore store;
  private final Map<String, DeploymentStrategy> strategies;

  CommandDesk(
      CommandRows rows,
      Fence fence,
      RolloutRuntime runtime,
      RolloutStore store,
      Map<String, DeploymentStrategy> strategies) {
    this.rows = rows;
    this.fence = fence;
    this.runtime = runtime;
    this.store = store;
    this.strategies = strategies;
  }

  void work() {
    rows.open().forEach(command -> rows.answer(fence, command.id(), answer(command)));
  }

  private Command.Result answer(Command command) {
    try {
      return done(begun(command) ? last(command) : follow(command));
    } catch (DeposedException e) {
      throw e;
    } catch (RuntimeException e) {
      return new Command.Result(Command.Outcome.REFUSED, "", String.valueOf(e.getMessage()));
    }
  }

  private static Command.Result done(Rollout rollout) {
    var run = rollout.isQueued() ? "" : rollout.id();
    return new Command.Result(Command.Outcome.DONE, run, rollout.toString());
  }

  private boolean begun(Command command) {
    return switch (command.kind()) {
      case START, SUPERSEDE, REVERT, ROLL_BACK_TO ->
          command.lastRun().filter(before -> !before.equals(lastRun(command))).isPresent();
      case ABORT, PAUSE, RESUME, SKIP_STEP, PROMOTE, APPROVE, REJECT -> false;
    };
  }

  private String lastRun(Command command) {
    return store.runs(command.release()).stream().findFirst().orElse("");
  }

  /** The run that the leader before has begun. */
  private Rollout last(Command command) {
    return runtime
        .current(command.release())
        .orElseThrow(
            () ->
                new BellwetherException(
                    "it was done, and the rollout "
                        + lastRun(command)
                        + " has ended; see its journal"));
  }

  private Rollout follow(Command command) {
    return switch (command.kind()) {
      case START -> start(command, OnConflict.REFUSE);
      case SUPERSEDE -> start(command, OnConflict.SUPERSEDE);
      case REVERT -> {
        note(command);
        yield runtime.revert(command.release(), command.actor(), command.reason());
      }
      case ROLL_BACK_TO -> {
        note(command);
        yield runtime.rollbackTo(
            command.release(), new Version(command.version()), command.actor(), command.reason());
      }
      case ABORT -> with(command, it -> it.abort(command.actor(), command.reason()));
      case PAUSE -> with(command, it -> it.pause(command.actor(), command.reason()));
      case RESUME -> with(command, it -> it.resume(command.actor()));
      case SKIP_STEP -> with(command, it -> it.skipStep(command.actor(), command.reason()));
      case PROMOTE -> with(command, it -> it.promoteNow(command.actor(), command.reason()));
      case APPROVE -> with(command, it -> it.approve(command.actor(), command.reason()));
      case REJECT -> with(command, it -> it.reject(command.actor(), command.reason()));
    };
  }

  private Rollout start(Command command, OnConflict onConflict) {
    var strategy = strategies.get(command.release());
    if (strategy == null) {
      throw new BellwetherException(
          "the leader, "
              + fence.holder()
              + ", knows no strategy for '"
              + command.release()
              + "'; give every replica the same strategy(..)");
    }
    note(command);
    return runtime.start(strategy, new Version(command.version()), onConflict);
  }

  private void note(Command command) {
    rows.begin(fence, command.id(), lastRun(command));
  }

  private Rollout with(Command command, Consumer<Rollout> request) {
    var rollout =
        runtime
            .current(command.release())
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "no rollout of '" + command.release() + "' is under way"));
    request.accept(rollout);
    return rollout;
  }
}
