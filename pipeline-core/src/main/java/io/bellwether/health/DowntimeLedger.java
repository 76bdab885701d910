package io.bellwether.health;

import io.bellwether.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers when probes were made and what was down; guarded by the monitor that owns it. */
final class DowntimeLedger {
  /** Three months of probes every quarter of an hour. */
  private static final int KEPT = 10_000;

  /** The time up to a probe, and whether the probe came as planned. */
  record Stretch(Instant from, Instant to, boolean covered) {}

  /**
   * What a probe changes.
   *
   * @param gap the time before it, when nobody looked then
   * @param downtime the one it began, prolonged or ended
   */
  record Probed(Optional<Stretch> gap, Optional<Downtime> downtime) {}

  private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
  private final ArrayDeque<Downtime> downtimes = new ArrayDeque<>();
  private Optional<Instant> lastProbe = Optional.empty();
  private Optional<Instant> lastGood = Optional.empty();
  private Optional<Downtime> open = Optional.empty();

  /**
   * Takes a probe's result.
   *
   * @param latestAsPlanned the probe came as planned unless it was later than this
   */
  Probed probed(Instant at, boolean down, Instant latestAsPlanned) {
    var before = lastProbe.map(last -> new Stretch(last, at, !at.isAfter(latestAsPlanned)));
    before.ifPresent(stretch -> add(stretches, stretch));
    lastProbe = Optional.of(at);
    return new Probed(before.filter(stretch -> !stretch.covered()), downtime(at, down));
  }

  private Optional<Downtime> downtime(Instant at, boolean down) {
    if (down) {
      open = Optional.of(open.map(known -> prolonged(known, at)).orElse(begun(at)));
      return open;
    }
    lastGood = Optional.of(at);
    var ended = open.map(known -> ended(known, at));
    ended.ifPresent(downtime -> add(downtimes, downtime));
    open = Optional.empty();
    return ended;
  }

  Optional<Instant> lastProbe() {
    return lastProbe;
  }

  DowntimeReport report(Instant start, Instant end) {
    var touching = new ArrayList<Downtime>();
    var down = Duration.ZERO;
    var longer = Duration.ZERO;
    var shorter = Duration.ZERO;
    for (var downtime : all()) {
      var within = downtime.within(start, end);
      if (!within.isZero()) {
        touching.add(downtime);
        down = down.plus(within);
        longer = longer.plus(downtime.mayBeLongerBy());
        shorter = shorter.plus(downtime.mayBeShorterBy());
      }
    }
    return new DowntimeReport(start, end, touching, down, longer, shorter, coverage(start, end));
  }

  private List<Downtime> all() {
    var all = new ArrayList<>(downtimes);
    open.ifPresent(all::add);
    return all;
  }

  private Ratio coverage(Instant start, Instant end) {
    var covered = Duration.ZERO;
    for (var stretch : stretches) {
      var from = stretch.from().isAfter(start) ? stretch.from() : start;
      var to = stretch.to().isBefore(end) ? stretch.to() : end;
      if (stretch.covered() && to.isAfter(from)) {
        covered = covered.plus(Duration.between(from, to));
      }
    }
    var whole = Duration.between(start, end);
    return whole.isZero() || whole.isNegative()
        ? Ratio.ZERO
        : Ratio.of((double) covered.toNanos() / whole.toNanos());
  }

  private Downtime begun(Instant at) {
    return new Downtime(at, Optional.empty(), lastGood, at);
  }

  private static Downtime prolonged(Downtime known, Instant at) {
    return new Downtime(known.from(), Optional.empty(), known.lastGood(), at);
  }

  private static Downtime ended(Downtime known, Instant at) {
    return new Downtime(known.from(), Optional.of(at), known.lastGood(), known.lastBad());
  }

  private static <T> void add(ArrayDeque<T> history, T element) {
    if (history.size() == KEPT) {
      history.remove();
    }
    history.add(element);
  }
}
