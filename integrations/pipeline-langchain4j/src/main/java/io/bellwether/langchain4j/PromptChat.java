package io.bellwether.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bellwether.prompt.PromptRelease;
import io.bellwether.release.Version;
import io.bellwether.routing.local.LocalRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model with the version of a released prompt that the user gets, and records what came of
 * it. The prompt is the system message; the model stays the one given here. Thread-safe if the
 * model is.
 */
public final class PromptChat {
  private final PromptRelease prompt;
  private final LocalRouter router;
  private final @Nullable ChatModel model;
  private final @Nullable StreamingChatModel streaming;

  private PromptChat(
      PromptRelease prompt,
      LocalRouter router,
      @Nullable ChatModel model,
      @Nullable StreamingChatModel streaming) {
    this.prompt = requireNonNull(prompt, "prompt: say what is released");
    this.router = requireNonNull(router, "router: say who gets which version");
    this.model = model;
    this.streaming = streaming;
    if (!router.release().name().equals(prompt.release().name())) {
      throw new IllegalArgumentException(
          "the router divides '"
              + router.release().name()
              + "', and the prompt is '"
              + prompt.release().name()
              + "'");
    }
  }

  /** Answers that come as a whole. */
  public static PromptChat of(PromptRelease prompt, LocalRouter router, ChatModel model) {
    return new PromptChat(prompt, router, requireNonNull(model, "model: say who answers"), null);
  }

  /** Answers that come in parts. */
  public static PromptChat streaming(
      PromptRelease prompt, LocalRouter router, StreamingChatModel model) {
    return new PromptChat(prompt, router, null, requireNonNull(model, "model: say who answers"));
  }

  /**
   * Asks, and waits for the answer. What the model throws reaches the caller as it is.
   *
   * @param user who asks; without one, stable answers
   * @param values of the prompt's variables
   * @param messages what follows the system message
   * @throws IllegalArgumentException if a variable of the prompt has no value; that counts as a
   *     failure of the version
   * @throws IllegalStateException if this is one for streams
   */
  public ChatResponse ask(
      @Nullable String user, Map<String, String> values, ChatMessage... messages) {
    var asked = given(model, "PromptChat.of");
    return router.call(
        user, ChatOutcomes.classifier(), version -> asked.chat(request(version, values, messages)));
  }

  /**
   * Asks, and hands the answer over part by part; returns as soon as the model does.
   *
   * @param handler takes the answer; cancelling it counts as what had come by then
   * @throws IllegalArgumentException if a variable of the prompt has no value
   * @throws IllegalStateException if this is not one for streams
   */
  public void stream(
      @Nullable String user,
      Map<String, String> values,
      StreamingChatResponseHandler handler,
      ChatMessage... messages) {
    var asked = given(streaming, "PromptChat.streaming");
    var begun = router.begin(user);
    try {
      asked.chat(request(begun.version(), values, messages), RecordedStream.of(begun, handler));
    } catch (RuntimeException | Error failure) {
      begun.end(ChatOutcomes.classifier().failure(failure), 0);
      throw failure;
    }
  }

  private ChatRequest request(
      Version version, Map<String, String> values, ChatMessage... messages) {
    var all = new ArrayList<ChatMessage>();
    all.add(SystemMessage.from(prompt.prompt(version).render(values)));
    all.addAll(List.of(messages));
    return ChatRequest.builder().messages(all).build();
  }

  private static <M> M given(@Nullable M model, String factory) {
    if (model == null) {
      throw new IllegalStateException(
          "this chat has another kind of model; make one by " + factory);
    }
    return model;
  }
}
