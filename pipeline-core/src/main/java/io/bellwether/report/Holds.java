package io.bellwether.report;

import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The times a rollout waited. Not thread-safe. */
final class Holds {
  private static final int MOST = 200;

  private final List<HoldLine> lines = new ArrayList<>();

  void take(RolloutEvent event, RolloutState after) {
    if (event instanceof RolloutEvent.Held held) {
      end(held.at());
      lines.add(
          new HoldLine(held.reason(), held.detail(), after.weight(), held.at(), Optional.empty()));
      if (lines.size() > MOST) {
        lines.remove(0);
      }
    } else if (after.phase() != Phase.HELD) {
      end(event.at());
    }
  }

  private void end(Instant at) {
    var last = lines.size() - 1;
    if (last >= 0 && lines.get(last).until().isEmpty()) {
      var open = lines.get(last);
      lines.set(
          last,
          new HoldLine(open.reason(), open.detail(), open.weight(), open.from(), Optional.of(at)));
    }
  }

  List<HoldLine> lines(People people) {
    return lines.stream()
        .map(
            it ->
                new HoldLine(
                    it.reason(), people.rename(it.detail()), it.weight(), it.from(), it.until()))
        .toList();
  }
}
