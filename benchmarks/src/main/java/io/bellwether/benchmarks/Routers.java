package io.bellwether.benchmarks;

import static io.bellwether.release.Version.version;

import io.bellwether.release.Release;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.RequestHeaders;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Our routers at 10 %: one by weight alone, one that asks a header and a cohort before. */
@State(Scope.Benchmark)
public class Routers {
  /** A thousand users, none of whom asks. */
  public static final Set<String> COHORT =
      IntStream.range(0, 1000)
          .mapToObj(number -> "user-vip" + number)
          .collect(Collectors.toCollection(HashSet::new));

  /** Six headers, none of which is asked for. */
  public final Map<String, String> headers =
      new HashMap<>(
          Map.of(
              "host", "a",
              "accept", "b",
              "traceparent", "c",
              "x-request-id", "d",
              "content-type", "e",
              "user-agent", "f"));

  /** The same headers as the router takes them. */
  public final RequestHeaders requestHeaders = RequestHeaders.of(headers);

  /** Decides by weight alone. */
  public final LocalRouter byWeight = router();

  /** Decides by a cohort, a header and the weight. */
  public final LocalRouter byAudience =
      router(Audience.cohort("vip"), Audience.header("x-canary", "always"));

  private static LocalRouter router(Audience... audiences) {
    var release = Release.named("support-prompt").initial("v6");
    var router = LocalRouter.of(release, r -> r.cohort("vip", COHORT::contains));
    router.apply(
        TrafficSplit.weighted("support-prompt", version("v6"), version("v7"), Weight.percent(10))
            .withAudiences(List.of(audiences)));
    return router;
  }
}
