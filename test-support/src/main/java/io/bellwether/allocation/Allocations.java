package io.bellwether.allocation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntToLongFunction;

/** Counts what one thread allocates. */
public final class Allocations {
  private Allocations() {}

  /** Bytes the calling thread allocates per call, the least of several rounds. */
  public static double perCall(int calls, IntToLongFunction call) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var self = Thread.currentThread().getId();
    var least = Double.MAX_VALUE;
    var sink = 0L;
    for (var round = 0; round < 10; round++) {
      var before = threads.getThreadAllocatedBytes(self);
      for (var number = 0; number < calls; number++) {
        sink += call.applyAsLong(number);
      }
      var allocated = threads.getThreadAllocatedBytes(self) - before;
      least = Math.min(least, (double) allocated / calls);
    }
    return sink == 42 ? least + 1e-9 : least;
  }
}
