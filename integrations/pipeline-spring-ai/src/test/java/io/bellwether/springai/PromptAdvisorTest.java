package io.bellwether.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.prompt.PromptRelease;
import io.bellwether.prompt.PromptRepository;
import io.bellwether.release.Release;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

class PromptAdvisorTest {
  @TempDir private Path folder;
  private PromptRelease prompt;
  private LocalRouter router;

  private record Model(
      Function<Prompt, ChatResponse> answers, Function<Prompt, Flux<ChatResponse>> streams)
      implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      return answers.apply(prompt);
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return streams.apply(prompt);
    }
  }

  /** The name says what the retrying models of Spring AI throw. */
  private static final class NonTransientAiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NonTransientAiException(String message) {
      super(message);
    }
  }

  @BeforeEach
  void twoPrompts() throws IOException {
    var support = Files.createDirectories(folder.resolve("support"));
    var head = "---\nvariables:\n  customer: {description: who asks}\n---\n";
    Files.writeString(support.resolve("stable.md"), head + "Help {{customer}}.");
    Files.writeString(support.resolve("candidate.md"), head + "Help {{customer}} briefly.");
    prompt = PromptRepository.load(folder).release("support");
    router = LocalRouter.of(prompt.release());
  }

  private static ChatResponse answer(String text, String reason, int tokens) {
    return new ChatResponse(
        List.of(
            new Generation(
                new AssistantMessage(text),
                ChatGenerationMetadata.builder().finishReason(reason).build())),
        ChatResponseMetadata.builder().usage(new DefaultUsage(tokens, 0)).build());
  }

  private WindowSnapshot stable() {
    return router.windows().of("support", prompt.release().initial()).snapshot();
  }

  private ChatClient.ChatClientRequestSpec asking(ChatModel model, String user) {
    return ChatClient.builder(model)
        .defaultAdvisors(PromptAdvisor.of(prompt, router))
        .build()
        .prompt("Where is it?")
        .advisors(
            a ->
                a.param(PromptAdvisor.USER, user)
                    .param(PromptAdvisor.VARIABLES, Map.of("customer", "Ann")));
  }

  private ChatClient.ChatClientRequestSpec calling(Function<Prompt, ChatResponse> answers) {
    return asking(new Model(answers, asked -> Flux.empty()), "ann");
  }

  private Flux<String> streaming(Flux<ChatResponse> parts) {
    return asking(new Model(asked -> answer("", "stop", 0), asked -> parts), "ann").stream()
        .content();
  }

  @Test
  void the_tests_run_against_the_version_they_are_meant_for() {
    var jar = ChatClient.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).endsWith("chat-" + System.getProperty("version.under.test") + ".jar");
  }

  @Test
  void each_user_is_answered_with_their_version_of_the_prompt() {
    var candidate = prompt.candidate().orElseThrow();
    router.apply(
        TrafficSplit.weighted(
            "support", prompt.release().initial(), candidate, Weight.percent(100)));
    var asked = new ArrayList<Prompt>();
    var text =
        calling(
                request -> {
                  asked.add(request);
                  return answer("At the door.", "stop", 15);
                })
            .system("Be kind.")
            .call()
            .content();
    assertThat(text).isEqualTo("At the door.");
    assertThat(asked.get(0).getSystemMessage().getText()).isEqualTo("Help Ann briefly.\nBe kind.");
    assertThat(asked.get(0).getUserMessage().getText()).isEqualTo("Where is it?");
    var window = router.windows().of("support", candidate).snapshot();
    assertThat(window.requests()).isEqualTo(1);
    assertThat(window.tokens()).isEqualTo(15);
  }

  @Test
  void answers_count_by_their_content_and_finish_reason() {
    var judge = ChatOutcomes.classifier();
    assertThat(judge.outcome(answer("yes", "stop", 1))).isEqualTo(Outcome.success());
    assertThat(judge.outcome(answer("yes, but", "length", 1))).isEqualTo(Outcome.success());
    assertThat(judge.outcome(answer(" ", "stop", 1))).isEqualTo(Outcome.empty());
    assertThat(judge.outcome(new ChatResponse(List.of()))).isEqualTo(Outcome.empty());
    assertThat(judge.outcome(answer("I", "CONTENT_FILTER", 1)))
        .isEqualTo(Outcome.error("content_filter"));
  }

  @Test
  void failures_count_by_what_they_are_however_deep() {
    var judge = ChatOutcomes.classifier();
    assertThat(judge.failure(new NonTransientAiException("HTTP 429 - slow down")))
        .isEqualTo(Outcome.rateLimited());
    assertThat(judge.failure(new NonTransientAiException("503 - down")))
        .isEqualTo(Outcome.error("http_503"));
    assertThat(judge.failure(new NonTransientAiException("no content")))
        .isEqualTo(Outcome.error("NonTransientAiException"));
    assertThat(judge.failure(new IllegalStateException(new SocketTimeoutException("late"))))
        .isEqualTo(Outcome.timeout());
  }

  @Test
  void a_failure_reaches_the_caller_as_it_is() {
    var failure = new NonTransientAiException("429 - slow down");
    var call =
        calling(
            request -> {
              throw failure;
            });
    assertThatThrownBy(() -> call.call().content()).isSameAs(failure);
    assertThat(stable().rateLimited()).isEqualTo(1);
  }

  @Test
  void a_stream_counts_when_it_ends() {
    var parts =
        Flux.just(answer("At ", "", 0), answer("the door.", "stop", 15))
            .doOnComplete(() -> assertThat(stable().requests()).isZero());
    assertThat(streaming(parts).collectList().block()).containsExactly("At ", "the door.");
    assertThat(stable().successes()).isEqualTo(1);
    assertThat(stable().tokens()).isEqualTo(15);
    assertThat(stable().inFlight()).isZero();
  }

  @Test
  void a_stream_without_text_is_empty() {
    streaming(Flux.just(answer("", "stop", 3))).collectList().block();
    assertThat(stable().empties()).isEqualTo(1);
  }

  @Test
  void a_stream_that_breaks_is_an_error_though_text_had_come() {
    var broken = new NonTransientAiException("502 - gone");
    var parts = Flux.just(answer("At", "", 0)).concatWith(Flux.error(broken));
    assertThatThrownBy(() -> streaming(parts).collectList().block()).isSameAs(broken);
    assertThat(stable().errorKinds()).containsOnly(Map.entry("http_502", 1L));
    assertThat(stable().requests()).isEqualTo(1);
  }

  @Test
  void a_cancelled_stream_counts_as_what_had_come() {
    streaming(Flux.just(answer("At", "", 0)).concatWith(Flux.never())).take(1).blockLast();
    assertThat(stable().successes()).isEqualTo(1);
    streaming(Flux.never()).subscribe().dispose();
    assertThat(stable().empties()).isEqualTo(1);
    assertThat(stable().inFlight()).isZero();
  }

  @Test
  void a_router_of_something_else_is_refused() {
    var other = LocalRouter.of(Release.named("billing").initial("v1"));
    assertThatThrownBy(() -> PromptAdvisor.of(prompt, other))
        .hasMessage("the router divides 'billing', and the prompt is 'support'");
  }
}
