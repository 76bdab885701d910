package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.analysis.BlockSource;
import io.bellwether.health.VersionHealth;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.RunInfo.Purpose;
import io.bellwether.runtime.PortCalls.Kind;
import io.bellwether.runtime.Standbys.Standby;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out effects through the ports, and turns whatever comes of it into inputs. */
final class Ports {
  private static final Logger log = LoggerFactory.getLogger(Ports.class);

  private final Notifier notifier;
  private final List<RolloutListener> listeners;
  private final List<RolloutGuard> guards;
  private final StableCheck stableCheck;
  private final Scheduler scheduler;
  private final Duration deadline;
  private final Routing routing;
  private final MetricCalls measuring;
  private final Standbys standbys;
  private final StoreCalls storing;
  private final Aside aside;
  private final VersionHealth health;
  private final PortCalls guarding;
  private final PortCalls examining;
  private final WorkCalls works;
  private final PortCalls confirming;
  private final PortCalls telling;

  Ports(
      RolloutRuntimeBuilder given,
      Optional<BlockSource> blocks,
      Standby standby,
      RuntimeThreads threads) {
    notifier = given.notifier;
    listeners = List.copyOf(given.listeners);
    guards = List.copyOf(given.guards);
    deadline = given.callDeadline;
    scheduler = threads.time().scheduler();
    aside = new Aside(threads);
    stableCheck = new StableCheck(given.router, given.metrics, given.health);
    health = given.health;
    examining = new PortCalls("health of the candidate", Kind.QUESTION, deadline, threads);
    guarding = new PortCalls("guard", Kind.QUESTION, deadline, threads);
    var working = new PortCalls("step work", Kind.DEED, deadline, threads);
    works = new WorkCalls(working, new PortCalls("step work", Kind.DEED, deadline, threads));
    confirming = new PortCalls("check of stable", Kind.QUESTION, deadline, threads);
    telling = new PortCalls("notifier", Kind.DEED, deadline, threads);
    var store = new PortCalls("rollout store", Kind.DEED, deadline, threads);
    storing = new StoreCalls(store, scheduler, deadline, aside);
    standbys = new Standbys(standby, store, working, scheduler, deadline);
    routing =
        new Routing(
            given.router,
            new PortCalls("router", Kind.DEED, deadline, threads),
            new PortCalls("router (going back)", Kind.DEED, deadline, threads),
            deadline);
    measuring =
        new MetricCalls(
            given.metrics,
            blocks,
            given.health,
            new PortCalls("metric source", Kind.QUESTION, deadline, threads),
            deadline);
  }

  /** Begins nothing any more that no rollout waits for. */
  void close() {
    standbys.close();
  }

  Routing routing() {
    return routing;
  }

  MetricCalls measuring() {
    return measuring;
  }

  StoreCalls storing() {
    return storing;
  }

  Aside aside() {
    return aside;
  }

  /** Carries out every effect but a measurement, which is its run's affair. */
  void carryOut(RunInfo run, RolloutEffect effect, Consumer<RolloutInput> answer) {
    if (effect instanceof RolloutEffect.Route route) {
      route(run, route, answer);
    } else if (effect instanceof RolloutEffect.Clear clear) {
      clear(run, clear.key(), answer);
    } else if (effect instanceof RolloutEffect.Work work) {
      works.work(work, answer);
    } else if (effect instanceof RolloutEffect.Confirm confirm) {
      scheduler.schedule(confirm.after(), () -> confirm(confirm, answer));
    } else if (effect instanceof RolloutEffect.Retire retire) {
      standbys.retire(retire);
    } else if (effect instanceof RolloutEffect.Announce announce) {
      var alert = announce.alert();
      announce(
          alert, () -> {}, reason -> log.error("nobody could be told ({}): {}", reason, alert));
    }
  }

  /** Nobody is sent to a candidate that is not able to serve. */
  private void route(RunInfo run, RolloutEffect.Route route, Consumer<RolloutInput> answer) {
    if (route.key().kind() != EffectKey.Kind.SHIFT
        || run.purpose() == Purpose.REVERT
        || !route.split().hasCandidate()) {
      routing.route(route, answer);
      return;
    }
    examining.call(
        deadline,
        () -> health.isHealthy(run.release(), run.candidate()),
        healthy -> {
          if (healthy) {
            routing.route(route, answer);
          } else {
            answer.accept(new RolloutInput.Unfit(route.key()));
          }
        },
        reason -> answer.accept(new RolloutInput.Failed(route.key(), reason)));
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

  private void confirm(RolloutEffect.Confirm confirm, Consumer<RolloutInput> answer) {
    confirming.call(
        deadline,
        () -> stableCheck.look(confirm.plan(), confirm.run()),
        found -> answer.accept(new RolloutInput.Confirmed(confirm.key(), found)),
        reason -> answer.accept(new RolloutInput.Failed(confirm.key(), reason)),
        reason -> answer.accept(new RolloutInput.NotYet(confirm.key(), reason)));
  }

  /** Tells people; exactly one of the two is run. */
  void announce(Alert alert, Runnable told, Consumer<String> failed) {
    telling.call(
        deadline,
        () -> {
          notifier.notify(alert);
          return alert;
        },
        done -> {
          told(alert, true);
          told.run();
        },
        reason -> {
          told(alert, false);
          failed.accept(reason);
        });
  }

  private void told(Alert alert, boolean delivered) {
    for (var listener : listeners) {
      try {
        listener.told(alert, delivered);
      } catch (RuntimeException | Error e) {
        log.warn("a listener failed on {}", alert, e);
      }
    }
  }
}
