package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutState;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The host's handle of a rollout. Thread-safe.
 *
 * <p>A rollout that waits for another to end has no state yet ({@link #isQueued()}). Requests that
 * make no sense where the rollout stands have no effect and are noted in its journal; requests to a
 * rollout that has ended do nothing. Requests that nobody here can follow any more, because the
 * runtime was closed or another process goes on with the rollout, are refused with a {@link
 * BellwetherException}.
 */
public final class Rollout implements AutoCloseable {
  private final ReleaseDesk.Order order;
  private final boolean inline;
  private final CompletableFuture<RolloutRun> run = new CompletableFuture<>();
  private final CompletableFuture<RolloutState> end = new CompletableFuture<>();
  private final List<RolloutListener> listeners = new CopyOnWriteArrayList<>();

  Rollout(RolloutRun run, boolean inline) {
    this.inline = inline;
    var state = run.state();
    order = new ReleaseDesk.Order(run.plan(), state.candidate(), state.run().purpose());
    begun(run);
  }

  Rollout(ReleaseDesk.Order order, boolean inline) {
    this.inline = inline;
    this.order = order;
  }

  ReleaseDesk.Order order() {
    return order;
  }

  void begun(RolloutRun run) {
    run.listen(this::tell);
    this.run.complete(run);
  }

  void refused(Throwable reason) {
    run.completeExceptionally(reason);
    end.completeExceptionally(reason);
  }

  /** It has ended, and the next may be started. */
  void ended(RolloutState state) {
    end.complete(state);
  }

  /** Its end is not to be known here any more. */
  void lost(Throwable reason) {
    end.completeExceptionally(reason);
  }

  void dropped() {
    refused(
        new BellwetherException(
            "the rollout of "
                + order.candidate()
                + " was still queued when its turn was given up"));
  }

  /** The release's name. */
  public String release() {
    return order.plan().release();
  }

  /** The version being rolled out. */
  public Version candidate() {
    return order.candidate();
  }

  /** Whether it waits for another rollout of the release to end. */
  public boolean isQueued() {
    return !run.isDone();
  }

  /** Whether its end is in the store. */
  boolean isOver() {
    return begunRun().filter(running -> running.completion().isDone()).isPresent();
  }

  /** Whether it has ended, and the store does not know yet. */
  boolean isUnwritten() {
    return !isOver() && begunRun().filter(running -> running.state().isTerminal()).isPresent();
  }

  /**
   * Where it stands now.
   *
   * @throws BellwetherException if it is queued, or was refused when its turn came
   */
  public RolloutState state() {
    return running().state();
  }

  /**
   * The run's id.
   *
   * @throws BellwetherException as {@link #state()}
   */
  public String id() {
    return state().id();
  }

  /**
   * Everything that has happened so far, as the store has it.
   *
   * @throws BellwetherException as {@link #state()}
   */
  public List<RolloutEvent> journal() {
    return running().journal();
  }

  /** Adds a listener for what happens from now on. */
  public Rollout onEvent(RolloutListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Has gates and judge look at once instead of at the next interval, because there is something
   * new to be seen; does nothing to a rollout that is queued, in its warm-up or not watched.
   */
  public void look() {
    begunRun().ifPresent(running -> running.post(new RolloutInput.Look()));
  }

  /**
   * When the engine's own timer looks after it next, as decided last; empty while it is queued, has
   * ended, or waits for somebody without a limit.
   */
  public Optional<Instant> nextWake() {
    return begunRun().flatMap(RolloutRun::nextWake);
  }

  /**
   * Has the engine see whether anything is due, as its own timer does at {@link #nextWake}; changes
   * nothing when nothing is.
   */
  public void wake() {
    begunRun().ifPresent(running -> running.post(new RolloutInput.Tick()));
  }

  /** Goes back to stable, whatever the gates say. */
  public void abort(String actor, String reason) {
    post(new RolloutInput.Abort(named(actor), said(reason)));
  }

  /** Waits where it is; timers stop, gates go on watching. */
  public void pause(String actor, String reason) {
    post(new RolloutInput.Pause(named(actor), said(reason)));
  }

  /** Goes on after a pause. */
  public void resume(String actor) {
    post(new RolloutInput.Resume(named(actor)));
  }

  /** Does not wait for the rest of the current step. */
  public void skipStep(String actor, String reason) {
    post(new RolloutInput.SkipStep(named(actor), said(reason)));
  }

  /** Goes to the last step at once. */
  public void promoteNow(String actor, String reason) {
    post(new RolloutInput.PromoteNow(named(actor), said(reason)));
  }

  /** Agrees to go on. */
  public void approve(String actor, String reason) {
    post(new RolloutInput.Approve(named(actor), said(reason)));
  }

  /** Does not agree to go on: the rollout goes back. */
  public void reject(String actor, String reason) {
    post(new RolloutInput.Reject(named(actor), said(reason)));
  }

  /**
   * Goes on with a changed plan, at the step of today's weight or the nearest below it.
   *
   * <p>A rollout that somebody has paused stays paused. A restart with a changed {@link
   * RolloutRuntimeBuilder#resume} follows the same rule.
   *
   * @throws BellwetherException if the strategy is another release's, if one of both plans moves
   *     traffic by a router and one by its work, if the changed plan does not read as before up to
   *     the last step whose work was done, if it begins with more users than the candidate has and
   *     than were to come next, or if the rollout is paused at a step the changed plan has not got
   */
  @SuppressWarnings("FutureReturnValueIgnored") // a rollout that never began has no plan to change
  public void replan(DeploymentStrategy changed, String actor) {
    Objects.requireNonNull(changed, "changed: say which strategy to go on with");
    if (!changed.release().equals(release())) {
      throw new BellwetherException(
          "a rollout of '"
              + release()
              + "' cannot go on with a plan for '"
              + changed.release()
              + "'");
    }
    begunRun()
        .ifPresent(
            running -> {
              running.refuseStopped();
              running.refuseReplan(changed.plan());
            });
    run.thenAccept(running -> running.replan(changed.plan(), named(actor)));
  }

  /**
   * Completes with the terminal state, when the release is free for its next rollout; with a {@link
   * BellwetherException} if the rollout never began, or the runtime was closed before its end.
   */
  public CompletionStage<RolloutState> completion() {
    return end.minimalCompletionStage();
  }

  /**
   * Waits for the end.
   *
   * @param patience at most this long
   * @return the terminal state
   * @throws BellwetherException if it has not ended by then, was refused when its turn came, if the
   *     runtime is closed before its end, or the waiting thread is interrupted; at once on {@link
   *     RuntimeThreads#inline}, where waiting keeps the time from moving
   */
  public RolloutState await(Duration patience) {
    Objects.requireNonNull(patience, "patience: say how long to wait");
    refuseWaitingForItself();
    try {
      return end.get(Durations.nanos(patience), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new BellwetherException(
          "the rollout has not ended within "
              + Durations.plain(patience)
              + ": "
              + this
              + "; it goes on, wait longer or abort it",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while waiting: " + this, e);
    } catch (ExecutionException e) {
      throw new BellwetherException(
          (run.isCompletedExceptionally()
                  ? "the rollout did not begin: "
                  : "the end is not known: ")
              + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
          e);
    }
  }

  private void refuseWaitingForItself() {
    if (inline && !end.isDone()) {
      throw new BellwetherException(
          "the rollout has not ended: "
              + this
              + "; it goes on in the thread that moves the virtual time, and no other should wait:"
              + " advance the time instead");
    }
  }

  /** Lets go of the handle: its listeners hear no more, the rollout goes on. */
  @Override
  public void close() {
    listeners.clear();
  }

  /** Where it stands, in one sentence. */
  @Override
  public String toString() {
    return begunRun()
        .map(running -> running.state().explain())
        .orElseGet(() -> release() + " " + candidate() + " is queued");
  }

  private static String named(String actor) {
    return Objects.requireNonNull(actor, "actor: say who wants it");
  }

  private static String said(String reason) {
    return Objects.requireNonNull(reason, "reason: say why, or \"\"");
  }

  private void tell(RolloutEvent event, RolloutState state) {
    listeners.forEach(listener -> listener.on(event, state));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a rollout that never began takes no input
  void post(RolloutInput input) {
    begunRun().ifPresent(RolloutRun::refuseStopped);
    run.thenAccept(running -> running.post(input));
  }

  Optional<RolloutRun> begunRun() {
    return run.isDone() && !run.isCompletedExceptionally()
        ? Optional.of(run.join())
        : Optional.empty();
  }

  /** The run itself, once it has begun. */
  RolloutRun running() {
    if (run.isCompletedExceptionally()) {
      throw new BellwetherException(
          "the rollout of " + candidate() + " was refused when its turn came");
    }
    return begunRun().orElseThrow(() -> new BellwetherException(this + "; it has no state yet"));
  }
}
