package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.JudgedStream;
import io.bellwether.analysis.OutcomeBlocks;
import io.bellwether.metrics.CappedMean;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.local.Classifier;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.RoutedCall;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** From a routed call to the judge's verdict: values of answers, and retries that count once. */
class JudgedOutcomesTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Release CHAT = Release.named("chat").initial(V1);

  /** An answer with what it cost. */
  private record Answer(boolean good, double cost) {}

  private static final Classifier<Answer> CLASSIFIER =
      new Classifier<>() {
        @Override
        public Outcome outcome(Answer answer) {
          return answer.good() ? Outcome.success() : Outcome.error("broken");
        }

        @Override
        public double value(String mean, Answer answer) {
          return answer.cost();
        }
      };

  private final VirtualTime time = VirtualTime.create();
  private final OutcomeWindows windows =
      OutcomeWindows.create(
          w -> w.ticker(time.source().ticker()).mean(CappedMean.of("cost", 0, 0.1)));
  private final OutcomeWindows judged = OutcomeWindows.create(time.source().ticker());
  private int requests;
  private final SplittableRandom chance = new SplittableRandom(5);

  private RolloutRuntime runtime(LocalRouter router, OutcomeWindows counted) {
    return RolloutRuntime.create(
        r ->
            r.router(router)
                .metrics(windows)
                .blocks(OutcomeBlocks.of(counted, time.source().wall()))
                .release(CHAT)
                .threads(RuntimeThreads.inline(time.source())));
  }

  private static DeploymentStrategy canary(JudgedStream stream) {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(50, ofMinutes(15))
                .step(100, ofMinutes(5))
                .judge(CanaryJudge.sequential(j -> j.streams(stream))));
  }

  /** Ten requests a second, each of another user, until it succeeds or has been tried so often. */
  private void serve(
      LocalRouter router, Duration length, int attempts, ToDoubleFunction<Version> cost) {
    for (var i = 0; i < length.toMillis() / 100; i++) {
      requests++;
      var user = "user-" + chance.nextInt(1_000_000);
      var good = chance.nextDouble() >= 0.03;
      RoutedCall<Answer, RuntimeException> call =
          version -> new Answer(good, cost.applyAsDouble(version));
      for (var attempt = 0; attempt < (good ? 1 : attempts); attempt++) {
        router.call(user, CLASSIFIER, call.withId("request-" + requests));
      }
      time.advance(ofMillis(100));
    }
  }

  @Test
  void a_candidate_whose_answers_cost_more_goes_back_though_no_request_fails_more() {
    var router = LocalRouter.of(CHAT, r -> r.windows(windows));
    try (var runtime = runtime(router, windows)) {
      var rollout = runtime.start(canary(JudgedStream.mean(windows, "cost")), V2);
      serve(router, ofMinutes(15), 1, version -> version.equals(V2) ? 0.05 : 0.02);

      assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(rollout.state().cause().map(Cause::kind)).contains(Cause.Kind.JUDGE);
      assertThat(rollout.state().cause().orElseThrow().text()).contains("worse in cost");
    }
  }

  @Test
  void one_whose_answers_cost_as_much_is_promoted() {
    var router = LocalRouter.of(CHAT, r -> r.windows(windows));
    try (var runtime = runtime(router, windows)) {
      var rollout = runtime.start(canary(JudgedStream.mean(windows, "cost")), V2);
      serve(router, ofMinutes(30), 1, version -> chance.nextInt(2) * 0.04);

      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
    }
  }

  @Test
  void retries_of_a_harmless_candidate_alarm_a_judge_that_counts_them_all() {
    var router = LocalRouter.of(CHAT, r -> r.windows(windows).judgeOncePerRequest(judged));
    try (var runtime = runtime(router, windows)) {
      var rollout = runtime.start(canary(JudgedStream.errors()), V2);
      serve(router, ofMinutes(15), 10, version -> 0);

      assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    }
  }

  @Test
  void and_none_that_counts_each_request_once() {
    var router = LocalRouter.of(CHAT, r -> r.windows(windows).judgeOncePerRequest(judged));
    try (var runtime = runtime(router, judged)) {
      var rollout = runtime.start(canary(JudgedStream.errors()), V2);
      serve(router, ofMinutes(30), 10, version -> 0);

      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
    }
  }
}
