package io.bellwether.testing;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A metric source that answers what the test wrote down per version and metric, and remembers what
 * it was asked.
 *
 * <p>A line of the script holds from the moment it is written until a later one takes over; {@link
 * #after} writes lines for later. What nobody scripted has no data. Every release and every window
 * gets the same answer. Thread-safe.
 */
public final class ScriptedMetrics implements MetricSource {
  private static final String SOURCE = "script";

  /**
   * A question this source was asked.
   *
   * @param at elapsed time since the source was created
   * @param query the question
   */
  public record Asked(Duration at, MetricQuery query) {
    /** For example {@code 30s: error_rate of v7 over 5m}. */
    @Override
    public String toString() {
      return Durations.plain(at) + ": " + query;
    }
  }

  private record Key(Version version, Metric metric) {}

  /** What all views of one source share; lines are kept by nanoseconds since the origin. */
  private record State(
      Ticker ticker,
      long origin,
      Map<Key, NavigableMap<Long, MetricSource>> lines,
      NavigableMap<Long, MetricSource> whole,
      List<Asked> asked) {
    long elapsed() {
      return ticker.nanos() - origin;
    }
  }

  private final State state;
  private final long shift;

  private ScriptedMetrics(State state, long shift) {
    this.state = state;
    this.shift = shift;
  }

  /** A source without any data, on this time. */
  public static ScriptedMetrics create(Ticker ticker) {
    var state =
        new State(
            ticker,
            ticker.nanos(),
            new ConcurrentHashMap<>(),
            new ConcurrentSkipListMap<>(),
            new CopyOnWriteArrayList<>());
    return new ScriptedMetrics(state, 0);
  }

  /**
   * From now on the metric has this value.
   *
   * @param value in the metric's unit
   * @param samples how many requests it rests on
   * @throws IllegalArgumentException if the value cannot be one of this metric
   */
  public ScriptedMetrics given(Version version, Metric metric, double value, long samples) {
    var largest = metric.unit() == Metric.Unit.RATIO ? 1 : Double.MAX_VALUE;
    var smallest = metric.unit() == Metric.Unit.VALUE ? -Double.MAX_VALUE : 0;
    if (!(value >= smallest && value <= largest)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "given(%s, %s, %s): no value of unit %s; answering(..) returns whatever you like",
              version,
              metric,
              value,
              metric.unit()));
    }
    return answering(version, metric, query -> Reading.of(value, samples, SOURCE));
  }

  /** From now on the source knows nothing of this metric. */
  public ScriptedMetrics noData(Version version, Metric metric) {
    return answering(version, metric, ScriptedMetrics::nothing);
  }

  /** From now on asking for this metric throws. */
  public ScriptedMetrics failing(
      Version version, Metric metric, Supplier<? extends RuntimeException> error) {
    return answering(version, metric, throwing(error));
  }

  /**
   * From now on each question gets the next of these readings, and the last one again after that.
   *
   * @throws IllegalArgumentException if there is no reading
   */
  public ScriptedMetrics inTurn(Version version, Metric metric, Reading... readings) {
    var list = List.of(readings);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("inTurn(" + version + ", " + metric + "): no reading");
    }
    var turn = new AtomicInteger();
    return answering(
        version,
        metric,
        query -> list.get(turn.getAndUpdate(n -> Math.min(n + 1, list.size() - 1))));
  }

  /** From now on another source answers for this metric. */
  public ScriptedMetrics answering(Version version, Metric metric, MetricSource source) {
    state
        .lines
        .computeIfAbsent(new Key(version, metric), key -> new ConcurrentSkipListMap<>())
        .put(state.elapsed() + shift, source);
    return this;
  }

  /** From now on every question throws, as when the provider is out. */
  public ScriptedMetrics down(Supplier<? extends RuntimeException> error) {
    state.whole.put(state.elapsed() + shift, throwing(error));
    return this;
  }

  /** From now on the source answers again what the script says by then. */
  public ScriptedMetrics up() {
    state.whole.put(state.elapsed() + shift, this::scripted);
    return this;
  }

  /**
   * Writes lines that hold from a later moment.
   *
   * @param delay from now; inside another {@code after}, from its moment
   * @param then writes the lines, for example {@code then -> then.noData(v7, ERROR_RATE)}
   */
  public ScriptedMetrics after(Duration delay, Consumer<ScriptedMetrics> then) {
    then.accept(new ScriptedMetrics(state, shift + MutableClock.forward(delay)));
    return this;
  }

  @Override
  public Reading read(MetricQuery query) {
    var now = state.elapsed();
    state.asked.add(new Asked(Duration.ofNanos(now), query));
    var line = state.whole.floorEntry(now);
    return line == null ? scripted(query) : line.getValue().read(query);
  }

  /** Every question so far, in order, also those that threw. */
  public List<Asked> asked() {
    return List.copyOf(state.asked);
  }

  private Reading scripted(MetricQuery query) {
    var script = state.lines.get(new Key(query.version(), query.metric()));
    var line = script == null ? null : script.floorEntry(state.elapsed());
    return line == null ? nothing(query) : line.getValue().read(query);
  }

  private static Reading nothing(MetricQuery query) {
    return Reading.noData(SOURCE, "the script has no data for " + query);
  }

  private static MetricSource throwing(Supplier<? extends RuntimeException> error) {
    return query -> {
      throw error.get();
    };
  }
}
