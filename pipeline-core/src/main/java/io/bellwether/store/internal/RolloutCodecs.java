package io.bellwether.store.internal;

import static io.bellwether.store.internal.Scalars.DOUBLE;
import static io.bellwether.store.internal.Scalars.INSTANT;
import static io.bellwether.store.internal.Scalars.INT;
import static io.bellwether.store.internal.Scalars.LONG;
import static io.bellwether.store.internal.Scalars.TEXT;
import static io.bellwether.store.internal.Scalars.VERSION;
import static io.bellwether.store.internal.Scalars.constant;

import io.bellwether.Ratio;
import io.bellwether.analysis.JudgeReason;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.Trial;
import io.bellwether.rollout.Approval;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.RunInfo;

/** What events of a rollout are made of. */
final class RolloutCodecs {
  static final Codec<RunInfo> RUN =
      ObjectCodec.of(
          (run, out) ->
              out.put("id", TEXT, run.id())
                  .put("release", TEXT, run.release())
                  .put("stable", VERSION, run.stable())
                  .put("candidate", VERSION, run.candidate())
                  .put("purpose", constant(RunInfo.Purpose.class), run.purpose())
                  .put("plan", TEXT, run.plan())
                  .put("startedAt", INSTANT, run.startedAt())
                  .put("launch", INT, run.launch()),
          in ->
              new RunInfo(
                  in.get("id", TEXT),
                  in.get("release", TEXT),
                  in.get("stable", VERSION),
                  in.get("candidate", VERSION),
                  in.get("purpose", constant(RunInfo.Purpose.class)),
                  in.get("plan", TEXT),
                  in.get("startedAt", INSTANT),
                  in.find("launch", INT).orElse(1)));

  private static final Codec<Trial> TRIAL =
      ObjectCodec.of(
          (trial, out) ->
              out.put("launch", INT, trial.launch())
                  .list("numbers", DOUBLE, trial.numbers())
                  .put("sequence", LONG, trial.sequence())
                  .put("upTo", INSTANT, trial.upTo()),
          in ->
              new Trial(
                  in.get("launch", INT),
                  in.list("numbers", DOUBLE),
                  in.get("sequence", LONG),
                  in.get("upTo", INSTANT)));

  private static final Codec<Judgement.Alarm> ALARM =
      ObjectCodec.of(
          (alarm, out) ->
              out.put("eValue", DOUBLE, alarm.eValue())
                  .put("alpha", DOUBLE, alarm.alpha().value())
                  .put("launch", INT, alarm.launch()),
          in ->
              new Judgement.Alarm(
                  in.get("eValue", DOUBLE),
                  Ratio.of(in.get("alpha", DOUBLE)),
                  in.get("launch", INT)));

  static final Codec<Judged> JUDGED =
      ObjectCodec.of(
          (judged, out) ->
              out.put("trial", TRIAL, judged.trial())
                  .put("judge", TEXT, judged.judge())
                  .put("reason", constant(JudgeReason.class), judged.reason())
                  .put("alarm", ALARM, judged.alarm())
                  .put("words", TEXT, judged.words()),
          in ->
              new Judged(
                  in.get("trial", TRIAL),
                  in.get("judge", TEXT),
                  in.get("reason", constant(JudgeReason.class)),
                  in.find("alarm", ALARM),
                  in.get("words", TEXT)));

  static final Codec<EffectKey> KEY =
      ObjectCodec.of(
          (key, out) ->
              out.put("rollout", TEXT, key.rollout())
                  .put("step", INT, key.step())
                  .put("kind", constant(EffectKey.Kind.class), key.kind())
                  .put("number", LONG, key.number()),
          in ->
              new EffectKey(
                  in.get("rollout", TEXT),
                  in.get("step", INT),
                  in.get("kind", constant(EffectKey.Kind.class)),
                  in.get("number", LONG)));

  static final Codec<Cause> CAUSE =
      ObjectCodec.of(
          (cause, out) ->
              out.put("kind", constant(Cause.Kind.class), cause.kind())
                  .put("text", TEXT, cause.text()),
          in -> new Cause(in.get("kind", constant(Cause.Kind.class)), in.get("text", TEXT)));

  static final Codec<Clearance> CLEARANCE =
      ObjectCodec.of(
          (clearance, out) ->
              out.put("decision", constant(Clearance.Decision.class), clearance.decision())
                  .put("reason", TEXT, clearance.reason()),
          in ->
              new Clearance(
                  in.get("decision", constant(Clearance.Decision.class)), in.get("reason", TEXT)));

  static final Codec<Approval> APPROVAL =
      ObjectCodec.of(
          (approval, out) ->
              out.put("actor", TEXT, approval.actor())
                  .put("reason", TEXT, approval.reason())
                  .put("at", INSTANT, approval.at()),
          in -> new Approval(in.get("actor", TEXT), in.get("reason", TEXT), in.get("at", INSTANT)));

  private RolloutCodecs() {}
}
