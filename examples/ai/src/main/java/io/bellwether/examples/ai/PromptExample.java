package io.bellwether.examples.ai;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.emptyRate;
import static io.bellwether.gate.Conditions.errorRate;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bellwether.gate.MetricGate;
import io.bellwether.langchain4j.PromptChat;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.prompt.PromptRepository;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.VirtualTime;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Rolls out a good and a bad prompt; the calls are real, the minutes between them are not. */
public final class PromptExample {
  private static final int REQUESTS_A_MINUTE = 30;
  private static final int LONGEST = 60;

  private PromptExample() {}

  /** Prints how both ended. */
  public static void main(String... arguments) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try (var server = LocalModel.start()) {
      var model = model(server);
      System.out.println(rollOut(prompts("good"), model).explain());
      System.out.println(rollOut(prompts("bad"), model).explain());
    }
  }

  /** A client of the server, which tries again once when a request fails. */
  static ChatModel model(LocalModel server) {
    return OpenAiChatModel.builder()
        .baseUrl(server.url())
        .apiKey("none")
        .modelName("local")
        .maxRetries(1)
        .timeout(Duration.ofSeconds(10))
        .build();
  }

  /** The prompts of one of the folders beside this class. */
  static Path prompts(String folder) {
    try {
      var found = PromptExample.class.getResource("/prompts/" + folder);
      return Path.of(Objects.requireNonNull(found, folder).toURI());
    } catch (URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** The end of the candidate in this folder. */
  static RolloutState rollOut(Path folder, ChatModel model) {
    var time = VirtualTime.create();
    var windows = OutcomeWindows.create(time);

    var prompt = PromptRepository.load(folder).release("support");
    var router = LocalRouter.of(prompt.release(), r -> r.windows(windows));
    var chat = PromptChat.of(prompt, router, model);

    var canary =
        DeploymentStrategy.canary(
            "support",
            c ->
                c.step(25, Duration.ofMinutes(5))
                    .step(100, Duration.ofMinutes(5))
                    .gates(
                        MetricGate.named(
                            "answers",
                            g ->
                                g.require(errorRate().atMost(percent(5)))
                                    .require(emptyRate().atMost(percent(2)))
                                    .minSamples(20))));
    try (var runtime =
        RolloutRuntime.create(
            r ->
                r.router(router)
                    .metrics(windows)
                    .release(prompt.release())
                    .threads(RuntimeThreads.inline(time.source())))) {
      var rollout = runtime.start(canary, prompt.candidate().orElseThrow());
      for (var minute = 0; minute < LONGEST && !rollout.state().isTerminal(); minute++) {
        for (var request = 0; request < REQUESTS_A_MINUTE; request++) {
          chat.ask(
              "user-" + request, Map.of("customer", "Ann"), UserMessage.from("Where is my order?"));
        }
        time.advance(Duration.ofMinutes(1));
      }
      return rollout.state();
    }
  }
}
