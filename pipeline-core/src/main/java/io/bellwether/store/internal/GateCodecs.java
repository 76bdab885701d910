package io.bellwether.store.internal;

import static io.bellwether.store.internal.Scalars.DOUBLE;
import static io.bellwether.store.internal.Scalars.DURATION;
import static io.bellwether.store.internal.Scalars.FLAG;
import static io.bellwether.store.internal.Scalars.INSTANT;
import static io.bellwether.store.internal.Scalars.INT;
import static io.bellwether.store.internal.Scalars.LONG;
import static io.bellwether.store.internal.Scalars.TEXT;
import static io.bellwether.store.internal.Scalars.constant;

import io.bellwether.gate.Breaches;
import io.bellwether.gate.Condition;
import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Limit;
import io.bellwether.gate.NoDataPolicy;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What gates saw and remember. */
final class GateCodecs {
  private static final Codec<GateOutcome> OUTCOME = constant(GateOutcome.class);

  private static final Codec<Metric> METRIC =
      ObjectCodec.of(
          (metric, out) ->
              out.put("name", TEXT, metric.name())
                  .put("unit", constant(Metric.Unit.class), metric.unit()),
          in -> new Metric(in.get("name", TEXT), in.get("unit", constant(Metric.Unit.class))));

  private static final Codec<Reading> READING =
      ObjectCodec.of(
          (reading, out) ->
              out.put("status", constant(Reading.Status.class), reading.status())
                  .put("value", DOUBLE, reading.value())
                  .put("samples", LONG, reading.samples())
                  .put("source", TEXT, reading.source())
                  .put("detail", TEXT, reading.detail()),
          in ->
              new Reading(
                  in.get("status", constant(Reading.Status.class)),
                  in.get("value", DOUBLE),
                  in.get("samples", LONG),
                  in.get("source", TEXT),
                  in.get("detail", TEXT)));

  private static final Codec<Limit> LIMIT =
      ObjectCodec.of(
          (limit, out) ->
              out.put("bound", constant(Limit.Bound.class), limit.bound())
                  .put("basis", constant(Limit.Basis.class), limit.basis())
                  .put("number", DOUBLE, limit.number()),
          in ->
              new Limit(
                  in.get("bound", constant(Limit.Bound.class)),
                  in.get("basis", constant(Limit.Basis.class)),
                  in.get("number", DOUBLE)));

  private static final Codec<Condition> CONDITION =
      ObjectCodec.of(
          (condition, out) ->
              out.put("metric", METRIC, condition.metric())
                  .put("limit", LIMIT, condition.limit())
                  .put("warnFrom", DOUBLE, boxed(condition.warnFrom()))
                  .put("window", DURATION, condition.window())
                  .put("breachedFor", DURATION, condition.breachedFor())
                  .put("minSamples", LONG, boxed(condition.ownMinSamples()))
                  .put("noData", constant(NoDataPolicy.class), condition.ownNoData()),
          in ->
              new Condition(
                  in.get("metric", METRIC),
                  in.get("limit", LIMIT),
                  in.find("warnFrom", DOUBLE)
                      .map(OptionalDouble::of)
                      .orElse(OptionalDouble.empty()),
                  in.get("window", DURATION),
                  in.get("breachedFor", DURATION),
                  in.find("minSamples", LONG).map(OptionalLong::of).orElse(OptionalLong.empty()),
                  in.find("noData", constant(NoDataPolicy.class))));

  private static final Codec<ConditionResult> RESULT =
      ObjectCodec.of(
          (result, out) ->
              out.put("condition", CONDITION, result.condition())
                  .put("outcome", OUTCOME, result.outcome())
                  .put("candidate", READING, result.candidate())
                  .put("stable", READING, result.stable())
                  .put("window", DURATION, result.window())
                  .put("shared", FLAG, result.shared())
                  .put("detail", TEXT, result.detail()),
          in ->
              new ConditionResult(
                  in.get("condition", CONDITION),
                  in.get("outcome", OUTCOME),
                  in.get("candidate", READING),
                  in.find("stable", READING),
                  in.get("window", DURATION),
                  in.get("shared", FLAG),
                  in.get("detail", TEXT)));

  static final Codec<Verdict> VERDICT =
      ObjectCodec.of(
          (verdict, out) ->
              out.put("gate", TEXT, verdict.gate())
                  .put("outcome", OUTCOME, verdict.outcome())
                  .list("results", RESULT, verdict.results())
                  .put("dryRun", FLAG, verdict.dryRun()),
          in ->
              new Verdict(
                  in.get("gate", TEXT),
                  in.get("outcome", OUTCOME),
                  in.list("results", RESULT),
                  in.get("dryRun", FLAG)));

  private static final Codec<Breaches.Breach> BREACH =
      ObjectCodec.of(
          (breach, out) ->
              out.put("since", INSTANT, breach.since())
                  .put("lasted", DURATION, breach.lasted())
                  .put("lastSeen", INSTANT, breach.lastSeen()),
          in ->
              new Breaches.Breach(
                  in.get("since", INSTANT),
                  in.get("lasted", DURATION),
                  in.find("lastSeen", INSTANT)));

  /** What is remembered of one condition; a journal before errors were tolerated has no errors. */
  private record Remembered(
      Condition condition, Optional<Breaches.Breach> breach, Optional<Integer> errors) {}

  private static final Codec<Remembered> REMEMBERED =
      ObjectCodec.of(
          (remembered, out) ->
              out.put("condition", CONDITION, remembered.condition())
                  .put("breach", BREACH, remembered.breach())
                  .put("errors", INT, remembered.errors()),
          in ->
              new Remembered(
                  in.get("condition", CONDITION),
                  in.find("breach", BREACH),
                  in.find("errors", INT)));

  static final Codec<Breaches> BREACHES =
      REMEMBERED.list().as(GateCodecs::remembered, GateCodecs::breaches);

  private GateCodecs() {}

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static List<Remembered> remembered(Breaches breaches) {
    var conditions = new LinkedHashSet<>(breaches.byCondition().keySet());
    conditions.addAll(breaches.errors().keySet());
    return conditions.stream()
        .map(
            condition ->
                new Remembered(
                    condition,
                    breaches.of(condition),
                    Optional.ofNullable(breaches.errors().get(condition))))
        .toList();
  }

  private static Breaches breaches(List<Remembered> all) {
    var breaches = new HashMap<Condition, Breaches.Breach>();
    var errors = new HashMap<Condition, Integer>();
    for (var one : all) {
      one.breach().ifPresent(breach -> breaches.put(one.condition(), breach));
      one.errors().ifPresent(count -> errors.put(one.condition(), count));
    }
    return new Breaches(breaches, errors);
  }
}
