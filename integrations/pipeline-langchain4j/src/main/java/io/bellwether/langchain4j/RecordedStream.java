package io.bellwether.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.bellwether.metrics.Outcome;
import io.bellwether.routing.local.RoutedRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A stream's handler that tells how the stream ended.
 *
 * <p>A proxy, so that what later versions of LangChain4j tell a handler reaches it too.
 */
public final class RecordedStream implements InvocationHandler {
  private final RoutedRequest request;
  private final StreamingChatResponseHandler handler;
  private volatile boolean hasText;

  private RecordedStream(RoutedRequest request, StreamingChatResponseHandler handler) {
    this.request = requireNonNull(request, "request: begin one with router.begin(user)");
    this.handler = requireNonNull(handler, "handler: say who takes the answer");
  }

  /**
   * The same handler, with the end of the stream recorded: its answer, its failure, or what had
   * come when it was cancelled.
   *
   * @param request begun with {@code router.begin(user)}
   */
  public static StreamingChatResponseHandler of(
      RoutedRequest request, StreamingChatResponseHandler handler) {
    return (StreamingChatResponseHandler)
        Proxy.newProxyInstance(
            RecordedStream.class.getClassLoader(),
            new Class<?>[] {StreamingChatResponseHandler.class},
            new RecordedStream(request, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments.length > 0) {
      note(arguments[0], method.getName());
      if (arguments.length > 1) {
        arguments[1] = cancellable(arguments[1]);
      }
    }
    try {
      return method.invoke(handler, arguments);
    } catch (InvocationTargetException thrown) {
      throw requireNonNull(thrown.getCause(), "the cause");
    }
  }

  /** Before the host's handler is called, whose time is no part of the latency. */
  private void note(Object first, String event) {
    if (first instanceof ChatResponse answer) {
      var judge = ChatOutcomes.classifier();
      request.end(judge.outcome(answer), judge.tokens(answer));
    } else if (first instanceof Throwable failure && event.equals("onError")) {
      request.end(ChatOutcomes.classifier().failure(failure), 0);
    } else if (first instanceof PartialResponse part) {
      hasText |= !part.text().isBlank();
    } else if (first instanceof String part && event.equals("onPartialResponse")) {
      hasText |= !part.isBlank();
    }
  }

  private Object cancellable(Object context) {
    if (context instanceof PartialResponseContext text) {
      return new PartialResponseContext(new Cancelling(text.streamingHandle()));
    }
    return context instanceof PartialThinkingContext thinking
        ? new PartialThinkingContext(new Cancelling(thinking.streamingHandle()))
        : context;
  }

  private final class Cancelling implements StreamingHandle {
    private final StreamingHandle handle;

    private Cancelling(StreamingHandle handle) {
      this.handle = handle;
    }

    @Override
    public void cancel() {
      request.end(hasText ? Outcome.success() : Outcome.empty(), 0);
      handle.cancel();
    }

    @Override
    public boolean isCancelled() {
      return handle.isCancelled();
    }
  }
}
