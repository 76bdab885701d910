package io.bellwether.examples.strategies;

import static io.bellwether.release.Version.version;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.JudgedStream;
import io.bellwether.analysis.OutcomeBlocks;
import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.CappedMean;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.RoutedCall;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.testing.VirtualTime;

/** What a judge counts: each request once, and what answers are worth. */
public final class EvidenceExample {
  private static final Version V6 = version("v6");

  private EvidenceExample() {}

  /** Prints what gates and judge see of a request that was tried three times. */
  public static void main(String[] args) {
    var time = VirtualTime.create().source();
    var windows = OutcomeWindows.create(time.ticker());
    var release = Release.named("support-prompt").initial(V6);
    RoutedCall<String, RuntimeException> answer = version -> "answer of " + version;
    var wall = time.wall();
    // begin: one outcome per request
    var judged = OutcomeWindows.create(windows.ticker());
    var router = LocalRouter.of(release, r -> r.windows(windows).judgeOncePerRequest(judged));
    var runtime =
        RolloutRuntime.builder()
            .router(router)
            .metrics(windows)
            .blocks(OutcomeBlocks.of(judged, wall));
    router.call("ann", answer.withId("request-1"));
    router.call("ann", answer.withId("request-1")); // a retry has the same id
    // end
    router.call("ann", answer.withId("request-1"));
    System.out.println(
        "gates see "
            + windows.of("support-prompt", V6).snapshot().requests()
            + " requests, the judge "
            + judged.of("support-prompt", V6).openBlocks().stream()
                .mapToLong(BlockCounts::requests)
                .sum());
    runtime.release(release).build().close();
    System.out.println(judgeOfCosts());
  }

  private static CanaryJudge judgeOfCosts() {
    // begin: bounded values
    var windows =
        OutcomeWindows.create(
            w -> w.mean(CappedMean.of("cost", 0, 0.05)).mean(CappedMean.of("stars", 5, 1)));
    var judge =
        CanaryJudge.sequential(
            j -> j.streams(JudgedStream.errors(), JudgedStream.mean(windows, "cost")));
    // end
    return judge;
  }
}
