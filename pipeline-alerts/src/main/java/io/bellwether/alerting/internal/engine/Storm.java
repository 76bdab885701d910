package io.bellwether.alerting.internal.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much one receiver was told within a minute, and what was kept back for the summary. */
final class Storm {
  final String receiver;
  private @Nullable Instant windowStart;
  private int sent;
  private final Set<Target> withheld = new LinkedHashSet<>();

  /** Told of by a summary and not all over yet. */
  final Set<Target> summarized = new LinkedHashSet<>();

  private @Nullable Instant since;
  private long sequence;

  Storm(String receiver) {
    this.receiver = receiver;
  }

  /** Whether another notification may go out now; counts it if so. */
  boolean admits(int cap, Instant now) {
    var start = windowStart;
    if (start == null || !now.isBefore(start.plus(EngineSettings.STORM_WINDOW))) {
      windowStart = now;
      sent = 0;
    }
    if (sent >= cap) {
      return false;
    }
    sent++;
    return true;
  }

  /** Keeps a target back; whether it is the first. */
  boolean withhold(Target target) {
    var first = withheld.isEmpty();
    target.withheld = true;
    withheld.add(target);
    return first;
  }

  Instant windowEnd(Instant now) {
    return (windowStart == null ? now : windowStart).plus(EngineSettings.STORM_WINDOW);
  }

  List<Target> release() {
    var all = new ArrayList<>(withheld);
    withheld.clear();
    all.forEach(target -> target.withheld = false);
    return all;
  }

  /** The first summary of a storm; those that follow tell of the same one. */
  void begin(Instant now) {
    since = now;
  }

  /** The number of the next notice, which no earlier one had, also before a restart. */
  long next(Instant now) {
    sequence = Math.max(sequence + 1, now.toEpochMilli());
    return sequence;
  }

  String groupKey() {
    return "storm:" + receiver + "@" + since;
  }
}
