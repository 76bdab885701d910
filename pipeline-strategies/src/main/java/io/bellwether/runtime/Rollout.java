package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutState;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The host's handle of a rollout. Thread-safe. */
public final class Rollout {
  private final RolloutRun run;

  Rollout(RolloutRun run) {
    this.run = run;
  }

  /** The run's id. */
  public String id() {
    return state().id();
  }

  /** The release's name. */
  public String release() {
    return state().release();
  }

  /** The version being rolled out. */
  public Version candidate() {
    return state().candidate();
  }

  /** Where it stands now. */
  public RolloutState state() {
    return run.state();
  }

  /** Everything that has happened so far, as the store has it. */
  public List<RolloutEvent> journal() {
    return run.journal();
  }

  /** Adds a listener for what happens from now on. */
  public Rollout onEvent(RolloutListener listener) {
    run.listen(listener);
    return this;
  }

  /**
   * Goes back to stable, whatever the gates say. Does nothing once the rollout has ended or is going
   * back already.
   *
   * @param actor who wants it
   * @param reason why
   */
  public void abort(String actor, String reason) {
    run.post(new RolloutInput.Abort(actor, reason));
  }

  /** Completes with the terminal state. */
  public CompletionStage<RolloutState> completion() {
    return run.completion().minimalCompletionStage();
  }

  /**
   * Waits for the end.
   *
   * @param patience at most this long
   * @return the terminal state
   * @throws BellwetherException if it has not ended by then, or the waiting thread is interrupted
   */
  public RolloutState await(Duration patience) {
    try {
      return run.completion().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new BellwetherException(
          "the rollout has not ended within "
              + Durations.plain(patience)
              + ": "
              + state().explain()
              + "; it goes on, wait longer or abort it",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while waiting: " + state().explain(), e);
    } catch (ExecutionException e) {
      throw new BellwetherException("the rollout cannot go on: " + state().explain(), e);
    }
  }

  /** The same as {@code state().explain()}. */
  @Override
  public String toString() {
    return state().explain();
  }
}
