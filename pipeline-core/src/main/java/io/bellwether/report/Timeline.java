package io.bellwether.report;

import io.bellwether.analysis.JudgeReason;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Verdict;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What happened, as far as people want to read it: the beginning and the end. Not thread-safe. */
final class Timeline {
  static final int MOST_FIRST = 200;
  static final int MOST_LAST = 800;

  private final List<Moment> first = new ArrayList<>();
  private final Deque<Moment> last = new ArrayDeque<>();
  private long leftOut;
  private List<GateOutcome> outcomes = List.of();
  private Optional<JudgeReason> reason = Optional.empty();

  void take(RolloutEvent event, RolloutState after, People people) {
    kind(event)
        .filter(kind -> kind != Moment.Kind.PERSON || !people.saysAgain(event))
        .ifPresent(kind -> add(new Moment(event.at(), kind, after.phase(), event.explain())));
  }

  private void add(Moment moment) {
    if (first.size() < MOST_FIRST) {
      first.add(moment);
      return;
    }
    last.add(moment);
    if (last.size() > MOST_LAST) {
      last.remove();
      leftOut++;
    }
  }

  /** Empty for what only the engine wants to know, and for a check that says nothing new. */
  private Optional<Moment.Kind> kind(RolloutEvent event) {
    if (event instanceof RolloutEvent.Checked checked) {
      return isNews(checked) ? Optional.of(Moment.Kind.CHECK) : Optional.empty();
    }
    if (event instanceof RolloutEvent.Asked || event instanceof RolloutEvent.BakeBegan) {
      return Optional.empty();
    }
    if (event instanceof RolloutEvent.Moved) {
      return Optional.of(Moment.Kind.TRAFFIC);
    }
    if (event instanceof RolloutEvent.Held
        || event instanceof RolloutEvent.Released
        || event instanceof RolloutEvent.Overdue) {
      return Optional.of(Moment.Kind.HOLD);
    }
    if (event instanceof RolloutEvent.Approved || event instanceof RolloutEvent.Requested) {
      return Optional.of(Moment.Kind.PERSON);
    }
    if (event instanceof RolloutEvent.Cleared || event instanceof RolloutEvent.Verified) {
      return Optional.of(Moment.Kind.CHECK);
    }
    return event instanceof RolloutEvent.Stumbled || event instanceof RolloutEvent.Aborted
        ? Optional.of(Moment.Kind.TROUBLE)
        : Optional.of(Moment.Kind.PHASE);
  }

  private boolean isNews(RolloutEvent.Checked checked) {
    var now = checked.verdicts().stream().map(Verdict::outcome).toList();
    var said = checked.judged().map(Judged::reason);
    var news = !now.equals(outcomes) || !said.equals(reason);
    outcomes = now;
    reason = said;
    return news;
  }

  List<Moment> moments(People people) {
    var all = new ArrayList<>(first);
    all.addAll(last);
    all.replaceAll(it -> new Moment(it.at(), it.kind(), it.phase(), people.rename(it.text())));
    return all;
  }

  long leftOut() {
    return leftOut;
  }
}
