package io.bellwether.rollout;

import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What the gates say while a step bakes, and what follows. */
final class Checks {
  /** So that a crash forgets no more than this of a bake in which nothing happened. */
  private static final Duration KEPT_EVERY = Recovery.LONG_BLIND;

  private Checks() {}

  /** Checks the gates if they are due, or goes on if there is nothing to check. */
  static void tick(Turn turn) {
    var state = turn.state();
    if (hasGates(turn.plan, state)) {
      if (isDue(turn)) {
        measure(turn);
      }
    } else if (turn.now.isBefore(nextLook(turn.plan, state, turn.now).orElse(Instant.MAX))) {
      return;
    } else if (heldFor(state, HoldReason.FREEZE)) {
      Steps.clear(turn, state.hold().orElseThrow().entering());
    } else if (baked(turn, turn.now)) {
      Steps.baked(turn);
    }
  }

  /** Checks the gates though they may not be due; a warm-up is waited for. */
  static void look(Turn turn) {
    var warm = !turn.now.isBefore(turn.state().bake().judgedFrom());
    if (warm && turn.state().awaited().isEmpty() && hasGates(turn.plan, turn.state())) {
      measure(turn);
    }
  }

  /** When there is something to look at next, other than what was due by now. */
  static Optional<Instant> nextLook(RolloutPlan plan, RolloutState state, Instant now) {
    if (hasGates(plan, state)) {
      return Optional.of(nextCheck(plan, state, now));
    }
    return switch (state.phase()) {
      case HELD ->
          heldFor(state, HoldReason.FREEZE)
              ? Optional.of(state.bake().checkDue())
              : Optional.empty();
      case BAKING, WATCHING -> end(plan, state);
      case AWAITING_APPROVAL,
          PENDING,
          PREPARING,
          VERIFYING,
          SHIFTING,
          PROMOTING,
          ABORTING,
          PROMOTED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          REFUSED,
          SUPERSEDED,
          REVERTED ->
          Optional.empty();
    };
  }

  /** Gates watch once the step has its traffic; a hold before that has nothing to look at. */
  private static boolean hasGates(RolloutPlan plan, RolloutState state) {
    var phase = state.hold().map(Hold::from).orElse(state.phase());
    return phase.isWatched() && plan.watches(state.step());
  }

  private static boolean heldFor(RolloutState state, HoldReason reason) {
    return state.hold().filter(hold -> hold.reason() == reason).isPresent();
  }

  /** Whether a check is due, or was and has led to nothing that is known of. */
  private static boolean isDue(Turn turn) {
    return !turn.now.isBefore(turn.state().bake().checkDue()) || baked(turn, turn.now);
  }

  /** At every interval, and when the bake is complete. */
  private static Instant nextCheck(RolloutPlan plan, RolloutState state, Instant now) {
    var next = atInterval(state.bake().checkDue(), plan.timing().checkInterval(), now);
    var end = end(plan, state);
    return end.isPresent() && end.get().isAfter(now) && end.get().isBefore(next) ? end.get() : next;
  }

  private static Instant atInterval(Instant first, Duration interval, Instant now) {
    if (now.isBefore(first)) {
      return first;
    }
    var nanos = interval.toNanos();
    var passed = Duration.between(first, now).toNanos() / nanos;
    return first.plusNanos((passed + 1) * nanos);
  }

  /** When the bake is complete, if its clock runs and it has an end. */
  static Optional<Instant> end(RolloutPlan plan, RolloutState state) {
    var wanted = plan.steps().get(state.step()).bake();
    return wanted.isPresent() ? state.bake().reaches(wanted.get()) : Optional.empty();
  }

  private static void measure(Turn turn) {
    turn.effect(new RolloutEffect.Measure(turn.now, queries(turn), Comparing.query(turn)));
  }

  /** Judges what was measured, as of the moment it was asked for. */
  static void judge(Turn turn, RolloutInput.Measured measured) {
    var asOf = measured.asOf();
    if (!isWanted(turn, asOf)) {
      return;
    }
    if (!measured.healthy().orElse(true)) {
      Endings.abort(turn, Cause.Kind.HEALTH, Endings.unfit(turn));
      return;
    }
    var evidence = new MeasuredEvidence(turn.state(), measured.readings());
    var longest = longest(turn, asOf);
    var breaches = turn.state().bake().breaches();
    var gates = turn.plan.gatesOf(turn.state().step());
    var all = new Verdict[gates.size()];
    for (var i = 0; i < all.length; i++) {
      var evaluation = gates.get(i).evaluate(evidence, breaches, longest, asOf);
      breaches = evaluation.breaches();
      all[i] = evaluation.verdict();
    }
    var verdicts = List.of(all);
    var judged = Comparing.look(turn, measured.counted());
    remember(
        turn,
        new RolloutEvent.Checked(
            turn.now, verdicts, breaches, asOf.plus(turn.plan.timing().checkInterval()), judged));
    follow(turn, asOf, deciding(verdicts), judged, measured.healthy().isPresent());
  }

