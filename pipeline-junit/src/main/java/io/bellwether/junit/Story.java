package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.Weight;
import java.util.List;

/**
 * What an assertion looks at.
 *
 * @param state where the rollout stands
 * @param journal how it got there; empty where only the state is known
 * @param alerts what people were told; empty where nobody listened
 */
record Story(RolloutState state, List<RolloutEvent> journal, List<Alert> alerts) {
  /** Whether it waited for this reason at any time. */
  boolean held(HoldReason reason) {
    return state.hold().filter(hold -> hold.reason() == reason).isPresent()
        || journal.stream()
            .anyMatch(event -> event instanceof RolloutEvent.Held held && held.reason() == reason);
  }

  /** The weight the router had last confirmed when the rollout turned back, or has now. */
  Weight reached() {
    for (var i = 0; i < journal.size(); i++) {
      if (journal.get(i) instanceof RolloutEvent.Aborted && i > 0) {
        return RolloutEvent.replay(journal.subList(0, i)).weight();
      }
    }
    return state.weight();
  }

  /** The largest weight the router confirmed. */
  Weight largest() {
    var largest = state.weight();
    for (var i = 1; i <= journal.size(); i++) {
      if (journal.get(i - 1) instanceof RolloutEvent.Moved) {
        var weight = RolloutEvent.replay(journal.subList(0, i)).weight();
        largest = weight.compareTo(largest) > 0 ? weight : largest;
      }
    }
    return largest;
  }

  List<String> told() {
    return alerts.stream().map(Alert::name).toList();
  }

  /** How it went, line by line. */
  String timeline() {
    var lines = journal.isEmpty() ? List.of(state.explain()) : Timeline.of(journal);
    return String.join("\n  ", lines);
  }
}
