package io.bellwether.rollout;

import io.bellwether.Ratio;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.analysis.Tally;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A rollout with a judge, decided on blocks of ten seconds: 600 requests a minute, divided by the
 * weight, whose outcomes are what the test says at that moment, to the request.
 */
final class JudgedRollout {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Version STABLE = new Version("v1");
  static final Version CANDIDATE = new Version("v2");
  private static final Duration BLOCK = Duration.ofSeconds(10);

  final List<RolloutEvent> journal = new ArrayList<>();
  final RolloutPlan plan;
  RolloutState state;
  Instant now = START;
  Ratio candidateErrors = Ratio.percent(1);
  Ratio stableErrors = Ratio.percent(1);
  Reading gateSees = Reading.of(0.01, 1_000, "test");
  Optional<Reading> gateSeesOfStable = Optional.empty();
  double perMinute = 600;
  boolean candidateIsSeen = true;
  String failure = "";
  UnaryOperator<List<ComparedCounts>> counts = UnaryOperator.identity();
  int asked;
  private final List<ComparedCounts> known = new ArrayList<>();
  private Instant counted = START;

  JudgedRollout(RolloutPlan plan, int launch) {
    this.plan = plan;
    take(
        RolloutDecider.begin(
            plan, plan.run("run", STABLE, CANDIDATE, RunInfo.Purpose.DEPLOY, START, launch)));
  }

  JudgedRollout(RolloutPlan plan) {
    this(plan, 1);
  }

  /** Lets it run for a while, or to its end if that comes first. */
  JudgedRollout runFor(Duration time) {
    var end = now.plus(time);
    while (!state.isTerminal()) {
      var wake = RolloutDecider.nextWake(plan, state, now).orElse(end);
      if (wake.isAfter(end)) {
        break;
      }
      now = wake.isAfter(now) ? wake : now.plusSeconds(1);
      give(new RolloutInput.Tick());
    }
    now = state.isTerminal() ? now : end;
    return this;
  }

  void give(RolloutInput input) {
    take(RolloutDecider.decide(plan, state, input, now));
  }

  List<RolloutEvent.Checked> checks() {
    return journal.stream()
        .filter(RolloutEvent.Checked.class::isInstance)
        .map(RolloutEvent.Checked.class::cast)
        .toList();
  }

  Judged lastJudged() {
    var all = checks().stream().flatMap(check -> check.judged().stream()).toList();
    return all.get(all.size() - 1);
  }

  private void take(Decision decision) {
    state = decision.state();
    journal.addAll(decision.events());
    for (var effect : decision.effects()) {
      answer(effect).ifPresent(this::give);
    }
  }

  private Optional<RolloutInput> answer(RolloutEffect effect) {
    if (effect instanceof RolloutEffect.Clear clear) {
      return Optional.of(new RolloutInput.Cleared(clear.key(), Clearance.go()));
    }
    if (effect instanceof RolloutEffect.Route route) {
      return Optional.of(new RolloutInput.Routed(route.key(), route.split()));
    }
    if (effect instanceof RolloutEffect.Confirm confirm) {
      var back = TrafficSplit.stable(state.release(), STABLE);
      return Optional.of(
          new RolloutInput.Confirmed(confirm.key(), new Confirmation(back, true, "")));
    }
    if (effect instanceof RolloutEffect.Measure measure) {
      return Optional.of(measured(measure));
    }
    return Optional.empty();
  }

  private RolloutInput measured(RolloutEffect.Measure measure) {
    var readings = new HashMap<MetricQuery, Reading>();
    for (var query : measure.queries()) {
      readings.put(
          query, query.version().equals(STABLE) ? gateSeesOfStable.orElse(gateSees) : gateSees);
    }
    return new RolloutInput.Measured(
        measure.asOf(), readings, measure.blocks().map(this::count).orElse(Counted.NOTHING));
  }

  private Counted count(BlockQuery query) {
    asked++;
    if (!failure.isEmpty()) {
      return Counted.failed(failure);
    }
    while (!counted.plus(BLOCK).isAfter(now)) {
      known.add(block(counted));
      counted = counted.plus(BLOCK);
    }
    var wanted = known.stream().filter(it -> !it.start().isBefore(query.from())).toList();
    return new Counted(counts.apply(wanted), List.of(), "");
  }

  private ComparedCounts block(Instant from) {
    var share = state.weight().share();
    return new ComparedCounts(
        from,
        from.plus(BLOCK),
        candidateIsSeen ? arm(from, share, candidateErrors) : ArmCounts.NONE,
        arm(from, 1 - share, stableErrors));
  }

  private ArmCounts arm(Instant from, double share, Ratio errors) {
    var requests = whole(from, perMinute / 60 * share);
    var slow = Math.min(requests, whole(from, perMinute / 60 * share * 0.05));
    return new ArmCounts(
        requests,
        Math.min(requests, whole(from, perMinute / 60 * share * errors.value())),
        0,
        List.of(new Tally(requests, slow)),
        List.of());
  }

  private static long whole(Instant from, double perSecond) {
    var seconds = Duration.between(START, from).toSeconds();
    return (long) Math.floor((seconds + BLOCK.toSeconds()) * perSecond + 1e-9)
        - (long) Math.floor(seconds * perSecond + 1e-9);
  }
}
