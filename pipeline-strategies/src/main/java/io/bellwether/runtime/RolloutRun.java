package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.Phase;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rollout under way: takes inputs from its mailbox, has them decided, journals what happened
 * and then carries out the effects.
 *
 * <p>What the journal does not have is not believed. The one exception is going back: a store that
 * fails then does not hold up the traffic; the events are kept and written as soon as it works. A
 * process that ends before that leaves a journal in which the rollout goes on, and traffic that has
 * gone back; its {@link Reunion} with the router settles that.
 */
final class RolloutRun {
  private static final Logger log = LoggerFactory.getLogger(RolloutRun.class);
  private static final String TAKEN_OVER =
      "another process goes on with it, and this one stopped: look for its end there";
  private static final String UNWRITTEN =
      "it has ended, but the rollout store refuses what it is to remember of that: ";
  private static final Duration STORE_RETRY = Duration.ofSeconds(1);

  private final RolloutStore store;
  private final JournalWriter writer;
  private final Ports ports;
  private final EngineClock clock;
  private final Scheduler scheduler;
  private final Farewells farewells;
  private final Mailbox<Runnable> mailbox;
  private final List<RolloutListener> listeners = new CopyOnWriteArrayList<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final CompletableFuture<RolloutState> completion = new CompletableFuture<>();
  private volatile RolloutPlan plan;
  private volatile RolloutState state;
  private volatile Optional<String> stopped = Optional.empty();
  private volatile boolean resting;
  private boolean reading;
  private final AtomicBoolean insideSource = new AtomicBoolean();
  private Optional<Instant> wakeAt = Optional.empty();
  private Scheduler.Cancellable wake = () -> {};

  RolloutRun(
      RolloutPlan plan,
      RolloutState state,
      RolloutStore store,
      Ports ports,
      Farewells farewells,
      EngineClock clock,
      RuntimeThreads threads) {
    this.plan = plan;
    this.state = state;
    this.store = store;
    this.ports = ports;
    this.farewells = farewells;
    this.clock = clock;
    scheduler = threads.time().scheduler();
    mailbox = new Mailbox<>(threads.engine(), scheduler, Runnable::run);
    writer = ports.storing().journal(store, state.id(), this::inTurn);
  }

  /** Journals the first decision, or throws what the store throws. May block. */
  void journalBegin(Decision first) {
    writer.journal().begin(first.events());
  }

  /** Goes on from the first decision, which has been journaled, on the engine's threads. */
  void begin(Decision first) {
    mailbox.post(() -> follow(first));
  }

  /**
   * Goes on with a run that somebody else has journaled so far.
   *
   * @param counted whether the time since then counts as bake
   */
  void recover(long journaled, Instant lastSeen, boolean counted) {
    writer.journal().goOnAt(journaled);
    new Reunion(
            ports.routing(),
            scheduler,
            plan,
            state,
            () -> stopped.isPresent() || state.phase() == Phase.ABORTING || state.isTerminal(),
            mailbox::post,
            obstacle -> post(new RolloutInput.Recovered(lastSeen, obstacle, counted)))
        .begin();
  }

  /** Goes back with a run that somebody else has journaled so far, as nobody can go on with it. */
  void abandon(long journaled, Instant lastSeen, String reason) {
    writer.journal().goOnAt(journaled);
    post(new RolloutInput.Recovered(lastSeen, reason));
  }

  /** Tells people of an end that somebody else has journaled and told nobody of. */
  void sayFarewell(long journaled) {
    writer.journal().goOnAt(journaled);
    completion.complete(state);
    tellOfTheEnd(RolloutDecider.announcement(state));
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
    mailbox.post(
        () -> {
          if (input instanceof RolloutInput.Abort || input instanceof RolloutInput.Supersede) {
            writer.hurry();
          }
          whenWritten(() -> handle(input));
        });
  }

  /** Nothing is decided while it is not known whether the last decision has been journaled. */
  private void whenWritten(Runnable task) {
    waiting.add(task);
    goOn();
  }

