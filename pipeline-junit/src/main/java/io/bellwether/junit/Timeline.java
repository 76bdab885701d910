package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.gate.Verdict;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.RolloutEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A journal for people: what changed and why, without what was merely asked for. */
final class Timeline {
  private final List<String> lines = new ArrayList<>();
  private String lastOutcomes = "";

  private Timeline() {}

  /** One line per change; checks of the gates only when they come out differently. */
  static List<String> of(List<RolloutEvent> journal) {
    var timeline = new Timeline();
    journal.stream()
        .filter(timeline::matters)
        .forEach(event -> timeline.add(Duration.between(journal.get(0).at(), event.at()), event));
    return List.copyOf(timeline.lines);
  }

  private boolean matters(RolloutEvent event) {
    if (event instanceof RolloutEvent.Checked checked) {
      var outcomes = checked.verdicts().stream().map(Verdict::outcome).toList().toString();
      var changed = !outcomes.equals(lastOutcomes);
      lastOutcomes = outcomes;
      return changed && !checked.verdicts().isEmpty();
    }
    if (event instanceof RolloutEvent.Cleared cleared) {
      return cleared.clearance().decision() != Clearance.Decision.GO;
    }
    return !(event instanceof RolloutEvent.Asked)
        && !(event instanceof RolloutEvent.BakeBegan)
        && !(event instanceof RolloutEvent.Announced);
  }

  private void add(Duration after, RolloutEvent event) {
    lines.add(stamp(after) + "  " + event.explain());
  }

  /** For example {@code 0:12:30}. */
  static String stamp(Duration after) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", after.toHours(), after.toMinutesPart(), after.toSecondsPart());
  }

  static String list(List<Alert> alerts) {
    return alerts.stream().map(Alert::toString).collect(Collectors.joining("; "));
  }
}
