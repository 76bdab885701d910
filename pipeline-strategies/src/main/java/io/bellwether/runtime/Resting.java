package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a rollout down whose strategy is not here, though work of that strategy has been done: only
 * the strategy can go on with it or take it back.
 *
 * <p>Nothing is journaled and no work is touched, so a runtime that is given the strategy takes the
 * rollout up as it stood. Until then nobody watches the candidate: a router is told to send
 * everybody to stable, again and again until it does. People are told once, critically.
 */
final class Resting {
  private static final Logger log = LoggerFactory.getLogger(Resting.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private final Routing routing;
  private final Farewells farewells;
  private final EngineClock clock;
  private final Scheduler scheduler;
  private final BooleanSupplier closed;

  Resting(
      Routing routing,
      Farewells farewells,
      EngineClock clock,
      Scheduler scheduler,
      BooleanSupplier closed) {
    this.routing = routing;
    this.farewells = farewells;
    this.clock = clock;
    this.scheduler = scheduler;
    this.closed = closed;
  }

  /**
   * Sets it down; no other rollout of its release begins until it was taken up.
   *
   * @param routed whether a router moves its traffic
   */
  void rest(RolloutRun run, String reason, boolean routed) {
    var state =
        run.rest(
            "it rests as it stood until the runtime is built with the strategy it was begun with,"
                + " by resume(strategy): "
                + reason);
    if (routed) {
      restore(TrafficSplit.stable(state.release(), state.stable()), FIRST_RETRY);
    }
    tell(state, reason, routed);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // tried again until it is done
  private void restore(TrafficSplit split, Duration pause) {
    if (closed.getAsBoolean()) {
      return;
    }
    routing
        .restore(split)
        .whenComplete(
            (actual, failure) -> {
              if (failure != null || !actual.equals(split)) {
                log.warn("the router is asked again for [{}], it has [{}]", split, actual, failure);
                var doubled = pause.multipliedBy(2);
                var next = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
                scheduler.schedule(pause, () -> restore(split, next));
              }
            });
  }

  private void tell(RolloutState state, String reason, boolean routed) {
    var alert =
        Alert.of(
            "rollout_needs_strategy",
            Severity.CRITICAL,
            clock.now(),
            a ->
                a.label("release", state.release())
                    .label("rollout", state.id())
                    .summary(
                        state.explain()
                            + " and cannot go on: "
                            + reason
                            + ". What its work has done stays as it is"
                            + (routed
                                ? "; its router is told to send everybody to " + state.stable()
                                : ", and so does the traffic which that work has moved"))
                    .nextStep(
                        "Build the runtime with resume(strategy), the strategy it was begun with;"
                            + " until then no other rollout of this release begins."));
    log.error("{}", alert);
    farewells.tell(alert, () -> {});
  }
}
