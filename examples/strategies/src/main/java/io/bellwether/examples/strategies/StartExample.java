package io.bellwether.examples.strategies;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.Gates;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;

/** The first five minutes. */
public final class StartExample {
  private StartExample() {}

  /** Answers some users while a new prompt begins, and takes it back. */
  public static void main(String[] args) {
    // begin: start-router
    var release = Release.named("support-prompt").initial(version("v6"));
    var router = LocalRouter.of(release);
    // end

    // begin: start-runtime
    var canary =
        DeploymentStrategy.canary(
            "support-prompt",
            c ->
                c.step(10, ofMinutes(10))
                    .step(50, ofMinutes(10))
                    .step(100, ofMinutes(15))
                    .gates(Gates.canaryDefaults())
                    .judge(CanaryJudge.sequential()));
    var runtime =
        RolloutRuntime.create(
            r -> r.router(router).metrics(router.windows()).release(release).resume(canary));
    var rollout = runtime.start(canary, version("v7"));
    // end

    for (var user = 0; user < 100; user++) {
      answer(router, "user-" + user);
    }

    // begin: start-watch
    System.out.println(rollout.state().explain());
    rollout.abort("on call", "that is enough for a first look");
    // end
    runtime.close(); // nothing remembers the rollout here, so everybody is back on stable then
    System.out.println("user-1 gets " + router.route("user-1"));
  }

  // begin: start-call
  static String answer(LocalRouter router, String user) {
    return router.call(user, version -> ask(version, "How do I change my plan?"));
  }

  // end

  private static String ask(Version prompt, String question) {
    return prompt + " answers: " + question;
  }
}
