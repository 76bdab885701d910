package io.bellwether.benchmarks;

import io.bellwether.release.Version;
import io.bellwether.routing.local.RequestHeaders;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to decide which version a user gets, at a weight of 10 %. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class RoutingBenchmark {
  /** The harness: reading the next key. */
  @Benchmark
  public String baseline(UserKeys keys) {
    return keys.next();
  }

  /** The least a decision by key can cost. */
  @Benchmark
  public Version limit(RoutingLimit limit, UserKeys keys) {
    return limit.decide(keys.next());
  }

  /** Our decision by key. */
  @Benchmark
  public Version route(Routers routers, UserKeys keys) {
    return routers.byWeight.route(keys.next());
  }

  /** The least a decision by header, cohort and key can cost. */
  @Benchmark
  public Version limitWithOverrides(RoutingLimit limit, Routers routers, UserKeys keys) {
    return limit.decide(keys.next(), routers.headers);
  }

  /** Our decision by a header that is not there, a cohort of 1,000 who do not ask, and the key. */
  @Benchmark
  public Version routeWithOverrides(Routers routers, UserKeys keys) {
    return routers.byAudience.route(keys.next(), routers.requestHeaders);
  }

  /** The same with the headers handed over on each request. */
  @Benchmark
  public Version routeWithOverridesHeadersPerCall(Routers routers, UserKeys keys) {
    var headers = RequestHeaders.from(routers.headers::get);
    return routers.byAudience.route(keys.next(), headers);
  }

  /** A whole routed call that does nothing: decision, two clock reads, in flight, outcome. */
  @Benchmark
  public Version call(Routers routers, UserKeys keys) {
    return routers.byWeight.call(keys.next(), version -> version);
  }
}
