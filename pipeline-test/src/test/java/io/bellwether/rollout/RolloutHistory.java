package io.bellwether.rollout;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;

import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.testing.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One random life of a rollout: a random plan in a world where the router fails, forgets and lies,
 * metrics are good, bad, missing or nonsense, wake-ups are lost and doubled, answers come late or
 * twice, and somebody may abort at any time.
 */
final class RolloutHistory {
  private static final List<Optional<Boolean>> UNWELL =
      List.of(Optional.of(false), Optional.empty());
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MOST_TURNS = 2_000;

  private final Gen gen;
  private final double routerFaults;
  private final double metricFaults;
  private final double abortChance;
  private final double requestChance;
  private final double guardFaults;
  private final List<RolloutInput> answers = new ArrayList<>();
  private final List<RolloutInput> old = new ArrayList<>();

  final RolloutPlan plan;
  final List<Turned> turns = new ArrayList<>();
  final List<RolloutEvent> journal = new ArrayList<>();
  final List<TrafficSplit> applied = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();
  private Instant now = START;
  private TrafficSplit router;
  private RolloutState state;

  /** One decision, with what led to it. */
  record Turned(Instant at, RolloutState before, RolloutInput input, Decision decision) {}

  private RolloutHistory(Gen gen) {
    this.gen = gen;
    plan = plan(gen);
    routerFaults = gen.pick(0.0, 0.05, 0.5, 0.98);
    metricFaults = gen.pick(0.0, 0.02, 0.3);
    abortChance = gen.pick(0.0, 0.002, 0.05);
    requestChance = gen.pick(0.0, 0.02, 0.2);
    guardFaults = gen.pick(0.0, 0.0, 0.2);
    router = TrafficSplit.stable(plan.release(), new Version("v1"));
  }

  static RolloutHistory live(Gen gen) {
    var history = new RolloutHistory(gen);
    history.run();
    return history;
  }

  RolloutState end() {
    return state;
  }

  /** Whether somebody changed the plan on the way, after which the weight may have gone down. */
  boolean replanned() {
    return turns.stream().anyMatch(turn -> turn.input() instanceof RolloutInput.Replan);
  }

  private static RolloutPlan plan(Gen gen) {
    var steps = new ArrayList<Step>();
    var weight = gen.pick(0.0, 100.0, gen.between(0.1, 60.0), gen.between(0.1, 60.0));
    while (weight < 100 && steps.size() < 4) {
      steps.add(step(gen, weight));
      weight = gen.chance(0.3) ? 100 : Math.min(100, weight + gen.between(0.0, 60.0));
    }
    steps.add(step(gen, 100));
    var gates = new ArrayList<MetricGate>();
    if (gen.chance(0.9)) {
      gates.add(
          MetricGate.named(
              "errors", g -> g.require(errorRate().atMost(percent(5))).minSamples(100)));
    }
    if (gen.chance(0.3)) {
      gates.add(
          MetricGate.named(
              "latency", g -> g.require(latency().p95().atMost(Duration.ofSeconds(2)))));
    }
    var from = gen.chance(0.2) ? gen.nextInt(steps.size()) : 0;
    var routed = gen.chance(0.8);
    return new RolloutPlan(
        "chat", "random", steps, gates, from, Timing.defaults(), Duration.ZERO, routed);
  }

  private static Step step(Gen gen, double weight) {
    var step =
        Step.builder("step at " + weight)
            .weight(Weight.percent(weight))
            .bake(gen.between(Duration.ZERO, Duration.ofMinutes(20)));
    if (gen.chance(0.2)) {
      step.work(StepWork.of(context -> {}, context -> {}));
    }
    if (gen.chance(0.1)) {
      step.approval(
          ApprovalRule.byAnybody()
              .withQuorum(gen.between(1, 2))
              .withTimeout(Duration.ofHours(1), gen.pick(ApprovalRule.OnTimeout.values())));
    }
    return (gen.chance(0.05) ? step.untilResumed() : step).build();
  }

  private void run() {
    take(
        START,
        null,
        new RolloutInput.Tick(),
        RolloutDecider.begin(
            plan,
            plan.run(
                "run-1",
                new Version("v1"),
                new Version("v2"),
                gen.chance(0.8) ? RunInfo.Purpose.DEPLOY : RunInfo.Purpose.REVERT,
                START)));
    for (var turn = 0; turn < MOST_TURNS && !state.isTerminal(); turn++) {
      var input = nextInput();
      take(now, state, input, RolloutDecider.decide(plan, state, input, now));
    }
  }

  private void take(Instant at, RolloutState before, RolloutInput input, Decision decision) {
    turns.add(new Turned(at, before, input, decision));
    journal.addAll(decision.events());
    state = decision.state();
    decision.effects().forEach(this::carryOut);
  }

