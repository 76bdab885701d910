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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rollout under way: takes inputs in their turn, has them decided, journals what happened and
 * then carries out the effects.
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
  private final Turns turns;
  private final WakeUp wake;
  private final Hearers hearers = new Hearers();
  private final Halt halt = new Halt();
  private final Ports ports;
  private final Deeds deeds;
  private final EngineClock clock;
  private final Scheduler scheduler;
  private final Farewells farewells;
  private final CompletableFuture<RolloutState> completion = new CompletableFuture<>();
  private volatile RolloutPlan plan;
  private volatile RolloutState state;
  private volatile Optional<Instant> nextWake = Optional.empty();

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
    deeds = new Deeds(ports, this::post);
    turns = new Turns(store, state.id(), ports, threads);
    writer = turns.writer();
    wake = new WakeUp(scheduler, clock, () -> post(new RolloutInput.Tick()));
  }

  /** Journals the first decision, or throws what the store throws. May block. */
  void journalBegin(Decision first) {
    writer.journal().begin(first.events());
  }

  /** Goes on from the first decision, which has been journaled, on the engine's threads. */
  void begin(Decision first) {
    turns.post(() -> follow(first));
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
            () -> halt.isOn() || state.phase() == Phase.ABORTING || state.isTerminal(),
            turns::post,
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
    hearers.add(listener);
  }

  void post(RolloutInput input) {
    if (input instanceof RolloutInput.Abort || input instanceof RolloutInput.Supersede) {
      turns.takeSoon(() -> handle(input));
    } else {
      turns.take(() -> handle(input));
    }
  }

  /** Goes on with another plan, decided by it from the next input on. */
  void replan(RolloutPlan changed, String actor) {
    turns.take(
        () -> {
          var refusal = refusal(changed);
          if (refusal.isPresent()) {
            log.warn("{}: no change of plan for {}: {}", state, actor, refusal.get());
          } else {
            plan = changed;
            handle(new RolloutInput.Replan(actor));
          }
        });
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
    halt.stop(reason);
    turns.post(wake::cancel);
    completion.completeExceptionally(new BellwetherException(state.explain() + "; " + reason));
    return state;
  }

  /** Stops, and keeps its release from being rolled out otherwise; the state it rests in. */
  RolloutState rest(String reason) {
    halt.rest(reason);
    return stop(reason);
  }

  void refuseResting() {
    halt.refuseResting(state);
  }

  void refuseStopped() {
    halt.refuse(state);
  }

  private void handle(RolloutInput input) {
    if (halt.isOn() || state.isTerminal()) {
      return;
    }
    if (input instanceof RolloutInput.Tick) {
      wake.came();
    } else if (input instanceof RolloutInput.Measured) {
      deeds.measured();
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
    turns.take(
        () -> {
          if (!halt.isOn() && !state.isTerminal()) {
            var decision = failed(what, e);
            writer.write(
                decision.events(),
                true,
                result -> decided(new RolloutInput.Tick(), decision, result));
          }
        });
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
      hearers.tell(event, state);
    }
    if (state.isTerminal()) {
      RolloutDecider.retirements(plan, state, clock.now()).forEach(this::carryOut);
      tellOfTheEnd(RolloutDecider.announcement(state));
      finish();
    } else {
      turns.takeNext(() -> handle(input));
      turns.takeNext(() -> handle(new RolloutInput.Recovered(clock.now())));
    }
  }

  private void follow(Decision decision) {
    state = decision.state();
    decision.events().forEach(event -> hearers.tell(event, state));
    try {
      decision.effects().forEach(this::carryOut);
      var now = clock.now();
      nextWake = RolloutDecider.nextWake(plan, state, now);
      wake.set(nextWake, now);
    } catch (RejectedExecutionException e) {
      log.warn("{} stands still: the engine's threads are shut down", state.explain(), e);
    } catch (RuntimeException | Error e) {
      goBackAfter("what follows from a decision failed", e);
    }
    if (state.isTerminal()) {
      finish();
    }
  }

  Optional<Instant> nextWake() {
    return nextWake;
  }

  private static boolean goesBack(RolloutState next) {
    return next.cause().filter(cause -> cause.kind() != Cause.Kind.REFUSED).isPresent();
  }

  private void finish() {
    write(List.of());
  }

  /** Writes what follows the last decision; the run is over once the store has all of it. */
  private void write(List<RolloutEvent> events) {
    if (halt.isOn() || farewells.isClosed()) {
      return;
    }
    writer.write(events, false, this::ended);
  }

  private void ended(RunJournal.Result result) {
    switch (result) {
      case WRITTEN -> completion.complete(state);
      case FAILED -> scheduler.schedule(STORE_RETRY, () -> turns.take(this::finish));
      case REFUSED -> stop(UNWRITTEN + writer.journal().refusal().getMessage());
      case OUTDATED, TAKEN_OVER -> stop(TAKEN_OVER);
    }
  }

  private void carryOut(RolloutEffect effect) {
    if (state.isTerminal() && effect instanceof RolloutEffect.Announce announce) {
      tellOfTheEnd(announce.alert());
    } else {
      deeds.carryOut(state.run(), effect);
    }
  }

  /** Whoever takes the run up tells people again, unless the journal says that they were told. */
  private void tellOfTheEnd(Alert alert) {
    farewells.tell(alert, () -> turns.take(() -> told(alert)));
  }

  private void told(Alert alert) {
    var event = new RolloutEvent.Announced(clock.now(), alert.key());
    hearers.tell(event, state);
    write(List.of(event));
  }
}
