package io.bellwether.runtime;

import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Calls the router. Going back has room of its own, of which calls that hang for one release take
 * little, however often they are repeated.
 */
final class Routing {
  /** A call that hangs is repeated: the next connection may work. Two that hang are not. */
  private static final int MOST_HANGING = 2;

  private final Map<String, AtomicInteger> goingForth = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> goingBack = new ConcurrentHashMap<>();
  private final LastWord router;
  private final PortCalls forth;
  private final PortCalls back;
  private final Duration deadline;

  Routing(TrafficRouter router, PortCalls forth, PortCalls back, Duration deadline) {
    this.router = new LastWord(router);
    this.forth = forth;
    this.back = back;
    this.deadline = deadline;
  }

  void route(RolloutEffect.Route route, Consumer<RolloutInput> answer) {
    var restores = route.key().kind() == EffectKey.Kind.RESTORE;
    var inside =
        (restores ? goingBack : goingForth)
            .computeIfAbsent(route.split().release(), release -> new AtomicInteger());
    Consumer<String> failed = reason -> answer.accept(new RolloutInput.Failed(route.key(), reason));
    router.want(route.split());
    if (inside.get() >= MOST_HANGING) {
      failed.accept("router has not come back from " + MOST_HANGING + " earlier calls");
      return;
    }
    (restores ? back : forth)
        .call(
            deadline,
            () -> applyAndRead(route.split(), inside),
            actual -> answer.accept(new RolloutInput.Routed(route.key(), actual)),
            failed);
  }

  private TrafficSplit applyAndRead(TrafficSplit split, AtomicInteger inside) {
    inside.incrementAndGet();
    try {
      return router.applyAndRead(split);
    } finally {
      inside.decrementAndGet();
    }
  }

  /**
   * Asks a router that remembers how it divides traffic, and tells it again where that is neither
   * what it was told nor nothing for the candidate; tells a router that forgets.
   *
   * @param confirmed what it was told last
   * @param moving whether it was being told something else when the runtime stopped
   */
  void reunite(
      TrafficSplit confirmed,
      boolean moving,
      Consumer<TrafficSplit> found,
      Consumer<String> failed) {
    router.want(confirmed);
    forth.call(
        deadline,
        () ->
            router
                .remembered(confirmed.release())
                .filter(actual -> moving || isLeftAlone(confirmed, actual))
                .orElseGet(() -> router.applyAndRead(confirmed)),
        found,
        failed);
  }

  private static boolean isLeftAlone(TrafficSplit confirmed, TrafficSplit actual) {
    return actual.equals(confirmed) || confirmed.hasCandidate() && !actual.hasCandidate();
  }

  /** Moves all traffic to one version, outside of any rollout's decisions. */
  CompletableFuture<TrafficSplit> restore(TrafficSplit split) {
    router.want(split);
    return back.ask(deadline, () -> router.applyAndRead(split));
  }
}