  private static boolean saysMore(RolloutEvent.Checked checked, Bake known) {
    if (checked.verdicts().size() != known.outcomes().size()) {
      return true;
    }
    for (var i = 0; i < known.outcomes().size(); i++) {
      if (checked.verdicts().get(i).outcome() != known.outcomes().get(i)) {
        return true;
      }
    }
    return !checked.breaches().equals(known.breaches());
  }

  /** Whether nothing is known yet of this moment or a later one. */
  private static boolean isWanted(Turn turn, Instant asOf) {
    var state = turn.state();
    return state.awaited().isEmpty()
        && hasGates(turn.plan, state)
        && !asOf.isBefore(state.since())
        && !asOf.isBefore(state.bake().checkDue().minus(turn.plan.timing().checkInterval()));
  }

  /**
   * A check that says what the last one said is kept now and then, or with what follows from it.
   */
  private static void remember(Turn turn, RolloutEvent.Checked checked) {
    var known = turn.state().bake();
    var news = saysMore(checked, known) || Comparing.isNews(turn.state(), checked.judged());
    if (news || !turn.now.isBefore(known.checkDue().plus(KEPT_EVERY))) {
      turn.emit(checked);
    } else {
      turn.emitIfItLeadsOn(checked);
    }
  }

  /** Loops, here and below: with many rollouts, a check in which nothing happens is what costs. */
  private static List<Verdict> deciding(List<Verdict> verdicts) {
    for (var verdict : verdicts) {
      if (verdict.dryRun()) {
        return verdicts.stream().filter(other -> !other.dryRun()).toList();
      }
    }
    return verdicts;
  }

  /** The judge goes back on its own, whatever the gates say and whatever is waited for. */
  private static void follow(
      Turn turn,
      Instant asOf,
      List<Verdict> verdicts,
      Optional<Judged> judged,
      boolean healthKnown) {
    if (Comparing.speaksAgainst(judged)) {
      Endings.abort(turn, Cause.Kind.JUDGE, judged.map(Judged::words).orElseThrow());
      return;
    }
    var asked =
        healthKnown
            ? Comparing.reasonToWait(turn, baked(turn, asOf), judged)
            : Optional.of(HoldReason.TELEMETRY_GONE);
    var gates = reasonToWait(turn, asOf, verdicts);
    var wait = gates.isEmpty() && worst(verdicts) != GateOutcome.FAIL ? asked : gates;
    var hold = turn.state().hold();
    if (hold.isPresent() && stays(turn, hold.get(), wait, worst(verdicts))) {
      return;
    }
    hold.ifPresent(before -> release(turn, before));
    if (wait.isPresent()) {
      Steps.hold(
          turn,
          wait.get(),
          gates.isPresent()
              ? evidence(verdicts)
              : healthKnown
                  ? judged.map(Judged::words).orElse("")
                  : "nobody could say whether " + turn.state().candidate() + " is able to serve");
    } else if (worst(verdicts) == GateOutcome.FAIL) {
      failed(turn, verdicts, hold);
    } else if (baked(turn, asOf) && worst(verdicts) == GateOutcome.PASS) {
      Steps.baked(turn);
    }
  }

  /**
   * Whether a hold goes on after this check. A pause and a freeze are not the gates' to end, but a
   * failing gate ends them: it goes back.
   */
  private static boolean stays(Turn turn, Hold hold, Optional<HoldReason> wait, GateOutcome worst) {
    return switch (hold.reason()) {
      case PAUSED -> worst != GateOutcome.FAIL || wait.isPresent();
      case FREEZE -> {
        if (worst == GateOutcome.FAIL && wait.isEmpty()) {
          yield false;
        }
        if (worst == GateOutcome.PASS && wait.isEmpty()) {
          Steps.clear(turn, hold.entering());
        }
        yield true;
      }
      case TELEMETRY_GONE, SHARED_OUTAGE, LOW_TRAFFIC ->
          wait.filter(hold.reason()::equals).isPresent();
    };
  }

