package io.bellwether.benchmarks.peers;

import io.bellwether.benchmarks.Routers;
import io.bellwether.benchmarks.RoutingLimit;
import io.bellwether.benchmarks.UserKeys;
import io.bellwether.release.Version;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to decide which version a user gets at 10 %, here and elsewhere. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class RoutingPeersBenchmark {
  /** The least a decision by key can cost. */
  @Benchmark
  public Version limit(RoutingLimit limit, UserKeys keys) {
    return limit.decide(keys.next());
  }

  /** Our decision by key. */
  @Benchmark
  public Version bellwether(Routers routers, UserKeys keys) {
    return routers.byWeight.route(keys.next());
  }

  /** The least a decision by header, cohort and key can cost. */
  @Benchmark
  public Version limitWithOverrides(RoutingLimit limit, Routers routers, UserKeys keys) {
    return limit.decide(keys.next(), routers.headers);
  }

  /** Our decision by a header that is not there, a cohort of 1,000 who do not ask, and the key. */
  @Benchmark
  public Version bellwetherWithOverrides(Routers routers, UserKeys keys) {
    return routers.byAudience.route(keys.next(), routers.requestHeaders);
  }

  /** Togglz, gradual activation. */
  @Benchmark
  public boolean togglz(TogglzPeer peer, UserKeys keys) {
    return peer.decide(keys.nextIndex());
  }

  /** LaunchDarkly, percentage roll-out, contexts at hand. */
  @Benchmark
  public boolean launchDarkly(LaunchDarklyPeer peer, UserKeys keys) {
    return peer.decide(keys.nextIndex());
  }

  /** LaunchDarkly, a context per request. */
  @Benchmark
  public boolean launchDarklyContextPerCall(LaunchDarklyPeer peer, UserKeys keys) {
    return peer.decide(keys.next());
  }

  /** Unleash, its roll-out strategy alone. */
  @Benchmark
  public boolean unleashStrategy(UnleashPeer peer, UserKeys keys) {
    return peer.decide(keys.nextIndex());
  }

  /** OpenFeature, in-memory provider, contexts at hand. */
  @Benchmark
  public boolean openFeature(OpenFeaturePeer peer, UserKeys keys) {
    return peer.decide(keys.nextIndex());
  }

  /** OpenFeature, a context per request. */
  @Benchmark
  public boolean openFeatureContextPerCall(OpenFeaturePeer peer, UserKeys keys) {
    return peer.decide(keys.next());
  }
}
