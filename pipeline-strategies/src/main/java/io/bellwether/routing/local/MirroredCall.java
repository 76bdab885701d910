package io.bellwether.routing.local;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a request on its way to the candidate. Whoever takes it first decides what becomes of
 * it, so an executor that runs it late, twice or never does no harm.
 */
final class MirroredCall implements Runnable {
  private final MirrorQueue queue;
  private final Arm candidate;
  private final long since;
  private final Runnable work;
  private final AtomicBoolean taken = new AtomicBoolean();

  /** Set while the caller is handing over; only that very thread ever finds itself here. */
  private @Nullable Thread caller = Thread.currentThread();

  MirroredCall(MirrorQueue queue, Arm candidate, long since, Runnable work) {
    this.queue = queue;
    this.candidate = candidate;
    this.since = since;
    this.work = work;
  }

  @Override
  public void run() {
    queue.run(this);
  }

  Arm candidate() {
    return candidate;
  }

  /** A reading of the ticker, taken when the request was copied. */
  long since() {
    return since;
  }

  boolean take() {
    return taken.compareAndSet(false, true);
  }

  void handedOver() {
    caller = null;
  }

  boolean isOnItsCallersThread() {
    return caller == Thread.currentThread();
  }

  /** Calls the candidate, records and compares; never throws. */
  void make() {
    work.run();
  }
}
