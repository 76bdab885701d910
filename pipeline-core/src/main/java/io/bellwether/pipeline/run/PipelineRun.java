package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineInput;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The host's handle of a run. Thread-safe. */
public final class PipelineRun {
  private final RunLoop loop;
  private final PipelineStore store;

  PipelineRun(RunLoop loop, PipelineStore store) {
    this.loop = loop;
    this.store = store;
  }

  /** The run's id. */
  public String id() {
    return state().run();
  }

  /** Where it stands now. */
  public PipelineState state() {
    return loop.state();
  }

  /** Everything that has happened so far, as the store has it. */
  public List<PipelineEvent> journal() {
    return store.journal(id());
  }

  /**
   * Ends the run: what waits is skipped, what runs has to stop, each stage within its own time.
   * Does nothing to a run that has ended.
   */
  public void cancel(String actor, String reason) {
    loop.post(new PipelineInput.Cancel(actor, reason));
  }

  /** Asks the rules of stages that wait now, for instance because somebody has just approved. */
  public void look() {
    loop.look();
  }

  /** Completes with the state at the end. */
  public CompletionStage<PipelineState> completion() {
    return loop.completion().minimalCompletionStage();
  }

  /**
   * Waits for the end.
   *
   * @param patience at most this long
   * @return the state at the end
   * @throws BellwetherException if it has not ended by then, if another process has taken it over,
   *     or if the waiting thread is interrupted
   */
  public PipelineState await(Duration patience) {
    try {
      return loop.completion().get(Durations.nanos(patience), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new BellwetherException(
          "the run has not ended within "
              + Durations.plain(patience)
              + ": "
              + state()
              + "; it goes on, wait longer or cancel it",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while waiting: " + state(), e);
    } catch (ExecutionException e) {
      throw new BellwetherException(
          Objects.requireNonNullElse(e.getCause(), e).getMessage() + "", e);
    }
  }

  /** Where it stands, in one sentence. */
  @Override
  public String toString() {
    return state().explain();
  }
}
