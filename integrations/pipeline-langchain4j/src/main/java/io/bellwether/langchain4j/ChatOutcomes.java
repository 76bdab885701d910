package io.bellwether.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.bellwether.metrics.Outcome;
import io.bellwether.routing.local.Classifier;
import java.net.http.HttpTimeoutException;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model's answers and failures count as.
 *
 * <p>An answer without text and without a tool call is empty, whatever its finish reason; one that
 * a content filter cut short is an error of kind {@code content_filter}; one that reached its
 * length limit is a success, since there is text. HTTP 429 is rate limited, a time-out is one
 * whatever exception carries it, another HTTP status an error such as {@code http_503}, anything
 * else an error by its class. Thread-safe.
 */
public final class ChatOutcomes implements Classifier<ChatResponse> {
  private static final ChatOutcomes INSTANCE = new ChatOutcomes();
  private static final Outcome CONTENT_FILTER = Outcome.error("content_filter");
  private static final int TOO_MANY_REQUESTS = 429;

  private ChatOutcomes() {}

  /** The judgement, for {@code router.call(user, ChatOutcomes.classifier(), …)}. */
  public static Classifier<ChatResponse> classifier() {
    return INSTANCE;
  }

  @Override
  public Outcome outcome(@Nullable ChatResponse answer) {
    if (answer == null) {
      return Outcome.empty();
    }
    if (answer.finishReason() == FinishReason.CONTENT_FILTER) {
      return CONTENT_FILTER;
    }
    return hasContent(answer.aiMessage()) ? Outcome.success() : Outcome.empty();
  }

  @Override
  public Outcome failure(Throwable failure) {
    var seen = new HashSet<Throwable>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      var known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return Classifier.standard().failure(failure);
  }

  @Override
  public long tokens(@Nullable ChatResponse answer) {
    var usage = answer == null ? null : answer.tokenUsage();
    var total = usage == null ? null : usage.totalTokenCount();
    return total == null ? 0 : total;
  }

  private static Optional<Outcome> known(Throwable failure) {
    if (failure instanceof RateLimitException) {
      return Optional.of(Outcome.rateLimited());
    }
    if (failure instanceof TimeoutException
        || failure instanceof HttpTimeoutException
        || failure instanceof java.util.concurrent.TimeoutException) {
      return Optional.of(Outcome.timeout());
    }
    if (failure instanceof ContentFilteredException) {
      return Optional.of(CONTENT_FILTER);
    }
    return failure instanceof HttpException http
        ? Optional.of(status(http.statusCode()))
        : Optional.empty();
  }

  private static Outcome status(int status) {
    return status == TOO_MANY_REQUESTS ? Outcome.rateLimited() : Outcome.error("http_" + status);
  }

  private static boolean hasContent(@Nullable AiMessage message) {
    return message != null
        && (message.hasToolExecutionRequests()
            || message.text() != null && !message.text().isBlank());
  }
}