  /**
   * A failure seen while a shared outage fades from the windows is no evidence against the
   * candidate: it is judged again on what happens from now on.
   */
  private static void failed(Turn turn, List<Verdict> verdicts, Optional<Hold> before) {
    var afterOutage = before.filter(hold -> hold.reason() == HoldReason.SHARED_OUTAGE).isPresent();
    if (!afterOutage) {
      Endings.abort(turn, Cause.Kind.GATE, evidence(verdicts));
    }
  }

  private static void release(Turn turn, Hold hold) {
    var judgedFrom =
        hold.reason() == HoldReason.SHARED_OUTAGE ? turn.now : turn.state().bake().judgedFrom();
    turn.emit(new RolloutEvent.Released(turn.now, judgedFrom));
  }

  private static Optional<HoldReason> reasonToWait(
      Turn turn, Instant asOf, List<Verdict> verdicts) {
    return switch (worst(verdicts)) {
      case FAIL ->
          verdicts.stream().filter(Verdict::failed).allMatch(Verdict::failedForBoth)
              ? Optional.of(HoldReason.SHARED_OUTAGE)
              : Optional.empty();
      case ERROR, NO_DATA -> Optional.of(HoldReason.TELEMETRY_GONE);
      case INSUFFICIENT_SAMPLE ->
          baked(turn, asOf) && turn.state().phase() != Phase.AWAITING_APPROVAL
              ? Optional.of(HoldReason.LOW_TRAFFIC)
              : Optional.empty();
      case PENDING, PASS -> Optional.empty();
    };
  }

  private static GateOutcome worst(List<Verdict> verdicts) {
    var worst = GateOutcome.PASS;
    for (var verdict : verdicts) {
      worst = worst.worse(verdict.outcome());
    }
    return worst;
  }

  private static String evidence(List<Verdict> verdicts) {
    var worst = worst(verdicts);
    return verdicts.stream()
        .filter(verdict -> verdict.outcome() == worst)
        .flatMap(verdict -> verdict.decisive().stream())
        .map(ConditionResult::toString)
        .collect(Collectors.joining("; "));
  }

  private static boolean baked(Turn turn, Instant at) {
    var wanted = turn.step().bake();
    return wanted.isPresent() && turn.state().bake().elapsed(at).compareTo(wanted.get()) >= 0;
  }

  private static List<MetricQuery> queries(Turn turn) {
    var state = turn.state();
    var longest = longest(turn, turn.now);
    var queries = new ArrayList<MetricQuery>(4);
    for (var gate : turn.plan.gatesOf(state.step())) {
      for (var condition : gate.conditions()) {
        var window = condition.window().compareTo(longest) < 0 ? condition.window() : longest;
        var query = new MetricQuery(state.release(), state.candidate(), condition.metric(), window);
        if (queries.isEmpty() || !queries.contains(query)) {
          queries.add(query);
          if (MeasuredEvidence.stableServes(state)) {
            queries.add(
                new MetricQuery(state.release(), state.stable(), condition.metric(), window));
          }
        }
      }
    }
    return queries;
  }

  /** No reading goes further back than the candidate is judged. */
  private static Duration longest(Turn turn, Instant asOf) {
    var judged = Duration.between(turn.state().bake().judgedFrom(), asOf);
    return judged.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : judged;
  }

  /** Readings as a gate wants to see them. */
  record MeasuredEvidence(RolloutState state, Map<MetricQuery, Reading> readings)
      implements Evidence {
    static boolean stableServes(RolloutState state) {
      return !state.weight().isFull();
    }

    @Override
    public Reading candidate(Metric metric, Duration window) {
      return reading(new MetricQuery(state.release(), state.candidate(), metric, window));
    }

    @Override
    public Optional<Reading> stable(Metric metric, Duration window) {
      return stableServes(state)
          ? Optional.of(reading(new MetricQuery(state.release(), state.stable(), metric, window)))
          : Optional.empty();
    }

    @Override
    public OptionalDouble candidatePerStable() {
      var share = state.weight().share();
      return share > 0 && share < 1
          ? OptionalDouble.of(share / (1 - share))
          : OptionalDouble.empty();
    }

    private Reading reading(MetricQuery query) {
      var reading = readings.get(query);
      return reading != null ? reading : Reading.error("engine", "no answer to " + query);
    }
  }
}
