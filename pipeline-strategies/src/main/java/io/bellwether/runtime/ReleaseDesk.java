package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RunInfo.Purpose;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Sees to it that a release has one rollout at a time. Thread-safe. */
final class ReleaseDesk {
  private final RunFactory factory;
  private final Executor aside;
  private final Deque<Rollout> queue = new ArrayDeque<>();
  private volatile Optional<Rollout> current = Optional.empty();
  private volatile Optional<Rollout> last = Optional.empty();
  private volatile Optional<RolloutPlan> deployed = Optional.empty();

  /** Makes runs; may throw when one cannot begin. */
  @FunctionalInterface
  interface RunFactory {
    RolloutRun begin(RolloutPlan plan, Version candidate, Purpose purpose);
  }

  /**
   * A desk without a rollout.
   *
   * @param aside where a queued rollout is begun, which may block
   */
  ReleaseDesk(RunFactory factory, Executor aside) {
    this.factory = factory;
    this.aside = aside;
  }

  /** What is to be started, and how. */
  record Order(RolloutPlan plan, Version candidate, Purpose purpose) {}

  synchronized Rollout start(Order order, OnConflict onConflict) {
    if (current.isEmpty()) {
      return begin(order);
    }
    var running = current.get();
    return switch (onConflict) {
      case REFUSE ->
          throw new BellwetherException(
              "rollout of "
                  + order.candidate()
                  + " refused: "
                  + running.state().explain()
                  + "; wait for its end, abort it, or start with QUEUE or SUPERSEDE");
      case QUEUE -> enqueue(order);
      case SUPERSEDE -> {
        queue.clear();
        var queued = enqueue(order);
        running.post(new RolloutInput.Supersede("runtime", order.candidate()));
        yield queued;
      }
    };
  }

  /** Takes in a run that was begun before. */
  synchronized Rollout adopt(RolloutRun run) {
    return watch(run, new Rollout(run));
  }

  Optional<Rollout> current() {
    return current;
  }

  Optional<Rollout> last() {
    return last;
  }

  /** The plan of the last rollout of a new version. */
  Optional<RolloutPlan> lastDeployed() {
    return deployed;
  }

  synchronized void close() {
    queue.forEach(Rollout::dropped);
    queue.clear();
  }

  private Rollout begin(Order order) {
    var run = factory.begin(order.plan(), order.candidate(), order.purpose());
    return watch(run, new Rollout(run));
  }

  private Rollout enqueue(Order order) {
    var rollout = new Rollout(order);
    queue.add(rollout);
    return rollout;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // beginNext() answers for what goes wrong
  private Rollout watch(RolloutRun run, Rollout handle) {
    current = Optional.of(handle);
    last = current;
    if (handle.order().purpose() == Purpose.DEPLOY) {
      deployed = Optional.of(handle.order().plan());
    }
    run.completion().thenRun(() -> aside.execute(() -> ended(handle)));
    return handle;
  }

  private synchronized void ended(Rollout rollout) {
    if (current.filter(running -> running == rollout).isPresent()) {
      current = Optional.empty();
      beginNext();
    }
  }

  private void beginNext() {
    while (current.isEmpty() && !queue.isEmpty()) {
      var next = queue.remove();
      try {
        var order = next.order();
        var run = factory.begin(order.plan(), order.candidate(), order.purpose());
        next.begun(run);
        watch(run, next);
      } catch (RuntimeException e) {
        next.refused(e);
      }
    }
  }
}
