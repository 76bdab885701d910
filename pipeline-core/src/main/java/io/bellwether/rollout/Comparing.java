package io.bellwether.rollout;

import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.JudgeReason;
import java.util.Optional;

/** What the plan's judge is asked, and what follows from its answer beside the gates'. */
final class Comparing {
  private Comparing() {}

  /** What has to be counted for the judge; nothing where no judge compares. */
  static Optional<BlockQuery> query(Turn turn) {
    var state = turn.state();
    if (!compares(turn)) {
      return Optional.empty();
    }
    var trial = state.comparison().trial();
    return Optional.of(
        new BlockQuery(
            state.release(),
            state.candidate(),
            state.stable(),
            trial.upTo(),
            trial.numbers().isEmpty()));
  }

  /** What the judge says now. */
  static Optional<Judged> look(Turn turn, Counted counted) {
    if (!compares(turn)) {
      return Optional.empty();
    }
    var known = turn.state().comparison();
    var judge = turn.plan.judge().orElseThrow();
    if (!counted.failure().isEmpty()) {
      return Optional.of(
          new Judged(
              known.trial(),
              judge.name(),
              JudgeReason.STALE_TELEMETRY,
              Optional.empty(),
              "nothing could be compared: " + counted.failure()));
    }
    var look = known.trial().look(judge, counted.history(), counted.counts(), known.spans());
    var judgement = look.judgement();
    return Optional.of(
        new Judged(
            look.next(),
            judgement.judge(),
            judgement.reason(),
            judgement.alarm(),
            judgement.toString()));
  }

  private static boolean compares(Turn turn) {
    return turn.plan.compares(turn.state().step()) && turn.state().comparison().hasBegun();
  }

  static boolean speaksAgainst(Optional<Judged> judged) {
    return judged.filter(it -> it.reason() == JudgeReason.WORSE).isPresent();
  }

  /**
   * What the judge wants to wait for. Widening needs that nothing speaks against the candidate; to
   * give it all traffic, after which there is nothing left to compare with, the judge has to agree.
   */
  static Optional<HoldReason> reasonToWait(Turn turn, boolean baked, Optional<Judged> judged) {
    if (judged.isEmpty()) {
      return Optional.empty();
    }
    return switch (judged.get().reason()) {
      case STALE_TELEMETRY -> Optional.of(HoldReason.TELEMETRY_GONE);
      case TOO_FEW_REQUESTS -> lowTrafficIf(baked);
      case UNDECIDED -> lowTrafficIf(baked && isLastComparison(turn));
      case WORSE, PROVEN_SAFE, SAMPLE_SEEN -> Optional.empty();
    };
  }

  private static Optional<HoldReason> lowTrafficIf(boolean tooEarly) {
    return tooEarly ? Optional.of(HoldReason.LOW_TRAFFIC) : Optional.empty();
  }

  private static boolean isLastComparison(Turn turn) {
    return turn.plan.weightOf(turn.state().step() + 1).isFull();
  }

  /** Whether the judge has seen another block, or says something else than before. */
  static boolean isNews(RolloutState state, Optional<Judged> judged) {
    return judged
        .filter(
            it ->
                !it.trial().numbers().equals(state.comparison().trial().numbers())
                    || it.reason() != state.comparison().reason())
        .isPresent();
  }
}
