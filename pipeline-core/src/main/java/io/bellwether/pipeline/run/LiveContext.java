package io.bellwether.pipeline.run;

import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one try of a stage is told, and how it is told to stop. */
final class LiveContext implements StageContext {
  private static final Logger log = LoggerFactory.getLogger(LiveContext.class);

  private final PipelineState state;
  private final String stage;
  private final int attempt;
  private final boolean resumed;
  private final List<Runnable> onStop = new ArrayList<>();
  private @Nullable Thread worker;
  private boolean stopping;

  LiveContext(PipelineState state, String stage, int attempt, boolean resumed) {
    this.state = state;
    this.stage = stage;
    this.attempt = attempt;
    this.resumed = resumed;
  }

  @Override
  public String run() {
    return state.run();
  }

  @Override
  public String stage() {
    return stage;
  }

  @Override
  public Trigger trigger() {
    return state.trigger();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public boolean resumed() {
    return resumed;
  }

  @Override
  public Map<String, String> outputs(String stage) {
    var other = state.stage(stage);
    return other.status() == StageStatus.SUCCEEDED ? other.outputs() : Map.of();
  }

  @Override
  public synchronized boolean stopping() {
    return stopping;
  }

  @Override
  public void onStop(Runnable task) {
    synchronized (this) {
      if (!stopping) {
        onStop.add(task);
        return;
      }
    }
    runQuietly(task);
  }

  /** The calling thread begins the stage; false if it should not any more. */
  synchronized boolean enter() {
    if (stopping) {
      return false;
    }
    worker = Thread.currentThread();
    return true;
  }

  /** The calling thread is done with the stage; an interrupt meant for it goes no further. */
  synchronized void leave() {
    worker = null;
    if (stopping) {
      Thread.interrupted();
    }
  }

  void stop() {
    List<Runnable> tasks;
    synchronized (this) {
      stopping = true;
      tasks = List.copyOf(onStop);
      onStop.clear();
      interrupt();
    }
    tasks.forEach(LiveContext::runQuietly);
  }

  /** Lets go of the stage without asking it to undo anything: another process goes on with it. */
  synchronized void detach() {
    stopping = true;
    onStop.clear();
    interrupt();
  }

  private void interrupt() {
    if (worker != null && worker != Thread.currentThread()) {
      worker.interrupt();
    }
  }

  private static void runQuietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("a stage could not be asked to stop", e);
    }
  }
}
