package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.DeposedException;
import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.JdbcRolloutStore;
import io.bellwether.release.Version;
import io.bellwether.runtime.OnConflict;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where the leader does what it is asked to, one command after the other. Those that wait are read,
 * noted and answered together, of each release one at a time, so that a burst costs few
 * transactions.
 *
 * <p>A command whose leader was killed in between is met by the next one with the release's last
 * run noted in it. A run that came after is the one it has started. Of the others most are harmless
 * when repeated, and done again; one that would go too far the second time is refused, since nobody
 * knows whether it was done.
 */
final class CommandDesk {
  /** So few that those who asked have their answers soon. */
  private static final int AT_ONCE = 50;

  private final CommandRows rows;
  private final Fence fence;
  private final RolloutRuntime runtime;
  private final JdbcRolloutStore store;
  private final Map<String, DeploymentStrategy> strategies;

  CommandDesk(
      CommandRows rows,
      Fence fence,
      RolloutRuntime runtime,
      JdbcRolloutStore store,
      Map<String, DeploymentStrategy> strategies) {
    this.rows = rows;
    this.fence = fence;
    this.runtime = runtime;
    this.store = store;
    this.strategies = strategies;
  }

  void work() {
    for (var open = rows.open(AT_ONCE); !open.isEmpty(); open = rows.open(AT_ONCE)) {
      work(firstOfEach(open));
    }
  }

  /** What a release's second command finds is what its first has made. */
  private static List<Command> firstOfEach(List<Command> open) {
    var first = new LinkedHashMap<String, Command>();
    open.forEach(command -> first.putIfAbsent(command.release(), command));
    return List.copyOf(first.values());
  }

  private void work(List<Command> commands) {
    var runs = store.lastRuns(commands.stream().map(Command::release).toList());
    var begin =
        commands.stream()
            .filter(command -> command.lastRun().isEmpty())
            .collect(Collectors.toMap(it -> it, it -> lastRun(it, runs)));
    if (!begin.isEmpty()) {
      rows.begin(fence, begin);
    }
    var results = new HashMap<Command, Command.Result>();
    commands.forEach(command -> results.put(command, answer(command, runs)));
    rows.answer(fence, results);
  }

  private Command.Result answer(Command command, Map<String, String> runs) {
    try {
      return done(begun(command, runs) ? last(command, runs) : follow(command));
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

  private boolean begun(Command command, Map<String, String> runs) {
    return switch (command.kind()) {
      case START, SUPERSEDE, REVERT, ROLL_BACK_TO ->
          command.lastRun().filter(before -> !before.equals(lastRun(command, runs))).isPresent();
      case RESUME, SKIP_STEP -> {
        if (command.lastRun().isPresent()) {
          throw new BellwetherException(
              "the leader before has begun with it and may have done it or not; look where the"
                  + " rollout stands before you ask again");
        }
        yield false;
      }
      case ABORT, PAUSE, PROMOTE, APPROVE, REJECT -> false;
    };
  }

  private static String lastRun(Command command, Map<String, String> runs) {
    return runs.getOrDefault(command.release(), "");
  }

  /** The run that the leader before has begun. */
  private Rollout last(Command command, Map<String, String> runs) {
    return runtime
        .current(command.release())
        .orElseThrow(
            () ->
                new BellwetherException(
                    "it was done, and the rollout "
                        + lastRun(command, runs)
                        + " has ended; see its journal"));
  }

  private Rollout follow(Command command) {
    return switch (command.kind()) {
      case START -> start(command, OnConflict.REFUSE);
      case SUPERSEDE -> start(command, OnConflict.SUPERSEDE);
      case REVERT -> runtime.revert(command.release(), command.actor(), command.reason());
      case ROLL_BACK_TO ->
          runtime.rollbackTo(
              command.release(), new Version(command.version()), command.actor(), command.reason());
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
    return runtime.start(strategy, new Version(command.version()), onConflict);
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
