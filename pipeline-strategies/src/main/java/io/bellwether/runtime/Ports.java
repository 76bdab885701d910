package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.BlockSource;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Counted;
import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.StepCheck;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out effects through the ports, and turns whatever comes of it into inputs. */
final class Ports {
  private static final Logger log = LoggerFactory.getLogger(Ports.class);

  /** Calls of one port that may be under way at once, over all rollouts of a runtime. */
  private static final int AT_ONCE = 64;

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /** Tells whether what a run left for a quick way back is still of use. */
  @FunctionalInterface
  interface Standby {
    Use of(RunInfo run);

    /** Of what use it is. */
    enum Use {
      NEEDED,
      UNSURE,
      OVER
    }
  }

  private final LastWord router;
  private final MetricSource metrics;
  private final Optional<BlockSource> blocks;
  private final Notifier notifier;
  private final List<RolloutGuard> guards;
  private final StableCheck stableCheck;
  private final Scheduler scheduler;
  private final Duration deadline;
  private final Standby standby;
  private final Executor aside;
  private final PortCalls routing;
  private final PortCalls restoring;
  private final PortCalls measuring;
  private final PortCalls guarding;
  private final PortCalls working;
  private final PortCalls compensating;
  private final PortCalls confirming;
  private final PortCalls telling;
  private final PortCalls storing;

  Ports(
      TrafficRouter router,
      MetricSource metrics,
      Optional<BlockSource> blocks,
      Notifier notifier,
      VersionHealth health,
      List<RolloutGuard> guards,
      Standby standby,
      Duration deadline,
      RuntimeThreads threads) {
    this.router = new LastWord(router);
    this.metrics = metrics;
    this.blocks = blocks;
    this.notifier = notifier;
    this.guards = List.copyOf(guards);
    this.standby = standby;
    this.deadline = deadline;
    scheduler = threads.time().scheduler();
    aside = threads.ports();
    stableCheck = new StableCheck(router, metrics, health);
    routing = new PortCalls("router", AT_ONCE, threads);
    restoring = new PortCalls("router (going back)", AT_ONCE, threads);
    measuring = new PortCalls("metric source", AT_ONCE, threads);
    guarding = new PortCalls("guard", AT_ONCE, threads);
    working = new PortCalls("step work", AT_ONCE, threads);
    compensating = new PortCalls("step work", AT_ONCE, threads);
    confirming = new PortCalls("check of stable", AT_ONCE, threads);
    telling = new PortCalls("notifier", AT_ONCE, threads);
    storing = new PortCalls("rollout store", AT_ONCE, threads);
  }

  void carryOut(RunInfo run, RolloutEffect effect, Consumer<RolloutInput> answer) {
    if (effect instanceof RolloutEffect.Route route) {
      route(route, answer);
    } else if (effect instanceof RolloutEffect.Measure measure) {
      measure(measure, answer);
    } else if (effect instanceof RolloutEffect.Clear clear) {
      clear(run, clear.key(), answer);
    } else if (effect instanceof RolloutEffect.Work work) {
      work(work, answer);
    } else if (effect instanceof RolloutEffect.Confirm confirm) {
      scheduler.schedule(confirm.after(), () -> confirm(confirm, answer));
    } else if (effect instanceof RolloutEffect.Retire retire) {
      scheduler.schedule(retire.after(), () -> retireUnlessNeeded(retire));
    } else if (effect instanceof RolloutEffect.Announce announce) {
      var alert = announce.alert();
      announce(
          alert, () -> {}, reason -> log.error("nobody could be told ({}): {}", reason, alert));
    }
  }

  private void route(RolloutEffect.Route route, Consumer<RolloutInput> answer) {
    var calls = route.key().kind() == EffectKey.Kind.RESTORE ? restoring : routing;
    router.want(route.split());
    calls.call(
        deadline,
        () -> router.applyAndRead(route.split()),
        actual -> answer.accept(new RolloutInput.Routed(route.key(), actual)),
        reason -> answer.accept(new RolloutInput.Failed(route.key(), reason)));
  }

  /**
   * Asks a router that remembers how it divides traffic, and tells it again where that is neither
   * what it was told nor nothing for the candidate; tells a router that forgets.
   *
   * @param confirmed what it was told last
   * @param moving whether it was being told something else when the runtime stopped
   */
  void reunite(
      TrafficSplit confirmed,
      boolean moving,
      Consumer<TrafficSplit> found,
      Consumer<String> failed) {
    router.want(confirmed);
    routing.call(
        deadline,
        () ->
            router
                .remembered(confirmed.release())
                .filter(actual -> moving || isLeftAlone(confirmed, actual))
                .orElseGet(() -> router.applyAndRead(confirmed)),
        found,
        failed);
  }

  private static boolean isLeftAlone(TrafficSplit confirmed, TrafficSplit actual) {
    return actual.equals(confirmed) || confirmed.hasCandidate() && !actual.hasCandidate();
  }

  /** Moves all traffic to one version, outside of any rollout's decisions. */
  CompletableFuture<TrafficSplit> restore(TrafficSplit split) {
    var done = new CompletableFuture<TrafficSplit>();
    router.want(split);
    restoring.call(
        deadline,
        () -> router.applyAndRead(split),
        done::complete,
        reason -> done.completeExceptionally(new BellwetherException(reason)));
    return done;
  }

