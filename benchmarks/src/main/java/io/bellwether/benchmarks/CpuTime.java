package io.bellwether.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Prints the CPU time a thread spent per operation, beside JMH's wall time: on a machine with other
 * work it is the figure to trust for one thread, because time spent preempted is not in it. The
 * first two fifths of the iterations are left out as warm-up.
 */
@State(Scope.Thread)
public class CpuTime {
  private static final List<Double> NANOS_PER_OP = Collections.synchronizedList(new ArrayList<>());

  private long ops;
  private long opsBefore;
  private long cpuBefore;

  /** Counts an operation and returns its number, from 0. */
  public final long next() {
    return ops++;
  }

  /** Notes where the iteration starts. */
  @Setup(Level.Iteration)
  public void startIteration() {
    opsBefore = ops;
    cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Notes what the iteration cost. */
  @TearDown(Level.Iteration)
  public void endIteration() {
    var cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
    if (ops > opsBefore) {
      NANOS_PER_OP.add((double) cpu / (ops - opsBefore));
    }
  }

  /** Prints the tenth percentile and the median. */
  @TearDown(Level.Trial)
  public void print() {
    synchronized (NANOS_PER_OP) {
      if (!NANOS_PER_OP.isEmpty()) {
        var all = NANOS_PER_OP.subList(NANOS_PER_OP.size() * 2 / 5, NANOS_PER_OP.size());
        var sorted = all.stream().sorted().toList();
        System.out.printf(
            Locale.ROOT,
            "%nCPU ns/op p10=%.2f median=%.2f n=%d%n",
            sorted.get(sorted.size() / 10),
            sorted.get(sorted.size() / 2),
            sorted.size());
        NANOS_PER_OP.clear();
      }
    }
  }
}
