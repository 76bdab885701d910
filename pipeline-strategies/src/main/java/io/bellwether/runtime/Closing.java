package io.bellwether.runtime;

import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves traffic back to stable when nobody could go on with the rollouts under way. */
final class Closing {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void restore(List<RolloutState> open, Routing routing, Duration patience) {
    var moves =
        open.stream()
            .filter(state -> !state.isTerminal())
            .map(state -> routing.restore(TrafficSplit.stable(state.release(), state.stable())))
            .toList();
    try {
      CompletableFuture.allOf(moves.toArray(CompletableFuture[]::new))
          .get(Durations.nanos(patience), TimeUnit.NANOSECONDS);
      log.info("closing: all traffic of {} is back on stable", open);
    } catch (ExecutionException | TimeoutException e) {
      log.error("closing: traffic could not be moved back; do it by hand: {}", open, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.error("closing, interrupted: look whether traffic has moved back: {}", open, e);
    }
  }
}
