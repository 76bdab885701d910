package io.bellwether.testing;

import static io.bellwether.Ratio.percent;

import io.bellwether.analysis.JudgeReason;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.Trial;
import io.bellwether.gate.Breaches;
import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.NoDataPolicy;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.Approval;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events to put into a store. */
final class Journals {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");

  private Journals() {}

  static RolloutEvent accepted(String run, String release, String candidate) {
    return new RolloutEvent.Accepted(
        AT,
        new RunInfo(
            run,
            release,
            new Version("v1"),
            new Version(candidate),
            RunInfo.Purpose.DEPLOY,
            "canary [10% for 10m, 100% for 15m]",
            AT));
  }

  static RolloutEvent entered(Phase phase) {
    return new RolloutEvent.Entered(AT, phase, 1);
  }

  static RolloutEvent announced(String run) {
    return new RolloutEvent.Announced(AT, run + "/told");
  }

  static RolloutEvent noted(String text) {
    return new RolloutEvent.Requested(AT, "somebody", text, "");
  }

  /** A journal with every kind of event there is. */
  static List<RolloutEvent> everyEvent(String run, String release) {
    var key = new EffectKey(run, 1, EffectKey.Kind.SHIFT, 7);
    var approval = new Approval("somebody", "\u00e9t\u00e9 \ud83d\ude00 \"quoted\"\n", AT);
    return List.of(
        accepted(run, release, "v2"),
        entered(Phase.SHIFTING),
        new RolloutEvent.Asked(AT, key),
        new RolloutEvent.Stumbled(AT, "router down", AT.plusSeconds(1)),
        new RolloutEvent.Moved(AT, split(release)),
        new RolloutEvent.BakeBegan(AT, AT, AT.plusSeconds(30), AT),
        new RolloutEvent.Checked(AT, List.of(verdict()), breaches(), AT.plusSeconds(60)),
        new RolloutEvent.Checked(AT, List.of(), Breaches.NONE, AT.plusSeconds(60), judged()),
        new RolloutEvent.Held(AT, HoldReason.FREEZE, "until monday", 2),
        new RolloutEvent.Released(AT, AT),
        new RolloutEvent.Overdue(AT, HoldReason.LOW_TRAFFIC),
        new RolloutEvent.Cleared(AT, Clearance.waitFor("budget"), AT),
        new RolloutEvent.Approved(AT, approval),
        noted("pause"),
        new RolloutEvent.TakenUp(AT, Duration.ofNanos(2), true, Duration.ofNanos(1)),
        new RolloutEvent.Aborted(AT, new Cause(Cause.Kind.GATE, "error_rate 9%")),
        new RolloutEvent.Verified(AT, true, ""),
        new RolloutEvent.Compensated(AT, 1, "still running"),
        entered(Phase.ROLLED_BACK),
        announced(run));
  }

  private static Optional<Judged> judged() {
    var numbers = List.of(1.0, -1e-300, 0.1 + 0.2, Double.NaN, 1e17, 3.0);
    var alarm = new Judgement.Alarm(0.1 + 0.2, percent(1), 2);
    var trial = new Trial(2, numbers, 7, AT.plusNanos(1));
    return Optional.of(
        new Judged(
            trial, "sequential", JudgeReason.UNDECIDED, Optional.of(alarm), "HOLD by sequential"));
  }

  private static TrafficSplit split(String release) {
    return new TrafficSplit(
        release,
        new Version("v1"),
        new Version("v2"),
        Weight.percent(0.1),
        Weight.percent(33.3),
        List.of(Audience.users("u1", "u2"), Audience.cohort("beta"), Audience.header("x", "1")));
  }

  private static Verdict verdict() {
    var condition = Conditions.emptyRate().atMostAboveStable(percent(2));
    var nothing = Reading.noData("windows", "never seen");
    var something = Reading.of(Double.NaN, 0, "windows");
    return new Verdict(
        "production",
        GateOutcome.NO_DATA,
        List.of(
            new ConditionResult(
                condition.minSamples(50).onNoData(NoDataPolicy.values()[0]),
                GateOutcome.NO_DATA,
                nothing,
                Optional.of(something),
                Duration.ofMinutes(5),
                true,
                "detail")),
        true);
  }

  private static Breaches breaches() {
    var condition = Conditions.errorRate().atMost(percent(5));
    return new Breaches(
        Map.of(condition, new Breaches.Breach(AT, Duration.ofSeconds(30), Optional.of(AT))),
        Map.of(condition.warnFrom(percent(2)), 3));
  }
}
