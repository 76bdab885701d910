package io.bellwether.examples.quickstart.delivery;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.emptyRate;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.gate.MetricGate;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.stage.DeliveryPipeline;
import io.bellwether.pipeline.stage.DeployStage;
import io.bellwether.pipeline.stage.MonitorStage;
import io.bellwether.pipeline.stage.QualityGate;
import io.bellwether.pipeline.stage.SmokeTests;
import io.bellwether.runtime.StrategyDeployer;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The pipeline of the chat service: what a host writes to bring a prompt to its users. */
final class ChatPipeline {
  private static final int LONGEST_PROMPT = 2_000;
  private static final String QUESTION = "{\"user\":\"smoke\",\"question\":\"Hello?\"}";

  /** What users have to be spared, with the samples a short rollout has. */
  static final MetricGate GATE =
      MetricGate.named(
          "users",
          g ->
              g.require(errorRate().atMost(percent(5)).over(ofMinutes(2)))
                  .require(emptyRate().atMost(percent(5)).over(ofMinutes(2))));

  private ChatPipeline() {}

  /** A second slot is tried without users, then switched to and watched. */
  static DeploymentStrategy staging(String release, PromptSlots slots) {
    return DeploymentStrategy.blueGreen(
        release,
        slots,
        b ->
            b.smokeTest("a few questions", slots::tryOut)
                .watch(ofMinutes(1))
                .gates(GATE)
                .standby(ofMinutes(5)));
  }

  /** A few users first, then more. */
  static DeploymentStrategy production(String release) {
    return DeploymentStrategy.canary(
        release,
        c -> c.step(10, ofMinutes(2)).step(50, ofMinutes(1)).step(100, ofMinutes(1)).gates(GATE));
  }

  /** One reviewer, not the author; one minute to think again; only main; one administrator. */
  static Environment productionRules() {
    return Environment.named(
        "production",
        e ->
            e.reviewers(r -> r.people("lead", "peer"))
                .waitTimer(ofMinutes(1))
                .branches("main")
                .administrators("ops"));
  }

  /** Everything from validation to telling people. */
  static Pipeline of(
      Place staging,
      PromptSlots slots,
      Place production,
      Path coverage,
      TimeSource time,
      Executor executor,
      Consumer<String> tell) {
    var toStaging =
        StrategyDeployer.of(staging.runtime(), staging(staging.release().name(), slots));
    var toProduction =
        StrategyDeployer.of(production.runtime(), production(production.release().name()));
    var users =
        MonitorStage.of(production.release().name(), production.router().windows(), time, executor)
            .gate(GATE)
            .lasting(ofMinutes(1), ofSeconds(30));
    return DeliveryPipeline.named(
        "chat",
        p ->
            p.validate(s -> s.run(ChatPipeline::validate))
                .unitTests(s -> s.run(ChatPipeline::unitTest))
                .integrationTests(s -> again(s).run(c -> integrationTest(staging, c)))
                .qualityGate(s -> s.run(QualityGate.of(coverage)))
                .deployStaging(s -> s.environment("staging").begin(new DeployStage(toStaging)))
                .stagingSmokeTests(s -> again(s).run(smokeTests(staging.http(), staging.uri())))
                .deployProduction(
                    s ->
                        s.environment("production")
                            .stopWithin(ofMinutes(5))
                            .begin(new DeployStage(toProduction)))
                .productionSmokeTests(
                    s -> again(s).run(smokeTests(production.http(), production.uri())))
                .monitor(s -> s.begin(users))
                .tell(s -> s.perform(context -> tell.accept(told(context)))));
  }

  /** Syntax, size and variables of the prompt. */
  static StageResult validate(StageContext context) {
    var text = Prompts.text(context.trigger().version());
    return text.length() > LONGEST_PROMPT || text.isBlank()
        ? StageResult.failure("the prompt has " + text.length() + " characters")
        : StageResult.success("the prompt has " + text.length() + " characters, no variables");
  }

  /** One answer in a hundred fails even from a good model; a smoke test is for what is broken. */
  static Stage.Builder again(Stage.Builder stage) {
    return stage.retries(2, ofSeconds(10));
  }

  /** What the prompt says has to be an instruction to the assistant. */
  static StageResult unitTest(StageContext context) {
    return Prompts.text(context.trigger().version()).startsWith("You are the support assistant")
        ? StageResult.success("1 test passed")
        : StageResult.failure("the prompt does not say who the assistant is");
  }

  /** A question has to be answered, and what is no question refused. */
  static SmokeTests smokeTests(HttpClient http, URI chat) {
    return SmokeTests.against(
        http,
        chat,
        s ->
            s.check("an answer", c -> c.post("/chat", QUESTION).expectText("\"answer\""))
                .check("a refusal", c -> c.post("/chat", "{}").expectStatus(400)));
  }

  /** The whole host with the new prompt, on a port of its own. */
  static StageResult integrationTest(Place staging, StageContext context)
      throws IOException, InterruptedException {
    try (var host = staging.slot("ci", context.trigger().version())) {
      return smokeTests(staging.http(), host.uri()).run(context);
    }
  }

  private static String told(StageContext context) {
    return "run " + context.run() + " of " + context.trigger().version() + " is over";
  }
}
