package io.bellwether.runtime;

import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a rollout that is taken up again and its router together: a router that forgot is told how
 * traffic was, and one that remembers is asked.
 *
 * <p>A router that took everybody off the candidate meanwhile did so because somebody said so: an
 * operator, or an abort that the store could not take before the process ended. Then the rollout
 * goes back and not on. Of a router that forgets nothing of the kind is known: there, an abort that
 * the store could not take is forgotten with the process. While the router does not answer at all,
 * it is asked again; a rollout that waited for that as long as for any other progress goes back,
 * too.
 */
final class Reunion {
  private static final Logger log = LoggerFactory.getLogger(Reunion.class);

  private final Routing routing;
  private final Scheduler scheduler;
  private final RolloutPlan plan;
  private final RolloutState state;
  private final BooleanSupplier over;
  private final Consumer<Runnable> inbox;
  private final Consumer<String> done;

  /**
   * A reunion to be begun.
   *
   * @param state of the rollout as the journal has it
   * @param over whether the rollout has stopped or goes back already
   * @param inbox where it is decided about the rollout, one thing after the other
   * @param done gets what keeps the rollout from going on; nothing keeps it where that is empty
   */
  Reunion(
      Routing routing,
      Scheduler scheduler,
      RolloutPlan plan,
      RolloutState state,
      BooleanSupplier over,
      Consumer<Runnable> inbox,
      Consumer<String> done) {
    this.routing = routing;
    this.scheduler = scheduler;
    this.plan = plan;
    this.state = state;
    this.over = over;
    this.inbox = inbox;
    this.done = done;
  }

  void begin() {
    if (!plan.routed() || state.phase() == Phase.ABORTING) {
      done.accept("");
    } else {
      inbox.accept(() -> look(plan.timing().firstRetry(), Duration.ZERO));
    }
  }

  private void look(Duration pause, Duration waited) {
    if (over.getAsBoolean()) {
      return;
    }
    var confirmed = RolloutDecider.confirmed(plan, state);
    routing.reunite(
        confirmed,
        isMoving(),
        found -> inbox.accept(() -> finish(takenBack(confirmed, found))),
        reason -> inbox.accept(() -> unanswered(pause, waited, reason)));
  }

  /** Whether the router was being moved elsewhere, and may have arrived there. */
  private boolean isMoving() {
    return state
        .awaited()
        .map(awaited -> awaited.key().kind())
        .filter(kind -> kind == EffectKey.Kind.SHIFT || kind == EffectKey.Kind.SETTLE)
        .isPresent();
  }

  private String takenBack(TrafficSplit confirmed, TrafficSplit found) {
    var settled = TrafficSplit.stable(state.release(), state.candidate());
    if (!confirmed.hasCandidate() || found.hasCandidate() || isMoving() && found.equals(settled)) {
      return "";
    }
    return "the router was left with ["
        + confirmed
        + "] and found with ["
        + found
        + "]: somebody took the candidate's traffic back";
  }

  private void unanswered(Duration pause, Duration waited, String reason) {
    if (over.getAsBoolean()) {
      return;
    }
    var patience = plan.timing().progressDeadline();
    if (waited.compareTo(patience) >= 0) {
      finish(
          "the router did not say for "
              + Durations.plain(patience)
              + " how it divides traffic: "
              + reason);
      return;
    }
    log.warn("{} waits for its router: {}", state.id(), reason);
    var doubled = pause.multipliedBy(2);
    var longest = plan.timing().longestRetry();
    var next = doubled.compareTo(longest) < 0 ? doubled : longest;
    scheduler.schedule(pause, () -> inbox.accept(() -> look(next, waited.plus(pause))));
  }

  private void finish(String obstacle) {
    if (!over.getAsBoolean()) {
      done.accept(obstacle);
    }
  }
}
