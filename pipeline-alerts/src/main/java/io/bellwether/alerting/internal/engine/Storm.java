package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.internal.engine.Memory.KnownStorm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much one receiver was told within a minute, and what was kept back for the summary. */
final class Storm {
  final String receiver;
  private @Nullable Instant windowStart;
  private int sent;
  private final Set<Target> withheld = new LinkedHashSet<>();

  private final Set<Target> summarized = new LinkedHashSet<>();

  private @Nullable Instant since;

  /** A summary arrived, and nobody has heard yet that everything it told of is over. */
  private boolean open;

  private boolean closing;
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

  boolean withholds() {
    return !withheld.isEmpty();
  }

  /** The first summary of a storm; those that follow tell of the same one. */
  void begin(Instant now) {
    if (!open) {
      since = now;
    }
  }

  /** A summary told of this target. */
  void told(Target target) {
    open = true;
    target.summarized = true;
    summarized.add(target);
  }

  /** Forgets targets whose alerts are over; whether people now are to hear that all of it is. */
  boolean close() {
    summarized.removeIf(
        target -> {
          target.summarized = !target.announced.isEmpty();
          return !target.summarized;
        });
    var over = open && !closing && summarized.isEmpty();
    closing |= over;
    return over;
  }

  /** Whether it is still to be told that the storm is over: not when it began again meanwhile. */
  boolean stillClosing() {
    closing = closing && summarized.isEmpty();
    return closing;
  }

  /** People heard that the storm is over, or nobody will tell them any more. */
  void closed() {
    closing = false;
    open = !summarized.isEmpty();
  }

  KnownStorm known() {
    return new KnownStorm(
        Optional.ofNullable(windowStart), sent, Optional.ofNullable(open ? since : null));
  }

  void restore(KnownStorm known) {
    windowStart = known.windowStart().orElse(null);
    sent = known.sent();
    since = known.openSince().orElse(null);
    open = since != null;
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
