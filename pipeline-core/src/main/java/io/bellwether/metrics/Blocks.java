package io.bellwether.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one window, from those that are open to the last ones sealed.
 *
 * <p>Threads find a block and add to it at any time; sealing, cutting and reading happen under the
 * window's lock. A slot is sealed as soon as all its requests have ended, one second after it is
 * over at the earliest; at the deadline otherwise, and always where requests are recorded without
 * having begun, since nobody knows then what is still to come.
 */
final class Blocks {
  /** What {@link #sealNext} says when no slot is complete. */
  static final long NOTHING_SEALED = -1;

  /** How many blocks one slot is cut into at most, so that cutting often fills no memory. */
  static final int MAX_PER_SLOT = 16;

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final VarHandle CURRENT;

  static {
    try {
      CURRENT = MethodHandles.lookup().findVarHandle(Blocks.class, "current", Block.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WindowSettings settings;
  private final long settleNanos;
  private final Hanging hanging = new Hanging();
  private final ArrayDeque<BlockCounts> sealed = new ArrayDeque<>();
  private volatile Block current;
  private volatile long horizon;
  private volatile boolean unannounced;
  private volatile long cutNanos = Long.MAX_VALUE;
  private Block oldest;
  private long sequence;

  Blocks(WindowSettings settings, long now) {
    this.settings = settings;
    settleNanos = Math.min(SETTLE_NANOS, settings.deadlineNanos());
    var start = settings.gridStart(now, settings.blockNanos());
    current = slot(start, null);
    oldest = current;
    horizon = start;
  }

  /** Whether every block that requests of this start could be in has been sealed. */
  boolean isSealed(long start) {
    return start - horizon < 0;
  }

  /** The block of the requests that start at this moment. */
  Block at(long start) {
    var block = current;
    while (start - block.end >= 0) {
      var now = settings.ticker().nanos();
      var real = start - now > 0 ? now : start;
      if (real - block.end < 0) {
        return block;
      }
      var newer = slot(settings.gridStart(real, settings.blockNanos()), block);
      block = CURRENT.compareAndSet(this, block, newer) ? newer : current;
    }
    while (start - block.start < 0) {
      var older = block.previous;
      if (older == null || start - older.end >= 0) {
        break;
      }
      block = older;
    }
    return block;
  }

  /** The block of the requests that start now. */
  Block now() {
    return at(settings.ticker().nanos());
  }

  /** The block for a request that started then and was never begun; not a sealed one. */
  Block unannounced(long start) {
    if (!unannounced) {
      unannounced = true;
    }
    return isSealed(start) ? now() : at(start);
  }

  long cutNanos() {
    return cutNanos;
  }

  void cutNanos(long nanos) {
    cutNanos = nanos;
  }

  Hanging hanging() {
    return hanging;
  }

  /** The start of the first open slot. */
  long horizon() {
    return horizon;
  }

  /** Up to where nothing can be added any more, idle time included. */
  long sealedUpTo(long now) {
    link();
    var late = unannounced ? settings.deadlineNanos() : settleNanos;
    var idle = settings.gridStart(now - late, settings.blockNanos());
    var first = firstOpen();
    var free = first == null || idle - first.start < 0 ? idle : first.start;
    return free - horizon < 0 ? horizon : free;
  }

  /** Starts a new block within a slot, unless that has as many as it may. */
  void split(long when) {
    while (true) {
      var block = at(when);
      if (when - block.start <= 0 || when - block.end >= 0 || block.sealed != null) {
        return;
      }
      if (inSlotOf(block) >= MAX_PER_SLOT) {
        return;
      }
      var rest = new Block(when, block.end, block.slotEnd, settings.means().size(), block);
      if (insert(block, rest)) {
        block.end = when;
        return;
      }
    }
  }

  /**
   * Seals the oldest open slot if it is complete.
   *
   * @return how many of its requests were overdue, or {@link #NOTHING_SEALED}
   */
  long sealNext(long now) {
    link();
    var first = firstOpen();
    if (first == null || now - first.slotEnd < settleNanos) {
      return NOTHING_SEALED;
    }
    var slotEnd = first.slotEnd;
    var hangingInSlot = hanging(first);
    if ((unannounced || hangingInSlot > 0) && now - slotEnd < settings.deadlineNanos()) {
      return NOTHING_SEALED;
    }
    var before = horizon;
    horizon = slotEnd;
    long overdue = 0;
    for (var block = first; block != null && block.slotEnd == slotEnd; block = block.next) {
      overdue += seal(block, hangingInSlot - overdue);
    }
    hanging.add(before, slotEnd, overdue);
    return overdue;
  }

  /**
   * Lets go of blocks sealed long ago. What a thread added to one after it was sealed, having been
   * suspended in between, joins the block of this moment.
   */
  void sweep(long now) {
    link();
    while (oldest.next != null
        && oldest.sealed != null
        && now - oldest.slotEnd >= 2 * settings.deadlineNanos()) {
      join(oldest, oldest.sums().minus(oldest.sealed));
      oldest = oldest.next;
      oldest.previous = null;
    }
  }

  /** Requests that began and have not ended, overdue or not. */
  long inFlight() {
    var count = hanging.count();
    for (var block = current; block != null && block.sealed == null; block = block.previous) {
      count += block.hanging();
    }
    return Math.max(0, count);
  }

  /** How long the oldest request in flight has been so at least. */
  long oldestInFlightNanos(long now) {
    var before = now;
    if (hanging.count() > 0) {
      before = hanging.oldestEnd();
    } else {
      for (var block = current; block != null && block.sealed == null; block = block.previous) {
        if (block.hanging() > 0) {
          before = block.end;
        }
      }
    }
    return Math.max(0, now - before);
  }

  /** The sealed blocks after this one. */
  List<BlockCounts> since(long sequence) {
    var newer = new ArrayList<BlockCounts>();
    for (var counts : sealed) {
      if (counts.sequence() > sequence) {
        newer.add(counts);
      }
    }
    return newer;
  }

  /** What has ended in the blocks that are open. */
  List<BlockCounts> open() {
    var open = new ArrayList<BlockCounts>();
    for (var block = current; block != null && block.sealed == null; block = block.previous) {
      open.add(0, block.sums().toCounts(0, block, 0, false));
    }
    return open;
  }

  void spill() {
    for (var block = current; block != null; block = block.previous) {
      block.spill();
    }
  }

  private int inSlotOf(Block block) {
    link();
    var count = 1;
    for (var older = block.previous;
        older != null && older.slotEnd == block.slotEnd;
        older = older.previous) {
      count++;
    }
    for (var newer = block.next;
        newer != null && newer.slotEnd == block.slotEnd;
        newer = newer.next) {
      count++;
    }
    return count;
  }

  private static long hanging(Block first) {
    long hanging = 0;
    for (var block = first; block != null && block.slotEnd == first.slotEnd; block = block.next) {
      hanging += block.hanging();
    }
    return Math.max(0, hanging);
  }

  /** Seals one block of a slot in which so many requests hang at most; returns its share. */
  private long seal(Block block, long hangingInSlot) {
    var sums = block.sums();
    block.sealed = sums;
    var overdue = Math.min(Math.max(0, sums.hanging()), hangingInSlot);
    var counts = sums.toCounts(sequence + 1, block, overdue, settings.deadlineNanos() >= cutNanos);
    if (counts.requests() > 0) {
      sequence++;
      if (sealed.size() == settings.blocksKept()) {
        sealed.remove();
      }
      sealed.add(counts);
    }
    return overdue;
  }

  private void join(Block block, BlockSums late) {
    for (var i = 0; i < late.ended(); i++) {
      hanging.ended(block.start);
    }
    if (late.recorded() > 0) {
      var to = now();
      to.addTally(0, Block.RECORDED, Tally.of(late.recorded(), late.tokens()));
      to.add(0, Block.ERRORS, Math.min(late.errors(), late.recorded()));
      to.add(0, Block.EMPTIES, Math.min(late.empties(), late.recorded()));
      to.add(0, Block.RATE_LIMITED, Math.min(late.rateLimited(), late.recorded()));
      to.add(0, Block.SLOW, Math.min(late.slow(), late.recorded()));
      to.add(0, Block.EXCESS_TOKENS, late.tokens() - late.cappedTokens());
    }
  }

  /** Puts a block behind another one, unless that has just ceased to be the newest. */
  private boolean insert(Block block, Block rest) {
    link();
    var newer = block.next;
    if (newer != null) {
      newer.previous = rest;
    } else if (!CURRENT.compareAndSet(this, block, rest)) {
      return false;
    }
    rest.next = newer;
    block.next = rest;
    return true;
  }

  /** Makes the list known from the oldest to the newest, as far as it has grown. */
  private void link() {
    var block = current;
    for (var older = block.previous; older != null && older.next == null; older = block.previous) {
      older.next = block;
      block = older;
    }
  }

  private @Nullable Block firstOpen() {
    var block = oldest;
    while (block != null && block.sealed != null) {
      block = block.next;
    }
    return block;
  }

  private Block slot(long start, @Nullable Block previous) {
    var end = start + settings.blockNanos();
    return new Block(start, end, end, settings.means().size(), previous);
  }
}
