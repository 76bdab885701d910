package io.bellwether.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.util.Map;

/**
 * Records what a model object answers, where each version has a model object of its own: give it to
 * the model's builder. Not beside {@link PromptChat} or {@code router.call(..)}, which record too.
 *
 * <p>It is told of a call when it has ended, so calls under way are not seen, nor are streams that
 * are cancelled. Thread-safe.
 */
public final class OutcomeListener implements ChatModelListener {
  private final Object started = new Object();
  private final OutcomeWindows windows;
  private final String release;
  private final Version version;

  private OutcomeListener(OutcomeWindows windows, String release, Version version) {
    this.windows = windows;
    this.release = release;
    this.version = version;
  }

  /** Records into these windows, as this version of this release. */
  public static OutcomeListener of(OutcomeWindows windows, String release, Version version) {
    return new OutcomeListener(windows, release, version);
  }

  @Override
  public void onRequest(ChatModelRequestContext context) {
    context.attributes().put(started, windows.ticker().nanos());
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    ChatResponse answer = context.chatResponse();
    var judge = ChatOutcomes.classifier();
    record(context.attributes(), judge.outcome(answer), judge.tokens(answer));
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    record(context.attributes(), ChatOutcomes.classifier().failure(context.error()), 0);
  }

  private void record(Map<Object, Object> attributes, Outcome outcome, long tokens) {
    if (attributes.get(started) instanceof Long start) {
      var now = windows.ticker().nanos();
      windows.of(release, version).record(now, now - start, outcome, tokens);
    }
  }
}
