package io.bellwether.metrics;

import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcomes of one version over the time just past. Thread-safe. */
public final class OutcomeWindow {
  private record Sample(long end, long latency, Outcome outcome, long tokens) {}

  private final Ticker ticker;
  private final Duration length;
  private final long deadlineNanos;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final TreeMap<Long, Integer> begun = new TreeMap<>();
  private long scores;
  private double scoreSum;

  OutcomeWindow(Ticker ticker, Duration length, Duration deadline) {
    this.ticker = ticker;
    this.length = length;
    this.deadlineNanos = deadline.toNanos();
  }

  /**
   * A request starts.
   *
   * @param nowNanos a reading of the windows' ticker
   */
  public synchronized void begin(long nowNanos) {
    begun.merge(nowNanos, 1, Integer::sum);
  }

  /**
   * A request that began ends; one call per {@link #begin}.
   *
   * @param startNanos the reading given to {@code begin}
   * @param endNanos a reading of the windows' ticker
   * @param outcome how it ended; one that took longer than the deadline counts as a timeout
   * @param tokens tokens it used; 0 if unknown
   */
  public synchronized void end(long startNanos, long endNanos, Outcome outcome, long tokens) {
    begun.computeIfPresent(startNanos, (start, count) -> count == 1 ? null : count - 1);
    record(endNanos, endNanos - startNanos, outcome, tokens);
  }

  /**
   * A request that was never begun has ended.
   *
   * @param endNanos a reading of the windows' ticker
   * @param latencyNanos how long it took
   * @param outcome how it ended; one that took longer than the deadline counts as a timeout
   * @param tokens tokens it used; 0 if unknown
   */
  public synchronized void record(long endNanos, long latencyNanos, Outcome outcome, long tokens) {
    var counted = latencyNanos > deadlineNanos ? Outcome.timeout() : outcome;
    samples.add(new Sample(endNanos, Math.max(0, latencyNanos), counted, Math.max(0, tokens)));
  }

  /**
   * A request that was never begun has ended just now.
   *
   * @param latency how long it took
   * @param outcome how it ended; one that took longer than the deadline counts as a timeout
   * @param tokens tokens it used; 0 if unknown
   */
  public void record(Duration latency, Outcome outcome, long tokens) {
    record(ticker.nanos(), latency.toNanos(), outcome, tokens);
  }

  /**
   * A score of an answer on a scale of the host, such as 0 to 1.
   *
   * @throws IllegalArgumentException if the score is not finite
   */
  public synchronized void quality(double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("quality score " + score + ": expected a finite number");
    }
    scores++;
    scoreSum += score;
  }

  /** The whole window. */
  public WindowSnapshot snapshot() {
    return snapshot(length);
  }

  /** The last part of the window. */
  public synchronized WindowSnapshot snapshot(Duration window) {
    var now = ticker.nanos();
    var latencies =
        samples.stream()
            .filter(s -> now - s.end <= window.toNanos())
            .mapToLong(Sample::latency)
            .sorted()
            .toArray();
    var counts = new long[Outcome.Kind.values().length];
    Map<String, Long> kinds = new HashMap<>();
    long tokens = 0;
    for (var sample : samples) {
      if (now - sample.end <= window.toNanos()) {
        counts[sample.outcome.kind().ordinal()]++;
        tokens += sample.tokens;
        if (sample.outcome.kind() == Outcome.Kind.ERROR) {
          kinds.merge(sample.outcome.label(), 1L, Long::sum);
        }
      }
    }
    return new WindowSnapshot(
        window,
        latencies.length,
        counts[Outcome.Kind.ERROR.ordinal()],
        counts[Outcome.Kind.EMPTY.ordinal()],
        counts[Outcome.Kind.RATE_LIMITED.ordinal()],
        tokens,
        quantile(latencies, 0.5),
        quantile(latencies, 0.95),
        quantile(latencies, 0.99),
        Map.copyOf(kinds),
        begun.values().stream().mapToInt(Integer::intValue).sum(),
        0,
        begun.isEmpty() ? Duration.ZERO : Duration.ofNanos(now - begun.firstKey()),
        scores,
        scores == 0 ? Double.NaN : scoreSum / scores);
  }

  /** Errors per request over the whole window; NaN without requests. */
  public double errorRate() {
    return snapshot().errorRate();
  }

  /**
   * The sealed blocks after this one, oldest first.
   *
   * @param sequence of the last block already seen; 0 for all that are kept
   */
  public List<BlockCounts> blocksSince(long sequence) {
    return List.of();
  }

  /** The blocks that are not sealed yet, added up. */
  public BlockCounts openBlocks() {
    return new BlockCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Ends the current block, so that none spans a change of weight. */
  public void cutBlock(long nowNanos) {}

  /** From now on requests that take longer than this count as slow in the blocks. */
  public void latencyCut(Duration cut) {}

  private static double quantile(long[] sorted, double q) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(q * sorted.length) - 1] / 1e6;
  }

  @Override
  public String toString() {
    return Arrays.toString(new Object[] {snapshot()});
  }
}
