package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.benchmarks.judge.Rival.Ending;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Counted;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.Weight;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * One run as the library's rollout decider has it: traffic is divided as the decider asks, and it
 * is told at every tick what there is to know.
 *
 * <p>A hold prolongs its step. The run ends undecided when the last step beside stable has baked
 * and the decider does not go on; when an earlier one has, and the candidate has answered as many
 * requests as the ramp without holds would have given it; or after ten times the ramp's length.
 */
final class DecidedRun {
  private static final Version STABLE = new Version("stable");
  private static final Version CANDIDATE = new Version("candidate");
  private static final int LONGEST = 10;

  private final RolloutPlan plan;
  private final Run planned;
  private final TickCounts counts;
  private final List<ArmCounts> history;
  private final double wary;
  private double eValue;
  private final Deque<RolloutEffect> effects = new ArrayDeque<>();
  private final List<Double> shares = new ArrayList<>();
  private Optional<World> world = Optional.empty();
  private RolloutState state;
  private Weight weight = Weight.ZERO;
  private int ticks;

  DecidedRun(
      RolloutPlan plan, Run planned, TickCounts counts, List<ArmCounts> history, double wary) {
    this.plan = plan;
    this.planned = planned;
    this.counts = counts;
    this.history = history;
    this.wary = wary;
    var run = plan.run("run", STABLE, CANDIDATE, RunInfo.Purpose.DEPLOY, Instant.EPOCH);
    var begun = RolloutDecider.begin(plan, run);
    state = begun.state();
    take(begun);
  }

  Ending toEnd() {
    while (!isOver()) {
      pass();
      take(decide(new RolloutInput.Tick()));
      if (state.phase() == Phase.ABORTING) {
        return Ending.rolledBackAt(ticks - 1).exposed(exposed());
      }
      if (weight.isFull()) {
        return Ending.PROMOTED.exposed(exposed());
      }
    }
    return Ending.HELD.exposed(exposed());
  }

  private boolean isOver() {
    return ticks >= planned.ticks() && (isStuck() || ticks >= LONGEST * planned.ticks());
  }

  /** Whether a step has baked, is not left, and has been given all the traffic it may have. */
  private boolean isStuck() {
    var wanted = plan.steps().get(state.step()).bake().orElseThrow();
    var isLast = plan.weightOf(state.step() + 1).isFull();
    return state.bake().elapsed(now()).compareTo(wanted) >= 0
        && (isLast || exposed() >= planned.fullExposure());
  }

  /** A tick of traffic; drawn anew only from where it is not what the protocol has planned. */
  private void pass() {
    var share = weight.share();
    if (world.isEmpty() && (ticks >= planned.ticks() || share != planned.row().shareAt(ticks))) {
      var other = planned.world().get();
      shares.forEach(other::next);
      world = Optional.of(other);
    }
    world.ifPresent(it -> it.next(share));
    shares.add(share);
    ticks++;
  }

  private Run seen() {
    return world.map(World::run).orElse(planned);
  }

  private long exposed() {
    return world.map(World::exposed).orElseGet(() -> planned.exposed()[ticks]);
  }

  private Instant now() {
    return Instant.ofEpochSecond((long) ticks * planned.row().tick());
  }

  private Decision decide(RolloutInput input) {
    return RolloutDecider.decide(plan, state, input, now());
  }

  private void take(Decision first) {
    add(first);
    while (!effects.isEmpty() && state.phase() != Phase.ABORTING && !weight.isFull()) {
      answer(effects.poll()).ifPresent(input -> add(decide(input)));
    }
  }

  private void add(Decision decision) {
    state = decision.state();
    for (var event : decision.events()) {
      if (event instanceof RolloutEvent.Checked checked) {
        checked.judged().flatMap(Judged::alarm).ifPresent(alarm -> eValue = alarm.eValue());
      }
    }
    effects.addAll(decision.effects());
  }

  private Optional<RolloutInput> answer(RolloutEffect effect) {
    if (effect instanceof RolloutEffect.Clear clear) {
      var clearance = eValue >= wary ? Clearance.waitFor("e-value " + eValue) : Clearance.go();
      return Optional.of(new RolloutInput.Cleared(clear.key(), clearance));
    }
    if (effect instanceof RolloutEffect.Route route) {
      weight = route.split().weight();
      return Optional.of(new RolloutInput.Routed(route.key(), route.split()));
    }
    if (effect instanceof RolloutEffect.Measure measure) {
      return Optional.of(measured(measure));
    }
    return Optional.empty();
  }

  private RolloutInput measured(RolloutEffect.Measure measure) {
    var readings = new HashMap<MetricQuery, Reading>();
    if (!measure.queries().isEmpty()) {
      var telemetry = new Telemetry(seen(), ticks);
      for (var query : measure.queries()) {
        readings.put(query, telemetry.read(query, query.version().equals(CANDIDATE)));
      }
    }
    return new RolloutInput.Measured(
        measure.asOf(), readings, measure.blocks().map(this::counted).orElse(Counted.NOTHING));
  }

  private Counted counted(BlockQuery query) {
    var known = new ArrayList<ComparedCounts>();
    var run = seen();
    var from = query.from().getEpochSecond() / planned.row().tick();
    for (var tick = from; tick < ticks - counts.lag(); tick++) {
      known.add(counts.compared(run, (int) tick));
    }
    return new Counted(known, query.first() ? history : List.of(), "");
  }
}
