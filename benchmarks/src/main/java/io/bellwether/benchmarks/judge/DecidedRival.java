package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.SequentialJudge;
import io.bellwether.analysis.SequentialJudgeBuilder;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The library's rollout decider, following a plan of the protocol's ramp with the library's
 * sequential judge.
 *
 * @param settings what differs from the judge's defaults
 * @param feed how it is given a run
 * @param gates what stands beside the judge; perhaps nothing
 * @param checkSeconds between two checks; no shorter than a tick
 * @param wary the e-value from which traffic is not widened, as long as it lasts
 */
record DecidedRival(
    UnaryOperator<SequentialJudgeBuilder> settings,
    Feed feed,
    List<MetricGate> gates,
    int checkSeconds,
    double wary)
    implements Rival {
  private static final String RELEASE = "benchmark";

  /** How a run is given to a judge. */
  enum Feed {
    /** Blocks by start, as soon as all their requests have ended. */
    BY_START,
    /** The same, after stable's last ten minutes before the rollout. */
    WITH_HISTORY,
    /** The wrong way: blocks by end. */
    BY_END
  }

  /** A judge alone, which looks at every block as soon as it is closed. */
  static DecidedRival alone(UnaryOperator<SequentialJudgeBuilder> settings, Feed feed) {
    return wary(settings, feed, Double.POSITIVE_INFINITY);
  }

  /** A judge alone, which does not give more traffic to a candidate with such an e-value. */
  static DecidedRival wary(
      UnaryOperator<SequentialJudgeBuilder> settings, Feed feed, double eValue) {
    return new DecidedRival(settings, feed, List.of(), 0, eValue);
  }

  @Override
  public Ending judge(Run run) {
    var counts =
        switch (feed) {
          case BY_START -> TickCounts.withoutHistory(run);
          case WITH_HISTORY -> TickCounts.withHistory(run);
          case BY_END -> TickCounts.byEnd(run);
        };
    var history = feed == Feed.WITH_HISTORY ? counts.history() : List.<ArmCounts>of();
    return new DecidedRun(plan(run.row()), run, counts, history, wary).toEnd();
  }

  private RolloutPlan plan(Row row) {
    var warmUp = seconds(row.warmUp());
    var steps = new ArrayList<Step>();
    for (var stage : row.stages()) {
      var length = seconds(stage.to() - stage.from());
      steps.add(
          Step.of(
              Weight.percent(100 * stage.share()),
              steps.isEmpty() ? length.minus(warmUp) : length));
    }
    steps.add(Step.of(Weight.FULL, Duration.ZERO));
    var timing =
        Timing.defaults()
            .withCheckInterval(Duration.ofSeconds(Math.max(row.tick(), checkSeconds)))
            .withWarmUp(warmUp);
    return new RolloutPlan(
        RELEASE,
        "canary",
        steps,
        gates,
        0,
        timing,
        Duration.ZERO,
        true,
        Optional.of(settings.apply(SequentialJudge.builder()).build()));
  }

  private static Duration seconds(double minutes) {
    return Duration.ofSeconds(Math.round(60 * minutes));
  }
}
