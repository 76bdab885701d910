package io.bellwether.fleet;

import io.bellwether.jdbc.DeposedException;
import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.JdbcRolloutStore;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.time.TimeSource;
import java.util.Optional;
import java.util.Set;

/** One time of leading: a runtime that decides, and whatever else only the leader does. */
final class Reign implements AutoCloseable {
  private final Fence fence;
  private final Roster roster;
  private final Gathering gathering;
  private final CommandDesk desk;
  private final RolloutRuntime runtime;
  private final Retention retention;
  private final Optional<TimerKeeper> timers;
  private final Set<String> releases;
  private final TimeSource time;

  Reign(
      FleetBuilder given,
      FleetParts parts,
      Fence fence,
      RuntimeThreads threads,
      Optional<FleetTimers> timers) {
    this.fence = fence;
    time = threads.time();
    releases = given.releases.keySet();
    roster = new Roster(parts.replicas(), given.times, time.ticker());
    roster.afterLook(new Roll(roster, given, parts)::call);
    roster.look(time.ticker().nanos());
    var store = JdbcRolloutStore.of(given.database).fencedBy(fence);
    var router =
        new FleetRouter(parts.splits(), fence, roster, parts.routers(), given.times, time.ticker());
    gathering =
        new Gathering(
            parts.evidence(),
            fence,
            roster,
            router,
            given.releases.keySet(),
            (replica, requests) -> Roll.hear(given, it -> it.late(replica, requests)));
    gathering.gather();
    runtime = runtime(given, parts, store, router, threads);
    retention = new Retention(parts, fence, parts.routers().windows().length());
    desk = new CommandDesk(parts.commands(), fence, runtime, store, given.strategies);
    this.timers = timers.map(it -> new TimerKeeper(it, runtime, parts.clock()));
  }

  private RolloutRuntime runtime(
      FleetBuilder given,
      FleetParts parts,
      JdbcRolloutStore store,
      FleetRouter router,
      RuntimeThreads threads) {
    var databaseTime = new TimeSource(parts.clock(), time.ticker(), time.scheduler());
    return RolloutRuntime.create(
        r -> {
          var settings =
              given
                  .runtime
                  .apply(r)
                  .router(router)
                  .metrics(
                      new FleetMetrics(
                          parts.evidence(),
                          router,
                          gathering,
                          parts.clock(),
                          parts.routers().windows()))
                  .blocks(
                      new FleetEvidence(
                          parts.evidence(),
                          router,
                          gathering,
                          parts.clock(),
                          parts.routers().windows()))
                  .store(store)
                  .notifier(
                      alert -> {
                        if (!parts.isHeld(fence)) {
                          throw new DeposedException("telling of " + alert.key(), fence);
                        }
                        given.notifier.notify(alert);
                      })
                  .threads(
                      new RuntimeThreads(
                          databaseTime, threads.engine(), threads.ports(), () -> {}));
          given.releases.values().forEach(settings::release);
          given.strategies.values().forEach(settings::resume);
          return settings;
        });
  }

  Fence fence() {
    return fence;
  }

  /** What is to be done now and then. */
  void work() {
    desk.work();
    roster.look(time.ticker().nanos());
    gathering.gather().forEach(this::look);
    timers.ifPresent(it -> it.keep(releases));
    retention.keep();
  }

  /** A decision follows what is new at once, not at the next check. */
  private void look(String release) {
    runtime.current(release).ifPresent(Rollout::look);
  }

  FleetTimers.Next due(String release) {
    return timers.map(it -> it.due(release)).orElse(FleetTimers.Next.UNKNOWN);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
