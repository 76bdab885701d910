package io.bellwether.micrometer;

import io.bellwether.Ratio;
import io.bellwether.slo.Counted;
import io.bellwether.slo.CounterIncrease;
import io.bellwether.slo.Counts;
import io.bellwether.slo.EventSums;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Counters and timers a service has already, as the events of an SLO. Thread-safe.
 *
 * <p>Each {@link #sample} adds what the meters have counted since the one before; the host calls it
 * every few seconds. A meter that appears later has counted from zero, and so has one that took the
 * place of another or shows less than before: it began anew, and nothing is lost or counted twice.
 * Registries whose counts begin anew with every step are not cumulative and cannot be read.
 *
 * <pre>{@code
 * var events = MeterEvents.of(registry, "http.server.requests", sums,
 *     id -> "SERVER_ERROR".equals(id.getTag("outcome")) ? Counted.BAD : Counted.GOOD);
 * scheduler.scheduleAtFixedRate(events::sample, 0, 10, SECONDS);
 * }</pre>
 */
public final class MeterEvents {
  /** A meter's count; the object tells a meter from one that took its place. */
  private record Seen(Meter meter, CounterIncrease count) {}

  private final MeterRegistry registry;
  private final String name;
  private final EventSums sums;
  private final Function<Meter.Id, Counted> classify;
  private final Map<Meter.Id, Seen> seen = new HashMap<>();

  private MeterEvents(
      MeterRegistry registry, String name, EventSums sums, Function<Meter.Id, Counted> classify) {
    this.registry = registry;
    this.name = name;
    this.sums = sums;
    this.classify = classify;
    for (var meter : registry.find(name).meters()) {
      var count = new CounterIncrease();
      count.read(count(meter));
      seen.put(meter.getId(), new Seen(meter, count));
    }
  }

  /**
   * The events of all counters and timers of a name; what they have counted so far is left out.
   *
   * @param name the meters' name
   * @param sums where the events are counted
   * @param classify what the events of a meter are, by its tags
   */
  public static MeterEvents of(
      MeterRegistry registry, String name, EventSums sums, Function<Meter.Id, Counted> classify) {
    return new MeterEvents(registry, name, sums, classify);
  }

  /** Adds what was counted since the last call. */
  public synchronized void sample() {
    var found = registry.find(name).meters();
    for (var meter : found) {
      var grown = counter(meter).read(count(meter));
      switch (classify.apply(meter.getId())) {
        case GOOD -> sums.add(new Counts(grown, grown));
        case BAD -> sums.add(new Counts(0, grown));
        case LEFT_OUT -> {}
      }
    }
    seen.values().removeIf(known -> !found.contains(known.meter()));
  }

  /**
   * Adds one event for the moment: whether a percentile of the timers of a name is strictly below a
   * threshold. Called every five minutes, the share of good ones is "p95 below 2000 ms, sustained".
   * Without a timer that knows the percentile there is no event.
   *
   * @param share the percentile that the timers publish, such as 95 %
   */
  public static void samplePercentile(
      MeterRegistry registry, String name, Ratio share, Duration threshold, EventSums sums) {
    var reading = Latencies.of(registry.find(name).timers(), share.value(), name);
    if (Double.isFinite(reading.value())) {
      var nanos = BigDecimal.valueOf(reading.value()).movePointRight(6);
      var below = nanos.compareTo(BigDecimal.valueOf(threshold.toNanos())) < 0;
      sums.record(below ? Counted.GOOD : Counted.BAD);
    }
  }

  /** A meter nobody has seen before has counted from zero. */
  private CounterIncrease counter(Meter meter) {
    var known = seen.get(meter.getId());
    if (known != null && known.meter() == meter) {
      return known.count();
    }
    var fresh = new CounterIncrease();
    fresh.read(0);
    seen.put(meter.getId(), new Seen(meter, fresh));
    return fresh;
  }

  private static long count(Meter meter) {
    for (var measurement : meter.measure()) {
      if (measurement.getStatistic() == Statistic.COUNT) {
        return Math.max(0, (long) measurement.getValue());
      }
    }
    return 0;
  }
}