  private RolloutInput nextInput() {
    if (gen.chance(abortChance)) {
      return new RolloutInput.Abort("somebody", "wants it");
    }
    if (gen.chance(requestChance)) {
      return request();
    }
    if (!old.isEmpty() && gen.chance(0.05)) {
      return gen.pick(old);
    }
    if (gen.chance(0.02)) {
      var lastSeen = now.minus(gen.between(Duration.ZERO, Duration.ofMinutes(10)));
      return new RolloutInput.Recovered(lastSeen, gen.chance(abortChance) ? "moved back" : "");
    }
    if (gen.chance(0.05)) {
      now = now.plusMillis(gen.pick(0, gen.between(0, 30_000)));
      return new RolloutInput.Look();
    }
    if (!answers.isEmpty() && gen.chance(0.9)) {
      now = now.plusMillis(gen.between(0, 2_000));
      var answer = answers.remove(0);
      old.add(answer);
      return answer;
    }
    passTime();
    return new RolloutInput.Tick();
  }

  private RolloutInput request() {
    return gen.pick(
        new RolloutInput.Pause("operator", "lunch"),
        new RolloutInput.Resume("operator"),
        new RolloutInput.Resume("operator"),
        new RolloutInput.SkipStep("operator", "hurry"),
        new RolloutInput.PromoteNow("operator", "hurry"),
        new RolloutInput.Approve("one", "fine"),
        new RolloutInput.Approve("two", "fine"),
        new RolloutInput.Reject("two", "not fine"),
        new RolloutInput.Supersede("operator", new Version("v3")),
        new RolloutInput.Replan("operator"));
  }

  /** To the next wake, most of the time; else too early or too late. */
  private void passTime() {
    var wake = RolloutDecider.nextWake(plan, state, now).orElse(now.plus(Duration.ofHours(1)));
    var late = gen.chance(0.1) ? gen.between(Duration.ZERO, Duration.ofMinutes(40)) : Duration.ZERO;
    var at = gen.chance(0.1) ? now.plusSeconds(gen.between(0, 30)) : wake.plus(late);
    now = at.isAfter(now) ? at : now;
  }

  private void carryOut(RolloutEffect effect) {
    if (effect instanceof RolloutEffect.Clear clear) {
      answers.add(new RolloutInput.Cleared(clear.key(), clearance()));
    } else if (effect instanceof RolloutEffect.Work work) {
      answers.add(work(work.key()));
    } else if (effect instanceof RolloutEffect.Confirm confirm) {
      answers.add(
          new RolloutInput.Confirmed(confirm.key(), new Confirmation(router, gen.chance(0.8), "")));
    } else if (effect instanceof RolloutEffect.Route route) {
      route(route);
    } else if (effect instanceof RolloutEffect.Measure measure) {
      measure(measure);
    } else if (effect instanceof RolloutEffect.Announce announce) {
      alerts.add(announce.alert());
    }
  }

  private Clearance clearance() {
    return gen.chance(guardFaults)
        ? gen.pick(Clearance.waitFor("freeze"), Clearance.refuse("budget exhausted"))
        : Clearance.go();
  }

  private RolloutInput work(EffectKey key) {
    if (gen.chance(0.9)) {
      return new RolloutInput.Done(key);
    }
    return gen.pick(
        new RolloutInput.Failed(key, "work failed"), new RolloutInput.NotYet(key, "starting"));
  }

  private void route(RolloutEffect.Route route) {
    if (route.key().kind() == EffectKey.Kind.SHIFT && gen.chance(routerFaults)) {
      answers.add(new RolloutInput.Unfit(route.key()));
      return;
    }
    var fault = gen.chance(routerFaults);
    if (!fault || gen.nextBoolean()) {
      router = route.split();
      applied.add(route.split());
    }
    answers.add(
        fault
            ? new RolloutInput.Failed(route.key(), "router down")
            : new RolloutInput.Routed(route.key(), router));
  }

  private void measure(RolloutEffect.Measure measure) {
    Map<MetricQuery, Reading> readings = new HashMap<>();
    var sharedOutage = gen.chance(metricFaults);
    for (var query : measure.queries()) {
      readings.put(query, reading(query, sharedOutage));
    }
    var healthy = gen.chance(metricFaults / 10) ? gen.pick(UNWELL) : Optional.of(true);
    answers.add(new RolloutInput.Measured(measure.asOf(), readings, Counted.NOTHING, healthy));
  }

  private Reading reading(MetricQuery query, boolean sharedOutage) {
    var ratio = query.metric().name().endsWith("rate");
    if (sharedOutage) {
      return Reading.of(ratio ? 0.6 : 9_000, 1_000, "world");
    }
    if (gen.chance(metricFaults)) {
      return gen.pick(
          Reading.noData("world", "nothing"),
          Reading.error("world", "down"),
          Reading.of(Double.NaN, 1_000, "world"),
          Reading.of(ratio ? 0.9 : 9_000, 20, "world"),
          Reading.of(ratio ? 0.2 : 5_000, 1_000, "world"));
    }
    return Reading.of(ratio ? 0.01 : 500, 1_000, "world");
  }

  /** What went wrong, told by the journal. */
  @Override
  public String toString() {
    var text = new StringBuilder(plan.toString());
    for (var event : journal) {
      text.append("\n  ").append(event.at()).append(' ').append(event);
    }
    return text.append("\n  => ").append(state.explain()).toString();
  }
}
