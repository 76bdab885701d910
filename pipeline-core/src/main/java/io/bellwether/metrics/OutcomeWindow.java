package io.bellwether.metrics;

import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The outcomes of one version over the time just past, in counters of fixed size.
 *
 * <p><b>Recording</b> takes three atomic additions, spread so that threads seldom meet; it
 * allocates nothing and does not wait, but for an end after the deadline. Whoever holds a reading
 * of the ticker already passes it on, since reading a clock costs more than counting. A time ahead
 * of the ticker counts as now; one that goes back is harmless.
 *
 * <p><b>The window</b> is made of slices. Reading {@code n} slices covers the current one, which
 * has just begun or is nearly over, and the {@code n - 1} before it: between {@code n - 1} and
 * {@code n} slices, and {@link WindowSnapshot#covered} says how much. Requests count where they
 * end. Latencies are kept in buckets: a quantile from 66 µs to 73 minutes is within 0.8 % of the
 * exact one by nearest rank. Buckets are never finer than 1.024 µs, so that a shorter one is within
 * 0.52 µs; all from 73 minutes on share one bucket, and such a quantile reads 4,380,867 ms.
 *
 * <p><b>The deadline.</b> A request that takes longer than the deadline is an error of kind {@code
 * timeout}, whatever it brings in the end. One that is still in flight then counts at once (when
 * the last request of its block has reached the deadline), with the deadline as its latency, so
 * that a version that hangs does not look good; when it ends after all it leaves the requests in
 * flight and is not counted again.
 *
 * <p><b>Blocks</b> hold the counts by the time requests <em>start</em>, for comparing versions. A
 * block is sealed once all its requests have ended, or else at the deadline (and only then if
 * requests are recorded without having begun, since nobody knows what is still to come). A sealed
 * block never changes; what comes later counts in the block open by then. At most 16 blocks are
 * kept for the time of one, however often it is cut.
 *
 * <p><b>What may be wrong.</b> The counts of the window are complete. A thread that is suspended
 * between taking the time and recording, for as long as the deadline, may be counted in a later
 * block or once more as a timeout, and for twice the deadline be missing from the blocks.
 *
 * <p>Thread-safe.
 */
public final class OutcomeWindow {
  private static final double LARGEST_SCORE = 1e15;

  private final WindowSettings settings;
  private final Consumer<OutcomeWindow> owner;
  private final Ticker ticker;
  private final long deadlineNanos;
  private final SliceRing ring;
  private final Blocks blocks;
  private final OutcomeCounter counter;
  private final long created;
  private final StampedLock lock = new StampedLock();

  /** For snapshots; under the lock. */
  private final WindowFigures figures = new WindowFigures();

  private volatile boolean dropped;

  /**
   * A window that tells its owner when it is used again after it was dropped.
   *
   * @param owner called without a lock held
   */
  OutcomeWindow(WindowSettings settings, Consumer<OutcomeWindow> owner) {
    this.settings = settings;
    this.owner = owner;
    ticker = settings.ticker();
    deadlineNanos = settings.deadlineNanos();
    created = ticker.nanos();
    ring = new SliceRing(settings, created);
    blocks = new Blocks(settings, created);
    counter = new OutcomeCounter(ring, blocks, settings.tokenCap());
  }

  /**
   * A request starts. One call of {@link #end} must follow, or the request counts as a timeout.
   *
   * @param nowNanos a reading of the ticker taken just now; a request said to have begun more than
   *     a second ago may not be seen in flight
   */
  public void begin(long nowNanos) {
    keepUp(nowNanos);
    if (!blocks.isSealed(nowNanos)) {
      blocks.at(nowNanos).add(Stripes.current(), Block.BEGUN, 1);
    }
  }

  /**
   * A request that began has ended.
   *
   * @param startNanos the reading given to {@link #begin}
   * @param endNanos a reading of the ticker
   * @param outcome how it ended; after the deadline it counts as a timeout
   * @param tokens what it used; 0 if unknown, at most {@code 2^32 - 1} are counted
   */
  public void end(long startNanos, long endNanos, Outcome outcome, long tokens) {
    requireOutcome(outcome);
    keepUp(endNanos);
    var latency = Math.max(0, endNanos - startNanos);
    if (latency > deadlineNanos || blocks.isSealed(startNanos)) {
      endLate(startNanos, latency, outcome, tokens);
    } else {
      spillIf(counter.count(blocks.at(startNanos), Block.ENDED, latency, outcome, tokens));
    }
  }

  /**
   * A request that was never begun has ended.
   *
   * @param endNanos a reading of the ticker
   * @param latencyNanos how long it took
   * @param outcome how it ended; one that took longer than the deadline counts as a timeout
   * @param tokens what it used; 0 if unknown, at most {@code 2^32 - 1} are counted
   */
  public void record(long endNanos, long latencyNanos, Outcome outcome, long tokens) {
    requireOutcome(outcome);
    keepUp(endNanos);
    var latency = Math.max(0, latencyNanos);
    if (latency > deadlineNanos) {
      spillIf(counter.count(blocks.now(), Block.RECORDED, latency, Outcome.timeout(), tokens));
    } else {
      var block = blocks.unannounced(endNanos - latency);
      spillIf(counter.count(block, Block.RECORDED, latency, outcome, tokens));
    }
  }

  /**
   * A request that was never begun has ended just now. Reads the clock.
   *
   * @param latency how long it took
   * @param outcome how it ended; one that took longer than the deadline counts as a timeout
   * @param tokens what it used; 0 if unknown, at most {@code 2^32 - 1} are counted
   */
  public void record(Duration latency, Outcome outcome, long tokens) {
    var days = latency.toDays();
    var nanos = days > 1000 ? Long.MAX_VALUE : days < 0 ? 0 : latency.toNanos();
    record(ticker.nanos(), nanos, outcome, tokens);
  }

  /**
   * A score of an answer, on whatever scale the host uses; unlike outcomes it takes a lock.
   *
   * @param score from -1e15 to 1e15, so that no number of them adds up to infinity
   * @throws IllegalArgumentException if the score is none of these
   */
  public void quality(double score) {
    if (!(Math.abs(score) <= LARGEST_SCORE)) {
      throw new IllegalArgumentException(
          "quality score " + score + ": expected a number from -1e15 to 1e15");
    }
    var stamp = lock.writeLock();
    try {
      advance(ticker.nanos());
      ring.addScore(score);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * A value of a request's answer, for the comparison of versions. It belongs to the time the
   * request started, so give it before {@link #end}: what is known later comes too late once the
   * request's block has been sealed.
   *
   * @param startNanos the reading given to {@link #begin}
   * @param mean the place of its mean in {@link OutcomeWindows#means}
   * @param value what lies beyond the mean's bounds counts as the bound
   * @return whether it counts; false where it came too late
   * @throws IllegalArgumentException if the value is NaN
   * @throws IndexOutOfBoundsException if there is no such mean
   */
  public boolean value(long startNanos, int mean, double value) {
    var badness = settings.means().get(mean).badness(value);
    if (blocks.isSealed(startNanos)) {
      return false;
    }
    blocks.at(startNanos).addValue(mean, badness);
    return true;
  }

  /** The whole window. */
  public WindowSnapshot snapshot() {
    return snapshot(settings.slices());
  }

  /**
   * The last part of the window.
   *
   * @param window rounded up to whole slices; the whole window if it is longer than that
   * @throws IllegalArgumentException if it is not positive
   */
  public WindowSnapshot snapshot(Duration window) {
    return snapshot(slicesOf(window));
  }

  /** The figures of the whole window, into an object that is used again; allocates nothing. */
  public void read(WindowFigures into) {
    read(settings.slices(), into);
  }

  /**
   * The figures of the last part of the window, into an object that is used again.
   *
   * @param window rounded up to whole slices; the whole window if it is longer than that
   * @throws IllegalArgumentException if it is not positive
   */
  public void read(Duration window, WindowFigures into) {
    read(slicesOf(window), into);
  }

  /**
   * A quantile of the latencies over the last part of the window, with its 95 % interval.
   *
   * @param window rounded up to whole slices; the whole window if it is longer than that
   * @param percent which quantile, from 1 to 99; 95 is the p95
   * @throws IllegalArgumentException if the window is not positive, or there is no such quantile
   */
  public LatencyBand latencyBand(Duration window, int percent) {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("quantile " + percent + ": expected 1 to 99 percent");
    }
    var slices = slicesOf(window);
    return upToDate(now -> ring.band(slices, ring.sums(slices).requests, percent));
  }

  /**
   * Errors per request over the whole window from running totals; NaN without requests. Requests
   * that have just passed the deadline may be missing until the next slice or snapshot.
   */
  public double errorRate() {
    keepUp(ticker.nanos());
    var stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      var rate = ring.errorRate();
      if (lock.validate(stamp)) {
        return rate;
      }
    }
    return upToDate(now -> ring.errorRate());
  }

  /**
   * The blocks sealed after this one, oldest first. The last ones are kept, over at least the
   * window's length; a gap in the sequence tells that others have been dropped. Blocks without
   * requests are left out.
   *
   * @param sequence of the last block already seen; 0 for all that are kept
   */
  public List<BlockCounts> blocksSince(long sequence) {
    return upToDate(now -> blocks.since(sequence));
  }

  /**
   * The slices that ended after this moment and are over, oldest first, for summing over processes.
   * Those without requests and scores are left out.
   *
   * @param nanos a reading of the ticker
   */
  public List<SliceCounts> slicesSince(long nanos) {
    return upToDate(now -> ring.endedAfter(nanos));
  }

  /**
   * The reading of the ticker up to which everything is sealed: a request that started before is in
   * a sealed block, and where there is none there was no request.
   */
  public long sealedUpTo() {
    return upToDate(blocks::sealedUpTo);
  }

  /** What has ended so far in the blocks that are not sealed yet, oldest first. */
  public List<BlockCounts> openBlocks() {
    return upToDate(now -> blocks.open());
  }

  /**
   * Ends a block at this moment and starts another, so that none spans a change of weight: cut at
   * the moment from which the new weight applies, all versions of the release alike. A block that
   * has been cut into 16 already is not cut again.
   *
   * @param nowNanos a reading of the ticker; ignored if its block has been sealed already
   */
  public void cutBlock(long nowNanos) {
    var stamp = lock.writeLock();
    try {
      advance(ticker.nanos());
      blocks.split(nowNanos);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /**
   * From now on requests that take longer than this count as slow in the blocks. A comparison is
   * only as good as its cut is old: take it from data before the first block to compare.
   *
   * @throws IllegalArgumentException if it is not positive or longer than the deadline, which no
   *     request exceeds without being an error
   */
  public void latencyCut(Duration cut) {
    var deadline = Duration.ofNanos(deadlineNanos);
    if (cut.isZero() || cut.isNegative() || cut.compareTo(deadline) > 0) {
      throw new IllegalArgumentException(
          "latency cut "
              + Durations.plain(cut)
              + ": expected more than nothing and at most the deadline, "
              + Durations.plain(deadline));
    }
    blocks.cutNanos(cut.toNanos());
  }

  /** The snapshot as a sentence. */
  @Override
  public String toString() {
    return snapshot().toString();
  }

  /** Tokens used within exactly this time, and the requests in the slices it touches. */
  TokenUse tokenUse(Duration window) {
    return upToDate(
        now ->
            new TokenUse(
                ring.tokens(now, window.toNanos()), ring.sums(settings.slicesOf(window)).requests));
  }

  /** Whether a request has ended within the window or is in flight. */
  boolean isInUse() {
    var snapshot = snapshot();
    return snapshot.requests() > 0 || snapshot.inFlight() > 0;
  }

  /** About when the last request ended, on the ticker. */
  long lastUse() {
    return upToDate(now -> ring.lastUse());
  }

  /** The owner has let go of this window, or has taken it back. */
  void dropped(boolean dropped) {
    this.dropped = dropped;
  }

  /** Before anything is counted, so that no request is counted in one place only. */
  private static void requireOutcome(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome is missing: expected one such as Outcome.success()");
  }

  private int slicesOf(Duration window) {
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException(
          "window " + Durations.plain(window) + ": expected more than nothing");
    }
    return settings.slicesOf(window);
  }

  private void keepUp(long now) {
    if (now - ring.boundary() >= 0) {
      moveOn(now);
    }
  }

  /** Moves on unless somebody else is at it: a request never waits for the bookkeeping. */
  private void moveOn(long when) {
    var stamp = lock.tryWriteLock();
    if (stamp != 0) {
      try {
        var now = ticker.nanos();
        advance(when - now > 0 ? now : when);
      } finally {
        lock.unlockWrite(stamp);
      }
    }
    if (dropped) {
      owner.accept(this);
    }
  }

  /** Moves on; under the lock. */
  private void advance(long now) {
    var overdue = blocks.sealNext(now);
    while (overdue != Blocks.NOTHING_SEALED) {
      if (overdue > 0) {
        ring.rotate(blocks.horizon() + deadlineNanos);
        ring.addOverdue(overdue, deadlineNanos);
      }
      overdue = blocks.sealNext(now);
    }
    blocks.sweep(now);
    ring.rotate(now);
  }

  /** An end after the deadline, or of a request that was not seen to begin. */
  private void endLate(long start, long latency, Outcome outcome, long tokens) {
    var overdue = latency > deadlineNanos;
    var stamp = lock.writeLock();
    try {
      var sealed = blocks.isSealed(start);
      if (sealed && blocks.hanging().ended(start)) {
        return;
      }
      var block = sealed ? blocks.now() : blocks.at(start);
      var field = sealed ? Block.RECORDED : Block.ENDED;
      counter.count(block, field, latency, overdue ? Outcome.timeout() : outcome, tokens);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void spillIf(boolean full) {
    if (full) {
      var stamp = lock.writeLock();
      try {
        ring.foldLive();
        blocks.spill();
      } finally {
        lock.unlockWrite(stamp);
      }
    }
  }

  private WindowSnapshot snapshot(int slices) {
    var stamp = lock.writeLock();
    try {
      fill(slices, figures);
      return new WindowSnapshot(
          Duration.ofNanos(figures.coveredNanos),
          figures.requests,
          figures.errors,
          figures.empties,
          figures.rateLimited,
          figures.tokens,
          figures.p50,
          figures.p95,
          figures.p99,
          KindCounts.of(ring.kinds().labels(), ring.lastSums().kinds),
          figures.inFlight,
          figures.overdue,
          Duration.ofNanos(figures.oldestInFlightNanos),
          figures.qualityCount,
          figures.qualityMean);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void read(int slices, WindowFigures into) {
    var stamp = lock.writeLock();
    try {
      fill(slices, into);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Fills in the figures of this moment; under the lock. */
  private void fill(int slices, WindowFigures into) {
    var now = ticker.nanos();
    advance(now);
    var sums = ring.sums(slices);
    var latency = ring.quantiles(slices, sums.requests);
    var start = Math.max(ring.start(slices) - now, created - now); // readings may overflow
    sums.copyTo(into);
    into.coveredNanos = Math.max(0, -start);
    into.p50 = latency.p50;
    into.p95 = latency.p95;
    into.p99 = latency.p99;
    into.inFlight = blocks.inFlight();
    into.overdue = blocks.hanging().count();
    into.oldestInFlightNanos = blocks.oldestInFlightNanos(now);
  }

  /** Answers under the lock, once everything that is due has been done. */
  private <T> T upToDate(LongFunction<T> answer) {
    var stamp = lock.writeLock();
    try {
      var now = ticker.nanos();
      advance(now);
      return answer.apply(now);
    } finally {
      lock.unlockWrite(stamp);
    }
  }
}
