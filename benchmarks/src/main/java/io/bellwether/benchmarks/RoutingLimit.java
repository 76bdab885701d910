package io.bellwether.benchmarks;

import io.bellwether.release.Version;
import io.bellwether.routing.UserHash;
import io.bellwether.routing.Weight;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The least a sticky decision can cost: one volatile read, one hash of every character of the key,
 * one comparison.
 *
 * <p>It knows no blank or short key, no audience and no explanation, and has its hash written out
 * once more, so that the library's own code can be measured against it; {@link #agree} checks that
 * both still choose the same users.
 */
@State(Scope.Benchmark)
public class RoutingLimit {
  private static final Version STABLE = Version.version("v6");
  private static final Version CANDIDATE = Version.version("v7");

  private record Plan(long salt, long threshold, String header, Set<String> cohort) {}

  private volatile Plan plan =
      new Plan(
          hash("support-prompt", 0x6A09E667F3BCC908L),
          UserHash.threshold(Weight.percent(10)),
          "x-canary",
          Routers.COHORT);

  /** Decides by the key alone. */
  public Version decide(String key) {
    var plan = this.plan;
    return hash(key, plan.salt) >>> 32 < plan.threshold ? CANDIDATE : STABLE;
  }

  /** Decides by a header, a cohort and the key. */
  public Version decide(String key, Map<String, String> headers) {
    var plan = this.plan;
    if (headers.get(plan.header) != null || plan.cohort.contains(key)) {
      return CANDIDATE;
    }
    return hash(key, plan.salt) >>> 32 < plan.threshold ? CANDIDATE : STABLE;
  }

  /** Refuses to measure a limit that does another job. */
  @Setup
  public void agree() {
    var hash = UserHash.of("support-prompt");
    for (var key : UserKeys.ALL) {
      if (hash.within(key, Weight.percent(10)) != decide(key).equals(CANDIDATE)) {
        throw new IllegalStateException("the limit decides otherwise for " + key);
      }
    }
  }

  private static long hash(String key, long salt) {
    var length = key.length();
    var last = length - 8;
    var hash = salt;
    for (var at = 0; at < last; at += 8) {
      hash = fold(four(key, at) ^ hash, four(key, at + 4) ^ 0xA54FF53A5F1D36F1L);
    }
    hash = fold(four(key, last) ^ hash, four(key, last + 4) ^ 0xA54FF53A5F1D36F1L);
    return fold(hash ^ 0xBB67AE8584CAA73BL, length ^ 0x3C6EF372FE94F82BL);
  }

  private static long four(String key, int at) {
    return key.charAt(at)
        | (long) key.charAt(at + 1) << 16
        | (long) key.charAt(at + 2) << 32
        | (long) key.charAt(at + 3) << 48;
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.multiplyHigh(x, y);
  }
}
