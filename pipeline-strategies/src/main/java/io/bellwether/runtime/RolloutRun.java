package io.bellwether.runtime;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rollout under way: takes inputs from its mailbox, has them decided, journals what happened and
 * then carries out the effects.
 */
final class RolloutRun {
  private static final Logger log = LoggerFactory.getLogger(RolloutRun.class);

  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private final RolloutPlan plan;
  private final RolloutStore store;
  private final Ports ports;
  private final EngineClock clock;
  private final Scheduler scheduler;
  private final Mailbox<RolloutInput> mailbox;
  private final List<RolloutListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<RolloutState> completion = new CompletableFuture<>();
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
    mailbox = new Mailbox<>(threads.engine(), this::handle);
  }

  /** Journals the first decision; what follows from it happens on the engine's threads. */
  void begin(Decision first) {
    store.append(first.state().id(), 0, first.events());
    journaled = first.events().size();
    state = first.state();
    first.effects().forEach(this::carryOut);
    post(new RolloutInput.Tick());
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
    mailbox.post(input);
  }

  /** No input is taken any more. */
  void stop() {
    stopped = true;
  }

  private void handle(RolloutInput input) {
    if (stopped || state.isTerminal()) {
      return;
    }
    if (input instanceof RolloutInput.Tick) {
      wakeAt = Optional.empty();
    }
    var decision = RolloutDecider.decide(plan, state, input, clock.now());
    if (!journaled(decision)) {
      scheduler.schedule(STORE_RETRY, () -> post(input));
      return;
    }
    state = decision.state();
    decision.events().forEach(this::tell);
    decision.effects().forEach(this::carryOut);
    wakeAgain();
    if (state.isTerminal()) {
      completion.complete(state);
    }
  }

  /** Nothing is believed, let alone done, that the journal does not have. */
  private boolean journaled(Decision decision) {
    if (decision.events().isEmpty()) {
      return true;
    }
    try {
      store.append(state.id(), journaled, decision.events());
      journaled += decision.events().size();
      return true;
    } catch (RuntimeException e) {
      log.warn("the journal of {} could not be written; trying again", state.id(), e);
      return false;
    }
  }

  private void carryOut(RolloutEffect effect) {
    ports.carryOut(effect, this::post);
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
        Duration.between(clock.now(), at),
        () -> post(new RolloutInput.Tick()));
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
