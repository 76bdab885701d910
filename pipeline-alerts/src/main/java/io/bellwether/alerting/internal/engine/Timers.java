package io.bellwether.alerting.internal.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What falls due and when; a timer that is not wanted any more is found out when it is due. */
final class Timers {
  /** What falls due; of one instant in this order. */
  enum Kind {
    EXPIRY,
    RETRY,
    FLUSH,
    ESCALATION,
    STORM,
    DAILY
  }

  /** Something that falls due. */
  record Timer(Instant at, Kind kind, long number, Object subject) {}

  private static final Comparator<Timer> ORDER =
      Comparator.comparing(Timer::at).thenComparing(Timer::kind).thenComparingLong(Timer::number);

  private final PriorityQueue<Timer> queue = new PriorityQueue<>(ORDER);
  private long numbers;

  void add(Instant at, Kind kind, Object subject) {
    queue.add(new Timer(at, kind, numbers++, subject));
  }

  /** Takes out the next that is due. */
  Optional<Timer> due(Instant now) {
    var next = queue.peek();
    return next != null && !next.at().isAfter(now)
        ? Optional.ofNullable(queue.poll())
        : Optional.empty();
  }

  /** When; {@link Instant#MAX} when nothing is. Asked with every alert. */
  Instant next() {
    var next = queue.peek();
    return next == null ? Instant.MAX : next.at();
  }
}
