package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.BlockPairing;
import io.bellwether.analysis.JudgeDecision;
import io.bellwether.analysis.SequentialJudge;
import io.bellwether.analysis.SequentialJudgeBuilder;
import io.bellwether.analysis.SequentialState;
import java.util.function.UnaryOperator;

/**
 * The library's sequential judge, given the library's paired blocks as soon as they are sealed.
 *
 * @param settings what differs from the judge's defaults
 * @param feed how it is given a run
 */
record SequentialRival(UnaryOperator<SequentialJudgeBuilder> settings, Feed feed) implements Rival {
  /** How a run is given to a judge. */
  enum Feed {
    /** Blocks by start, as soon as all their requests have ended. */
    BY_START,
    /** The same, after stable's last ten minutes before the rollout. */
    WITH_HISTORY,
    /** The wrong way: blocks by end. */
    BY_END
  }

  @Override
  public Ending judge(Run run) {
    var watch = new Watch(run, this);
    for (var tick = 0; tick < run.ticks(); tick++) {
      if (watch.tick(tick) == JudgeDecision.ROLLBACK) {
        return Ending.rolledBackAt(tick);
      }
    }
    return watch.end() == JudgeDecision.PROMOTE ? Ending.PROMOTED : Ending.HELD;
  }

  /** The judge's state along one run. */
  static final class Watch {
    private final Run run;
    private final TickCounts counts;
    private final int lag;
    private BlockPairing pairing = BlockPairing.after(0);
    private SequentialState state;

    Watch(Run run, SequentialRival rival) {
      this.run = run;
      lag = rival.feed == Feed.BY_END ? 0 : run.lag();
      counts =
          switch (rival.feed) {
            case BY_START -> TickCounts.withoutHistory(run);
            case WITH_HISTORY -> TickCounts.withHistory(run);
            case BY_END -> TickCounts.byEnd(run);
          };
      var builder = rival.settings.apply(SequentialJudge.builder());
      if (rival.feed == Feed.WITH_HISTORY) {
        builder.history(counts.history());
      }
      state = builder.build().start(1);
    }

    /** What is known at the end of a tick. */
    JudgeDecision tick(int tick) {
      var sealed = tick - lag;
      if (sealed >= run.warmUpTicks()) {
        take(pairing.next(counts.interval(sealed)));
      }
      return state.reason().decision();
    }

    /** What is known when the last step is over. */
    JudgeDecision end() {
      take(pairing.flush());
      return state.reason().decision();
    }

    private void take(BlockPairing.Paired paired) {
      pairing = paired.next();
      for (var block : paired.blocks()) {
        state = state.next(block);
      }
    }
  }
}
