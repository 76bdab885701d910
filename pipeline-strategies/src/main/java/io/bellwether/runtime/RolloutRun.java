package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rollout under way: takes inputs from its mailbox, has them decided, journals what happened
 * and then carries out the effects.
 *
 * <p>What the journal does not have is not believed. The one exception is going back: a store that
 * fails then does not hold up the traffic; the events are kept and written as soon as it works.
 */
final class RolloutRun {
  private static final Logger log = LoggerFactory.getLogger(RolloutRun.class);
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private final RolloutStore store;
  private final Ports ports;
  private final EngineClock clock;
  private final Scheduler scheduler;
  private final Mailbox<Runnable> mailbox;
  private final List<RolloutListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<RolloutState> completion = new CompletableFuture<>();
  private final List<RolloutEvent> unwritten = new ArrayList<>();
  private volatile RolloutPlan plan;
  private volatile RolloutState state;
  private volatile boolean stopped;
  private long journaled;
  private Optional<Instant> wakeAt = Optional.empty();
  private Scheduler.Cancellable wake = () -> {};

  RolloutRun(
      RolloutPlan plan,
      RolloutState state,
      RolloutStore store,
      Ports ports,
      EngineClock clock,
      RuntimeThreads threads) {
    this.plan = plan;
    this.state = state;
    this.store = store;
    this.ports = ports;
    this.clock = clock;
    scheduler = threads.time().scheduler();
    mailbox = new Mailbox<>(threads.engine(), scheduler, Runnable::run);
  }

  /**
   * Journals the first decision before it returns; what follows happens on the engine's threads.
   */
  void begin(Decision first) {
    store.append(first.state().id(), 0, first.events());
    journaled = first.events().size();
    state = first.state();
    mailbox.post(() -> follow(first));
  }

  /** Goes on with a run that somebody else has journaled so far. */
  void recover(long journaled, Instant lastSeen) {
    this.journaled = journaled;
    if (!state.run().plan().equals(plan.describe())) {
      post(new RolloutInput.Replan("runtime"));
    }
    post(new RolloutInput.Recovered(lastSeen));
  }

  /** Tells people again how a run ended, since they may not have heard of it. */
  void tellAgain(long journaled, Alert alert) {
    this.journaled = journaled;
    completion.complete(state);
    mailbox.post(() -> carryOut(new RolloutEffect.Announce(alert)));
  }

  RolloutPlan plan() {
    return plan;
  }

  RolloutState state() {
    return state;
  }

  List<RolloutEvent> journal() {
    return store.journal(state.id());
  }

  CompletableFuture<RolloutState> completion() {
    return completion;
  }

  void listen(RolloutListener listener) {
    listeners.add(listener);
  }

  void post(RolloutInput input) {
    mailbox.post(() -> handle(input));
  }

  /** Goes on with another plan, decided by it from the next input on. */
  void replan(RolloutPlan changed, String actor) {
    mailbox.post(
        () -> {
          plan = changed;
          handle(new RolloutInput.Replan(actor));
        });
  }

  /** No input is taken any more, and no wake-up is left behind; the state it stops in. */
  RolloutState stop() {
    stopped = true;
    mailbox.post(() -> wake.cancel());
    return state;
  }

  private void handle(RolloutInput input) {
    if (stopped || state.isTerminal()) {
      return;
    }
    if (input instanceof RolloutInput.Tick) {
      wakeAt = Optional.empty();
    }
    var decision = RolloutDecider.decide(plan, state, input, clock.now());
    if (written(decision.events()) || goesBack(decision.state())) {
      state = decision.state();
      follow(decision);
    } else {
      unwritten.clear();
      scheduler.schedule(STORE_RETRY, () -> post(input));
    }
  }

  private void follow(Decision decision) {
    decision.events().forEach(this::tell);
    decision.effects().forEach(this::carryOut);
    wakeAgain();
    if (state.isTerminal()) {
      finish();
    }
  }

  private static boolean goesBack(RolloutState next) {
    return next.cause().isPresent();
  }

  private boolean written(List<RolloutEvent> events) {
    unwritten.addAll(events);
    if (unwritten.isEmpty()) {
      return true;
    }
    try {
      store.append(state.id(), journaled, unwritten);
      journaled += unwritten.size();
      unwritten.clear();
      return true;
    } catch (RuntimeException e) {
      log.warn("the journal of {} could not be written; trying again", state.id(), e);
      return false;
    }
  }

  private void finish() {
    if (unwritten.isEmpty() || written(List.of())) {
      completion.complete(state);
    } else {
      scheduler.schedule(STORE_RETRY, () -> mailbox.post(this::finish));
    }
  }

  private void carryOut(RolloutEffect effect) {
    ports.carryOut(state.run(), effect, this::post, alert -> mailbox.post(() -> told(alert)));
  }

  /** Once people know how it ended, nothing is left to be done for the run. */
  private void told(Alert alert) {
    if (state.isTerminal() && state.phase().name().equals(alert.labels().get("phase"))) {
      writeTold(List.of(new RolloutEvent.Announced(clock.now(), alert.key())));
    }
  }

  private void writeTold(List<RolloutEvent> events) {
    if (!written(events)) {
      scheduler.schedule(STORE_RETRY, () -> mailbox.post(() -> writeTold(List.of())));
    }
  }

  private void wakeAgain() {
    var next = RolloutDecider.nextWake(plan, state);
    if (!next.equals(wakeAt)) {
      wake.cancel();
      wakeAt = next;
      wake = next.map(this::schedule).orElse(() -> {});
    }
  }

  private Scheduler.Cancellable schedule(Instant at) {
    return scheduler.schedule(
        Duration.between(clock.now(), at), () -> post(new RolloutInput.Tick()));
  }

  private void tell(RolloutEvent event) {
    log.debug("{}: {}", state.id(), event);
    for (var listener : listeners) {
      try {
        listener.on(event, state);
      } catch (RuntimeException e) {
        log.warn("a listener of {} failed on {}", state.id(), event, e);
      }
    }
  }
}
