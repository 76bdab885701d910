package io.bellwether.store.internal;

import static io.bellwether.store.internal.GateCodecs.BREACHES;
import static io.bellwether.store.internal.GateCodecs.VERDICT;
import static io.bellwether.store.internal.RolloutCodecs.APPROVAL;
import static io.bellwether.store.internal.RolloutCodecs.CAUSE;
import static io.bellwether.store.internal.RolloutCodecs.CLEARANCE;
import static io.bellwether.store.internal.RolloutCodecs.JUDGED;
import static io.bellwether.store.internal.RolloutCodecs.KEY;
import static io.bellwether.store.internal.RolloutCodecs.RUN;
import static io.bellwether.store.internal.Scalars.DURATION;
import static io.bellwether.store.internal.Scalars.FLAG;
import static io.bellwether.store.internal.Scalars.INSTANT;
import static io.bellwether.store.internal.Scalars.INT;
import static io.bellwether.store.internal.Scalars.TEXT;
import static io.bellwether.store.internal.Scalars.constant;
import static io.bellwether.store.internal.TrafficCodecs.SPLIT;

import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Every event with its fields. A field added later is read with {@code find} and a default, so that
 * journals without it can still be read.
 */
final class EventCodecs {
  static final Codec<RolloutEvent> EVENT =
      new Family<>(
          "event",
          List.of(
              event(
                  "Accepted",
                  RolloutEvent.Accepted.class,
                  (e, out) -> out.put("at", INSTANT, e.at()).put("run", RUN, e.run()),
                  in -> new RolloutEvent.Accepted(in.get("at", INSTANT), in.get("run", RUN))),
              event(
                  "Entered",
                  RolloutEvent.Entered.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("phase", constant(Phase.class), e.phase())
                          .put("step", INT, e.step()),
                  in ->
                      new RolloutEvent.Entered(
                          in.get("at", INSTANT),
                          in.get("phase", constant(Phase.class)),
                          in.get("step", INT))),
              event(
                  "Asked",
                  RolloutEvent.Asked.class,
                  (e, out) -> out.put("at", INSTANT, e.at()).put("key", KEY, e.key()),
                  in -> new RolloutEvent.Asked(in.get("at", INSTANT), in.get("key", KEY))),
              event(
                  "Stumbled",
                  RolloutEvent.Stumbled.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("reason", TEXT, e.reason())
                          .put("retryAt", INSTANT, e.retryAt()),
                  in ->
                      new RolloutEvent.Stumbled(
                          in.get("at", INSTANT),
                          in.get("reason", TEXT),
                          in.get("retryAt", INSTANT))),
              event(
                  "Moved",
                  RolloutEvent.Moved.class,
                  (e, out) -> out.put("at", INSTANT, e.at()).put("split", SPLIT, e.split()),
                  in -> new RolloutEvent.Moved(in.get("at", INSTANT), in.get("split", SPLIT))),
              event(
                  "BakeBegan",
                  RolloutEvent.BakeBegan.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("from", INSTANT, e.from())
                          .put("checkDue", INSTANT, e.checkDue())
                          .put("judgedFrom", INSTANT, e.judgedFrom()),
                  in ->
                      new RolloutEvent.BakeBegan(
                          in.get("at", INSTANT),
                          in.get("from", INSTANT),
                          in.get("checkDue", INSTANT),
                          in.get("judgedFrom", INSTANT))),
              event(
                  "Checked",
                  RolloutEvent.Checked.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .list("verdicts", VERDICT, e.verdicts())
                          .put("breaches", BREACHES, e.breaches())
                          .put("checkDue", INSTANT, e.checkDue())
                          .put("judged", JUDGED, e.judged()),
                  in ->
                      new RolloutEvent.Checked(
                          in.get("at", INSTANT),
                          in.list("verdicts", VERDICT),
                          in.get("breaches", BREACHES),
                          in.get("checkDue", INSTANT),
                          in.find("judged", JUDGED))),
              event(
                  "Held",
                  RolloutEvent.Held.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("reason", constant(HoldReason.class), e.reason())
                          .put("detail", TEXT, e.detail())
                          .put("entering", INT, e.entering()),
                  in ->
                      new RolloutEvent.Held(
                          in.get("at", INSTANT),
                          in.get("reason", constant(HoldReason.class)),
                          in.get("detail", TEXT),
                          in.get("entering", INT))),
              event(
                  "Released",
                  RolloutEvent.Released.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at()).put("judgedFrom", INSTANT, e.judgedFrom()),
                  in ->
                      new RolloutEvent.Released(
                          in.get("at", INSTANT), in.get("judgedFrom", INSTANT))),
              event(
                  "Overdue",
                  RolloutEvent.Overdue.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("limit", constant(HoldReason.class), e.limit()),
                  in ->
                      new RolloutEvent.Overdue(
                          in.get("at", INSTANT), in.get("limit", constant(HoldReason.class)))),
              event(
                  "Cleared",
                  RolloutEvent.Cleared.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("clearance", CLEARANCE, e.clearance())
                          .put("askAgain", INSTANT, e.askAgain()),
                  in ->
                      new RolloutEvent.Cleared(
                          in.get("at", INSTANT),
                          in.get("clearance", CLEARANCE),
                          in.get("askAgain", INSTANT))),
              event(
                  "Approved",
                  RolloutEvent.Approved.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at()).put("approval", APPROVAL, e.approval()),
                  in ->
                      new RolloutEvent.Approved(
                          in.get("at", INSTANT), in.get("approval", APPROVAL))),
              event(
                  "Requested",
                  RolloutEvent.Requested.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("actor", TEXT, e.actor())
                          .put("request", TEXT, e.request())
                          .put("refusal", TEXT, e.refusal()),
                  in ->
                      new RolloutEvent.Requested(
                          in.get("at", INSTANT),
                          in.get("actor", TEXT),
                          in.get("request", TEXT),
                          in.get("refusal", TEXT))),
              event(
                  "TakenUp",
                  RolloutEvent.TakenUp.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("blind", DURATION, e.blind())
                          .put("looksAgain", FLAG, e.looksAgain())
                          .put("counted", DURATION, e.counted()),
                  in ->
                      new RolloutEvent.TakenUp(
                          in.get("at", INSTANT),
                          in.get("blind", DURATION),
                          in.find("looksAgain", FLAG).orElse(false),
                          in.find("counted", DURATION).orElse(Duration.ZERO))),
              event(
                  "Aborted",
                  RolloutEvent.Aborted.class,
                  (e, out) -> out.put("at", INSTANT, e.at()).put("cause", CAUSE, e.cause()),
                  in -> new RolloutEvent.Aborted(in.get("at", INSTANT), in.get("cause", CAUSE))),
              event(
                  "Verified",
                  RolloutEvent.Verified.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("healthy", FLAG, e.healthy())
                          .put("detail", TEXT, e.detail()),
                  in ->
                      new RolloutEvent.Verified(
                          in.get("at", INSTANT), in.get("healthy", FLAG), in.get("detail", TEXT))),
              event(
                  "Compensated",
                  RolloutEvent.Compensated.class,
                  (e, out) ->
                      out.put("at", INSTANT, e.at())
                          .put("step", INT, e.step())
                          .put("failure", TEXT, e.failure()),
                  in ->
                      new RolloutEvent.Compensated(
                          in.get("at", INSTANT), in.get("step", INT), in.get("failure", TEXT))),
              event(
                  "Announced",
                  RolloutEvent.Announced.class,
                  (e, out) -> out.put("at", INSTANT, e.at()).put("alert", TEXT, e.alert()),
                  in -> new RolloutEvent.Announced(in.get("at", INSTANT), in.get("alert", TEXT)))));

  private EventCodecs() {}

  private static <E extends RolloutEvent> Family.Member<E> event(
      String name, Class<E> type, ObjectCodec.Writer<E> writer, Function<Fields, E> reader) {
    return new Family.Member<>(name, type, ObjectCodec.of(writer, reader));
  }
}
