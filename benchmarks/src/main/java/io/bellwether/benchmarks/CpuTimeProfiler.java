package io.bellwether.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds the processor time of the benchmark's threads per operation to each result, a figure that
 * stays usable on a shared machine, where wall time counts the moments others were running.
 *
 * <p>Use it with one thread; of threads that wait for each other it shows too little.
 */
public final class CpuTimeProfiler implements InternalProfiler {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private Map<Long, Long> before = Map.of();

  @Override
  public String getDescription() {
    return "processor time of the benchmark's threads per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = spent();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    var nanos = 0L;
    for (var now : spent().entrySet()) {
      nanos += now.getValue() - before.getOrDefault(now.getKey(), 0L);
    }
    var perOperation = (double) nanos / result.getMetadata().getAllOps();
    return List.of(new ScalarResult("cpu", perOperation, "ns/op", AggregationPolicy.AVG));
  }

  private Map<Long, Long> spent() {
    var nanos = new HashMap<Long, Long>();
    Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().contains("-jmh-worker-"))
        .map(thread -> thread.getThreadId())
        .forEach(id -> nanos.put(id, threads.getThreadCpuTime(id)));
    return nanos;
  }
}
