package io.bellwether.runtime;

import io.bellwether.Problems;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a runtime does first: sets every release to the version it had, and takes up what was under
 * way. Waits for the store and the router, for each call no longer than one may take.
 */
final class TakeUp {
  private static final Logger log = LoggerFactory.getLogger(TakeUp.class);

  private final RolloutStore store;
  private final StableVersions stable;
  private final Runs runs;
  private final Routing routing;
  private final Farewells farewells;
  private final EngineClock clock;
  private final Resting resting;
  private final boolean downtimeIsBake;
  private final Duration callDeadline;

  TakeUp(
      RolloutStore store,
      StableVersions stable,
      Runs runs,
      Routing routing,
      Farewells farewells,
      EngineClock clock,
      Resting resting,
      boolean downtimeIsBake,
      Duration callDeadline) {
    this.store = store;
    this.stable = stable;
    this.runs = runs;
    this.routing = routing;
    this.farewells = farewells;
    this.clock = clock;
    this.resting = resting;
    this.downtimeIsBake = downtimeIsBake;
    this.callDeadline = callDeadline;
  }

  /**
   * Takes up everything.
   *
   * @param adopt takes a release's run in
   */
  void all(
      Collection<String> releases,
      Collection<DeploymentStrategy> strategies,
      BiConsumer<String, RolloutRun> adopt) {
    refuseUnknown(releases, strategies);
    var open = open();
    for (var release : releases) {
      if (!open.containsKey(release)) {
        restore(release);
      }
    }
    open.forEach((release, id) -> goOn(release, id, adopt));
    strategies.forEach(this::takeUpStandby);
  }

  /** A name that nobody knows is found now, and not after the next crash. */
  private void refuseUnknown(
      Collection<String> releases, Collection<DeploymentStrategy> strategies) {
    var problems = new Problems();
    strategies.stream()
        .map(DeploymentStrategy::release)
        .filter(release -> !releases.isEmpty() && !releases.contains(release))
        .filter(release -> store.runs(release).isEmpty())
        .forEach(
            release ->
                problems.add(
                    "resume(strategy) is given for '"
                        + release
                        + "', which is no release here: expected one of "
                        + new TreeSet<>(releases)
                        + ", or one that the store has rollouts of"));
    problems.throwIfAny("rollout runtime");
  }

  /** The runs that have not ended, by release; ends that nobody was told of are told. */
  private Map<String, String> open() {
    var open = new HashMap<String, String>();
    for (var id : store.unfinished()) {
      var journal = store.journal(id);
      var state = RolloutEvent.replay(journal);
      if (state.isTerminal()) {
        runs.run(runs.wayBack(state.release()).atOnce(), state).sayFarewell(journal.size());
      } else {
        open.put(state.release(), id);
      }
    }
    return open;
  }

  private void goOn(String release, String id, BiConsumer<String, RolloutRun> adopt) {
    var journal = store.journal(id);
    var state = RolloutEvent.replay(journal);
    var plan = runs.planOf(state.run());
    var obstacle = obstacle(state, plan);
    var usable = plan.filter(given -> obstacle.isEmpty());
    var run = runs.run(usable.orElseGet(() -> runs.wayBack(release).atOnce()), state);
    adopt.accept(release, run);
    var lastSeen = journal.get(journal.size() - 1).at();
    if (obstacle.isEmpty()) {
      run.recover(journal.size(), lastSeen, downtimeIsBake);
    } else if (state.worked() == 0 && !Replans.isRolling(state.run())) {
      run.abandon(journal.size(), lastSeen, obstacle.get());
    } else {
      resting.rest(run, obstacle.get(), isRouted(state.run()));
    }
  }

  private static Optional<String> obstacle(RolloutState state, Optional<RolloutPlan> plan) {
    return plan.isEmpty()
        ? Optional.of("no strategy was given to go on with; add resume(strategy)")
        : Replans.refusal(state, plan.get(), state.weight());
  }

  /** What a rolling release was rolled out by, it goes back by. */
  private boolean isRouted(RunInfo run) {
    return !Replans.isRolling(run)
        && RevertWindow.lastDeployed(store, run.release()).filter(Replans::isRolling).isEmpty();
  }

  /** What the release's last promotion or revert left goes in its time, or now. */
  private void takeUpStandby(DeploymentStrategy strategy) {
    RevertWindow.lastChange(store, strategy.release())
        .ifPresent(state -> runs.retire(strategy.plan(), state));
  }

  /** The router's stable version is the store's, or the latest one that can still be loaded. */
  private void restore(String release) {
    var wanted = stable.of(release);
    var loadable = stable.loadable(release);
    if (!loadable.equals(wanted)) {
      warnUnloadable(release, wanted, loadable);
    }
    StoreCalls.await(routing.restore(TrafficSplit.stable(release, loadable)), callDeadline);
  }

  /** Told until somebody has heard it; the runtime does not wait for that. */
  private void warnUnloadable(String release, Version wanted, Version instead) {
    var alert =
        Alert.of(
            "release_version_unknown",
            Severity.CRITICAL,
            clock.now(),
            a ->
                a.label("release", release)
                    .label("version", wanted.id())
                    .summary(
                        release
                            + ": the stable version "
                            + wanted
                            + " cannot be loaded any more; "
                            + instead
                            + " serves instead")
                    .nextStep("Bring " + wanted + " back into the catalog, or roll out another."));
    log.error("{}", alert);
    farewells.tell(alert, () -> {});
  }
}
