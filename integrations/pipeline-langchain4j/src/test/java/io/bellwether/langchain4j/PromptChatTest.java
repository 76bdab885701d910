package io.bellwether.langchain4j;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.prompt.PromptRelease;
import io.bellwether.prompt.PromptRepository;
import io.bellwether.release.Release;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptChatTest {
  private static final Map<String, String> ANN = Map.of("customer", "Ann");
  private static final UserMessage QUESTION = UserMessage.from("Where is it?");

  @TempDir private Path folder;
  private PromptRelease prompt;
  private LocalRouter router;

  private record Model(Function<ChatRequest, ChatResponse> answers, List<ChatModelListener> told)
      implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      return answers.apply(request);
    }

    @Override
    public List<ChatModelListener> listeners() {
      return told;
    }
  }

  private record Streaming(Consumer<StreamingChatResponseHandler> answers)
      implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      answers.accept(handler);
    }
  }

  private static final class Handle implements StreamingHandle {
    private boolean cancelled;

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }

  private static class Reader implements StreamingChatResponseHandler {
    final List<Object> heard = new ArrayList<>();

    @Override
    public void onPartialResponse(String part) {
      heard.add(part);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      heard.add(response.aiMessage().text());
    }

    @Override
    public void onError(Throwable error) {
      heard.add(error);
    }
  }

  private static final class Impatient extends Reader {
    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
      heard.add(part.text());
      context.streamingHandle().cancel();
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

  private static ChatResponse answer(String text, FinishReason reason) {
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(text))
        .tokenUsage(new TokenUsage(10, 5))
        .finishReason(reason)
        .build();
  }

  private WindowSnapshot stable() {
    return router.windows().of("support", prompt.release().initial()).snapshot();
  }

  private ChatResponse ask(String user, Function<ChatRequest, ChatResponse> answers) {
    return PromptChat.of(prompt, router, new Model(answers, List.of())).ask(user, ANN, QUESTION);
  }

  private Reader stream(Reader reader, Consumer<StreamingChatResponseHandler> answers) {
    PromptChat.streaming(prompt, router, new Streaming(answers)).stream(
        "ann", ANN, reader, QUESTION);
    return reader;
  }

  @Test
  void the_tests_run_against_the_version_they_are_meant_for() {
    var jar = ChatModel.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).endsWith("core-" + System.getProperty("version.under.test") + ".jar");
  }

  @Test
  void each_user_is_answered_with_their_version_of_the_prompt() {
    var candidate = prompt.candidate().orElseThrow();
    router.apply(
        TrafficSplit.weighted(
            "support", prompt.release().initial(), candidate, Weight.percent(100)));
    var asked = new ArrayList<ChatRequest>();
    Function<ChatRequest, ChatResponse> answers =
        request -> {
          asked.add(request);
          return answer("At the door.", FinishReason.STOP);
        };
    assertThat(ask("ann", answers).aiMessage().text()).isEqualTo("At the door.");
    ask(null, answers);
    assertThat(asked.get(0).messages())
        .containsExactly(SystemMessage.from("Help Ann briefly."), QUESTION);
    assertThat(asked.get(1).messages().get(0)).isEqualTo(SystemMessage.from("Help Ann."));
    var window = router.windows().of("support", candidate).snapshot();
    assertThat(window.requests()).isEqualTo(1);
    assertThat(window.tokens()).isEqualTo(15);
    assertThat(stable().requests()).isEqualTo(1);
  }

  @Test
  void answers_count_by_their_content_and_finish_reason() {
    var judge = ChatOutcomes.classifier();
    assertThat(judge.outcome(answer("yes", FinishReason.STOP))).isEqualTo(Outcome.success());
    assertThat(judge.outcome(answer("yes, but", FinishReason.LENGTH))).isEqualTo(Outcome.success());
    assertThat(judge.outcome(answer(" ", FinishReason.STOP))).isEqualTo(Outcome.empty());
    assertThat(judge.outcome(answer("", FinishReason.LENGTH))).isEqualTo(Outcome.empty());
    assertThat(judge.outcome(answer("I", FinishReason.CONTENT_FILTER)))
        .isEqualTo(Outcome.error("content_filter"));
    var call = ToolExecutionRequest.builder().id("1").name("find").arguments("{}").build();
    var tool = ChatResponse.builder().aiMessage(AiMessage.from(call)).build();
    assertThat(judge.outcome(tool)).isEqualTo(Outcome.success());
    assertThat(judge.tokens(tool)).isZero();
  }

  @Test
  void failures_count_by_what_they_are_however_deep() {
    var judge = ChatOutcomes.classifier();
    assertThat(judge.failure(new RateLimitException("slow"))).isEqualTo(Outcome.rateLimited());
    assertThat(judge.failure(new HttpException(429, ""))).isEqualTo(Outcome.rateLimited());
    assertThat(judge.failure(new TimeoutException("late"))).isEqualTo(Outcome.timeout());
    assertThat(judge.failure(new CompletionException(new java.util.concurrent.TimeoutException())))
        .isEqualTo(Outcome.timeout());
    assertThat(judge.failure(new InternalServerException(new HttpException(503, "down"))))
        .isEqualTo(Outcome.error("http_503"));
    assertThat(judge.failure(new IllegalStateException("odd")))
        .isEqualTo(Outcome.error("IllegalStateException"));
  }

  @Test
  void a_failure_reaches_the_caller_as_it_is() {
    var failure = new RateLimitException("slow down");
    assertThatThrownBy(
            () ->
                ask(
                    "ann",
                    request -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(stable().rateLimited()).isEqualTo(1);
  }

  @Test
  void a_stream_counts_when_it_ends() {
    var reader =
        stream(
            new Reader(),
            handler -> {
              handler.onPartialResponse("At the ");
              assertThat(stable().requests()).isZero();
              assertThat(stable().inFlight()).isEqualTo(1);
              handler.onCompleteResponse(answer("At the door.", FinishReason.STOP));
            });
    assertThat(reader.heard).containsExactly("At the ", "At the door.");
    assertThat(stable().requests()).isEqualTo(1);
    assertThat(stable().tokens()).isEqualTo(15);
    assertThat(stable().inFlight()).isZero();
  }

  @Test
  void a_stream_that_breaks_is_an_error_though_text_had_come() {
    var broken = new HttpException(502, "gone");
    var reader =
        stream(
            new Reader(),
            handler -> {
              handler.onPartialResponse("At");
              handler.onError(broken);
            });
    assertThat(reader.heard).containsExactly("At", broken);
    assertThat(stable().errorKinds()).containsOnly(Map.entry("http_502", 1L));
  }

  @Test
  void a_cancelled_stream_counts_as_what_had_come() {
    var handle = new Handle();
    var context = new PartialResponseContext(handle);
    stream(new Impatient(), h -> h.onPartialResponse(new PartialResponse("At"), context));
    assertThat(handle.isCancelled()).isTrue();
    assertThat(stable().successes()).isEqualTo(1);

    stream(new Impatient(), h -> h.onPartialResponse(new PartialResponse(" "), context));
    assertThat(stable().requests()).isEqualTo(2);
    assertThat(stable().empties()).isEqualTo(1);
    assertThat(stable().inFlight()).isZero();
  }

  @Test
  void a_stream_that_cannot_begin_counts_and_the_failure_reaches_the_caller() {
    assertThatThrownBy(
            () ->
                stream(
                    new Reader(),
                    handler -> {
                      throw new IllegalStateException("no connection");
                    }))
        .hasMessage("no connection");
    assertThat(stable().errors()).isEqualTo(1);
    assertThat(stable().inFlight()).isZero();
  }

  @Test
  void a_listener_records_the_calls_of_one_versions_model() {
    var windows = OutcomeWindows.create(Ticker.system());
    var listener = OutcomeListener.of(windows, "model", version("small"));
    new Model(request -> answer("", FinishReason.STOP), List.of(listener)).chat("Hello");
    var failing =
        new Model(
            request -> {
              throw new RateLimitException("slow down");
            },
            List.of(listener));
    assertThatThrownBy(() -> failing.chat("Hello")).isInstanceOf(RateLimitException.class);
    var seen = windows.of("model", version("small")).snapshot();
    assertThat(seen.requests()).isEqualTo(2);
    assertThat(seen.empties()).isEqualTo(1);
    assertThat(seen.rateLimited()).isEqualTo(1);
    assertThat(seen.tokens()).isEqualTo(15);
  }

  @Test
  void a_router_of_something_else_is_refused() {
    var other = LocalRouter.of(Release.named("billing").initial("v1"));
    var model = new Model(request -> answer("", FinishReason.STOP), List.of());
    assertThatThrownBy(() -> PromptChat.of(prompt, other, model))
        .hasMessage("the router divides 'billing', and the prompt is 'support'");
  }
}