  private void goOn() {
    while (!writer.isBusy() && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private void inTurn(Runnable task) {
    mailbox.post(
        () -> {
          task.run();
          goOn();
        });
  }

  /** Goes on with another plan, decided by it from the next input on. */
  void replan(RolloutPlan changed, String actor) {
    mailbox.post(
        () ->
            whenWritten(
                () -> {
                  var refusal = refusal(changed);
                  if (refusal.isPresent()) {
                    log.warn("{}: no change of plan for {}: {}", state, actor, refusal.get());
                  } else {
                    plan = changed;
                    handle(new RolloutInput.Replan(actor));
                  }
                }));
  }

  private Optional<String> refusal(RolloutPlan changed) {
    return Replans.refusal(state, changed, plan.weightOf(state.step() + 1));
  }

  /** Refuses a plan the rollout could not go on with from where it stands. */
  void refuseReplan(RolloutPlan changed) {
    if (!state.isTerminal()) {
      refusal(changed)
          .ifPresent(
              reason -> {
                throw new BellwetherException(
                    state.explain() + "; it cannot go on with a changed plan: " + reason);
              });
    }
  }

  /**
   * No input is taken any more, no wake-up is left behind, and who waits for the end is told why
   * there is none; the state it stops in.
   */
  RolloutState stop(String reason) {
    stopped = Optional.of(reason);
    mailbox.post(() -> wake.cancel());
    completion.completeExceptionally(new BellwetherException(state.explain() + "; " + reason));
    return state;
  }

  /** Stops, and keeps its release from being rolled out otherwise; the state it rests in. */
  RolloutState rest(String reason) {
    resting = true;
    return stop(reason);
  }

  /** Refuses what would begin beside a run that rests. */
  void refuseResting() {
    if (resting) {
      refuseStopped();
    }
  }

  /** Refuses what would be asked of a run that goes on elsewhere, or nowhere. */
  void refuseStopped() {
    if (!state.isTerminal()) {
      stopped.ifPresent(
          reason -> {
            throw new BellwetherException(state.explain() + "; " + reason);
          });
    }
  }

  private void handle(RolloutInput input) {
    if (stopped.isPresent() || state.isTerminal()) {
      return;
    }
    if (input instanceof RolloutInput.Tick) {
      wakeAt = Optional.empty();
    } else if (input instanceof RolloutInput.Measured) {
      reading = false;
    }
    var decision = decide(input);
    writer.write(
        decision.events(), goesBack(decision.state()), result -> decided(input, decision, result));
  }

  private Decision decide(RolloutInput input) {
    try {
      return RolloutDecider.decide(plan, state, input, clock.now());
    } catch (RuntimeException | Error e) {
      return failed("deciding on " + input.getClass().getSimpleName() + " failed", e);
    }
  }

  private Decision failed(String what, Throwable e) {
    log.error("{} of {}", what, state.explain(), e);
    return RolloutDecider.failed(plan, state, what + ": " + e, clock.now());
  }

  /** Nothing would wake a rollout again whose effects or next wake-up were lost. */
  private void goBackAfter(String what, Throwable e) {
    mailbox.post(
        () ->
            whenWritten(
                () -> {
                  if (stopped.isEmpty() && !state.isTerminal()) {
                    var decision = failed(what, e);
                    writer.write(
                        decision.events(),
                        true,
                        result -> decided(new RolloutInput.Tick(), decision, result));
                  }
                }));
  }

  private void decided(RolloutInput input, Decision decision, RunJournal.Result result) {
    switch (result) {
      case WRITTEN -> follow(decision);
      case FAILED -> notWritten(input, decision);
      case REFUSED -> neverWritten(decision);
      case OUTDATED -> goOnAsWritten(input);
      case TAKEN_OVER -> stop(TAKEN_OVER);
    }
  }

  private void notWritten(RolloutInput input, Decision decision) {
    if (goesBack(decision.state())) {
      writer.journal().keep();
      follow(decision);
    } else {
      writer.journal().giveUp();
      scheduler.schedule(STORE_RETRY, () -> post(input));
    }
  }

  /** A store that will not have what happened is not asked for ever. */
  private void neverWritten(Decision decision) {
    if (goesBack(decision.state())) {
      writer.journal().keep();
      follow(decision);
    } else {
      writer.journal().giveUp();
      goBackAfter("the rollout store refuses what happened", writer.journal().refusal());
    }
  }

  /** An earlier decision was written after all, and none of its effects has been carried out. */
  private void goOnAsWritten(RolloutInput input) {
    for (var event : writer.journal().writtenBefore()) {
      state = event.applyTo(state);
      tell(event);
    }
    if (state.isTerminal()) {
      RolloutDecider.retirements(plan, state, clock.now()).forEach(this::carryOut);
      tellOfTheEnd(RolloutDecider.announcement(state));
      finish();
    } else {
      waiting.addFirst(() -> handle(input));
      waiting.addFirst(() -> handle(new RolloutInput.Recovered(clock.now())));
    }
  }

  private void follow(Decision decision) {
    state = decision.state();
    decision.events().forEach(this::tell);
    try {
      decision.effects().forEach(this::carryOut);
      wakeAgain();
    } catch (RejectedExecutionException e) {
      log.warn("{} stands still: the engine's threads are shut down", state.explain(), e);
    } catch (RuntimeException | Error e) {
      goBackAfter("what follows from a decision failed", e);
    }
    if (state.isTerminal()) {
      finish();
    }
  }

  private static boolean goesBack(RolloutState next) {
    return next.cause().filter(cause -> cause.kind() != Cause.Kind.REFUSED).isPresent();
  }

  private void finish() {
    write(List.of());
  }

  /** Writes what follows the last decision; the run is over once the store has all of it. */
  private void write(List<RolloutEvent> events) {
    if (stopped.isPresent() || farewells.isClosed()) {
      return;
    }
    writer.write(events, false, this::ended);
  }

  private void ended(RunJournal.Result result) {
    switch (result) {
      case WRITTEN -> completion.complete(state);
      case FAILED ->
          scheduler.schedule(STORE_RETRY, () -> mailbox.post(() -> whenWritten(this::finish)));
      case REFUSED -> stop(UNWRITTEN + writer.journal().refusal().getMessage());
      case OUTDATED, TAKEN_OVER -> stop(TAKEN_OVER);
    }
  }

  private void carryOut(RolloutEffect effect) {
    if (state.isTerminal() && effect instanceof RolloutEffect.Announce announce) {
      tellOfTheEnd(announce.alert());
    } else if (effect instanceof RolloutEffect.Measure measure) {
      measure(measure);
    } else {
      ports.carryOut(state.run(), effect, this::post);
    }
  }

  /** A source that is slower than the checks are apart is not asked twice at once. */
  private void measure(RolloutEffect.Measure measure) {
    if (!reading) {
      reading = true;
      ports.measuring().measure(state.run(), measure, insideSource, this::post);
    }
  }

  /** Whoever takes the run up tells people again, unless the journal says that they were told. */
  private void tellOfTheEnd(Alert alert) {
    farewells.tell(alert, () -> mailbox.post(() -> whenWritten(() -> told(alert))));
  }

  private void told(Alert alert) {
    var event = new RolloutEvent.Announced(clock.now(), alert.key());
    tell(event);
    write(List.of(event));
  }

  private void wakeAgain() {
    var now = clock.now();
    var next = RolloutDecider.nextWake(plan, state, now);
    if (!next.equals(wakeAt) && !isUnderWay(now)) {
      wake.cancel();
      wakeAt = Optional.empty();
      wake = next.map(this::schedule).orElse(() -> {});
      wakeAt = next;
    }
  }

  /** A wake-up that is due already comes by itself. */
  private boolean isUnderWay(Instant now) {
    return !state.isTerminal() && wakeAt.filter(at -> !at.isAfter(now)).isPresent();
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
      } catch (RuntimeException | Error e) {
        log.warn("a listener of {} failed on {}", state.id(), event, e);
      }
    }
  }
}
