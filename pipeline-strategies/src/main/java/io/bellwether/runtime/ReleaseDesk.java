package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RunInfo.Purpose;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sees to it that a release has one rollout at a time. Thread-safe. */
final class ReleaseDesk {
  private final RunFactory factory;
  private final Aside aside;
  private final boolean inline;
  private final Deque<Rollout> queue = new ArrayDeque<>();
  private volatile Optional<Rollout> current = Optional.empty();
  private volatile Optional<Rollout> last = Optional.empty();
  private volatile Optional<RolloutPlan> deployed = Optional.empty();
  private volatile Optional<String> closed = Optional.empty();

  /** Makes runs. */
  interface RunFactory {
    /** A run that has been journaled and begun; waits for that. */
    RolloutRun now(Order order);

    /** The same, without waiting. */
    CompletableFuture<RolloutRun> later(Order order);
  }

  /**
   * A desk without a rollout.
   *
   * @param aside where ends are followed up, which may block
   * @param inline whether nothing happens while the caller waits
   */
  ReleaseDesk(RunFactory factory, Aside aside, boolean inline) {
    this.factory = factory;
    this.aside = aside;
    this.inline = inline;
  }

  /** What is to be started, and how. */
  record Order(RolloutPlan plan, Version candidate, Purpose purpose) {}

  /** Nobody waits for the desk while a rollout is being journaled. */
  Rollout start(Order order, OnConflict onConflict) {
    var rollout = new Rollout(order, inline);
    current.flatMap(Rollout::begunRun).ifPresent(RolloutRun::refuseResting);
    current.filter(Rollout::isOver).ifPresent(this::leave);
    synchronized (this) {
      if (current.isPresent()) {
        return conflict(current.get(), rollout, onConflict);
      }
      current = Optional.of(rollout);
    }
    try {
      begun(rollout, factory.now(order));
    } catch (RuntimeException | Error e) {
      refused(rollout, e);
      throw e;
    }
    return rollout;
  }

  private Rollout conflict(Rollout running, Rollout rollout, OnConflict onConflict) {
    return switch (onConflict) {
      case REFUSE ->
          throw new BellwetherException(
              "rollout of "
                  + rollout.candidate()
                  + " refused: "
                  + running
                  + (running.isUnwritten()
                      ? "; that is not in the rollout store yet, and tried every second: see that"
                          + " the store can be written"
                      : "; wait for its end, abort it, or start with QUEUE or SUPERSEDE"));
      case QUEUE -> enqueue(rollout);
      case SUPERSEDE -> {
        queue.forEach(Rollout::dropped);
        queue.clear();
        enqueue(rollout);
        running.post(new RolloutInput.Supersede("runtime", rollout.candidate()));
        yield rollout;
      }
    };
  }

  /** Takes in a run that was begun before. */
  void adopt(RolloutRun run) {
    var rollout = new Rollout(run, inline);
    synchronized (this) {
      current = Optional.of(rollout);
    }
    watch(rollout, run);
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

  /**
   * Begins nothing any more and stops what is under way.
   *
   * @param reason for those who wait for the end
   * @return where that stands
   */
  Optional<RolloutState> close(String reason) {
    synchronized (this) {
      closed = Optional.of(reason);
      queue.forEach(Rollout::dropped);
      queue.clear();
    }
    return current.flatMap(Rollout::begunRun).map(run -> run.stop(reason));
  }

  private Rollout enqueue(Rollout rollout) {
    queue.add(rollout);
    return rollout;
  }

  private void begun(Rollout rollout, RolloutRun run) {
    rollout.begun(run);
    watch(rollout, run);
    closed.ifPresent(run::stop);
  }

  /** Who waits for an end hears of it when the desk is free, and may start the next rollout. */
  @SuppressWarnings("FutureReturnValueIgnored") // the rollout's own end answers for both
  private void watch(Rollout rollout, RolloutRun run) {
    last = Optional.of(rollout);
    if (rollout.order().purpose() == Purpose.DEPLOY) {
      deployed = Optional.of(rollout.order().plan());
    }
    run.completion()
        .whenComplete(
            (end, failure) -> {
              if (failure != null) {
                rollout.lost(failure);
              } else {
                aside.run(() -> ended(rollout, end));
              }
            });
  }

  private void ended(Rollout rollout, RolloutState end) {
    leave(rollout);
    rollout.ended(end);
  }

  private void refused(Rollout rollout, Throwable reason) {
    leave(rollout);
    rollout.refused(reason);
  }

  private void leave(Rollout rollout) {
    Optional<Rollout> next;
    synchronized (this) {
      if (current.filter(running -> running == rollout).isEmpty()) {
        return;
      }
      current = Optional.ofNullable(queue.poll());
      next = current;
    }
    next.ifPresent(this::begin);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the rollout answers for what goes wrong
  private void begin(Rollout next) {
    factory
        .later(next.order())
        .whenComplete(
            (run, failure) ->
                aside.run(
                    () -> {
                      if (failure != null) {
                        refused(next, Objects.requireNonNullElse(failure.getCause(), failure));
                      } else {
                        begun(next, run);
                      }
                    }));
  }
}