  private void measure(RolloutEffect.Measure measure, Consumer<RolloutInput> answer) {
    measuring.call(
        deadline,
        () ->
            new RolloutInput.Measured(
                measure.asOf(),
                Map.copyOf(metrics.readAll(measure.queries())),
                measure.blocks().map(this::count).orElse(Counted.NOTHING)),
        answer::accept,
        reason ->
            answer.accept(
                new RolloutInput.Measured(
                    measure.asOf(), unread(measure, reason), Counted.failed(reason))));
  }

  /** What cannot be counted for the judge does not keep the gates from looking. */
  private Counted count(BlockQuery query) {
    if (blocks.isEmpty()) {
      return Counted.failed("nothing counts blocks; give the runtime blocks(source)");
    }
    try {
      var source = blocks.get();
      return new Counted(
          source.since(query), query.first() ? source.history(query) : List.of(), "");
    } catch (RuntimeException e) {
      log.warn("blocks of {} could not be read", query, e);
      return Counted.failed(String.valueOf(e.getMessage()));
    }
  }

  private static Map<MetricQuery, Reading> unread(RolloutEffect.Measure measure, String reason) {
    var readings = new HashMap<MetricQuery, Reading>();
    measure.queries().forEach(query -> readings.put(query, Reading.error("engine", reason)));
    return readings;
  }

  private void clear(RunInfo run, EffectKey key, Consumer<RolloutInput> answer) {
    guarding.call(
        deadline,
        () ->
            guards.stream()
                .map(guard -> guard.ask(run, key.step()))
                .reduce(Clearance.go(), Clearance::and),
        clearance -> answer.accept(new RolloutInput.Cleared(key, clearance)),
        reason -> answer.accept(new RolloutInput.Failed(key, reason)));
  }

  private void work(RolloutEffect.Work work, Consumer<RolloutInput> answer) {
    var key = work.key();
    var calls = key.kind() == EffectKey.Kind.COMPENSATE ? compensating : working;
    calls.call(
        work.deadline(),
        () -> call(work),
        check ->
            answer.accept(
                check.ready()
                    ? new RolloutInput.Done(key)
                    : new RolloutInput.NotYet(key, check.detail())),
        reason -> answer.accept(new RolloutInput.Failed(key, reason)),
        reason -> answer.accept(new RolloutInput.NotYet(key, reason)));
  }

  private static StepCheck call(RolloutEffect.Work effect) {
    return switch (effect.key().kind()) {
      case PREPARE -> {
        effect.work().prepare(effect.context());
        yield StepCheck.complete();
      }
      case VERIFY -> effect.work().verify(effect.context());
      case COMPENSATE -> effect.work().compensate(effect.context());
      case CLEAR, SHIFT, SETTLE, RESTORE, CONFIRM, RETIRE ->
          throw new IllegalStateException(effect.key() + " is no work");
    };
  }

  /**
   * What went back into service within its retention is needed, and what another rollout may be
   * using is looked at again when that has ended.
   */
  private void retireUnlessNeeded(RolloutEffect.Retire retire) {
    storing.call(
        deadline,
        () -> standby.of(retire.context().run()),
        use -> retire(retire, use),
        reason -> retire(retire, Standby.Use.UNSURE));
  }

  private void retire(RolloutEffect.Retire retire, Standby.Use use) {
    switch (use) {
      case NEEDED -> log.debug("kept: {}", retire.context());
      case UNSURE -> scheduler.schedule(LOOK_AGAIN, () -> retireUnlessNeeded(retire));
      case OVER -> retire(retire);
    }
  }

  private void retire(RolloutEffect.Retire retire) {
    working.call(
        deadline,
        () -> {
          retire.work().retire(retire.context());
          return retire.context();
        },
        done -> log.debug("retired: {}", done),
        reason -> log.warn("{} could not be retired: {}", retire.context(), reason));
  }

  private void confirm(RolloutEffect.Confirm confirm, Consumer<RolloutInput> answer) {
    confirming.call(
        deadline,
        () -> stableCheck.look(confirm.plan(), confirm.run()),
        found -> answer.accept(new RolloutInput.Confirmed(confirm.key(), found)),
        reason -> answer.accept(new RolloutInput.Failed(confirm.key(), reason)),
        reason -> answer.accept(new RolloutInput.NotYet(confirm.key(), reason)));
  }

  /** What writes a run's journal. */
  JournalWriter journal(RolloutStore store, String run, Consumer<Runnable> inbox) {
    return new JournalWriter(store, run, storing, scheduler, deadline, inbox);
  }

  /** Does something with the store that may block, and waits for it no longer than for a call. */
  <T> T withStore(Supplier<T> call) {
    var done = new CompletableFuture<T>();
    storing.call(
        deadline,
        () -> {
          try {
            done.complete(call.get());
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
          return done;
        },
        answered -> {},
        reason -> done.completeExceptionally(new BellwetherException(reason)));
    try {
      return done.get(2 * deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new BellwetherException("the store could not be called", e);
    } catch (TimeoutException e) {
      throw new BellwetherException("the runtime's threads are too busy to call the store", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while the store was called", e);
    }
  }

  /** Does something off the engine's threads that waits for the store. */
  void aside(Runnable task) {
    aside.execute(task);
  }

  /** Tells people; exactly one of the two is run. */
  void announce(Alert alert, Runnable told, Consumer<String> failed) {
    telling.call(
        deadline,
        () -> {
          notifier.notify(alert);
          return alert;
        },
        done -> told.run(),
        failed);
  }
}
