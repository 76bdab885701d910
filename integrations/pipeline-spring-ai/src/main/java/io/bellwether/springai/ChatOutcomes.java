package io.bellwether.springai;

import io.bellwether.metrics.Outcome;
import io.bellwether.routing.local.Classifier;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * What a model's answers and failures count as.
 *
 * <p>An answer without text and without a tool call is empty; one that a content filter cut short
 * is an error of kind {@code content_filter}. HTTP 429 is rate limited, a time-out is one whatever
 * exception carries it, another HTTP status an error such as {@code http_503}, anything else an
 * error by its class. Spring AI 1.1 tells the status in the message of its exceptions alone ({@code
 * HTTP 429 - …}), 2.0 by the class of the provider's. Thread-safe.
 */
public final class ChatOutcomes implements Classifier<ChatResponse> {
  static final ChatOutcomes INSTANCE = new ChatOutcomes();
  private static final Outcome CONTENT_FILTER = Outcome.error("content_filter");
  private static final Set<String> FILTERED = Set.of("content_filter", "safety", "refusal");
  private static final Pattern STATUS =
      Pattern.compile("(?:HTTP )?([45]\\d\\d)(?: - |: ).*", Pattern.DOTALL);
  private static final String TOO_MANY_REQUESTS = "429";

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
    if (answer.getResults().stream().anyMatch(ChatOutcomes::isFiltered)) {
      return CONTENT_FILTER;
    }
    return hasContent(answer) ? Outcome.success() : Outcome.empty();
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
    if (answer == null || answer.getMetadata() == null) {
      return 0;
    }
    var usage = answer.getMetadata().getUsage();
    var total = usage == null ? null : usage.getTotalTokens();
    return total == null ? 0 : total;
  }

  /** Whether there is something to show: text that is not blank, or a call of a tool. */
  static boolean hasContent(ChatResponse answer) {
    return answer.hasToolCalls()
        || answer.getResults().stream()
            .map(generation -> generation.getOutput().getText())
            .anyMatch(text -> text != null && !text.isBlank());
  }

  static boolean isFiltered(Generation generation) {
    var metadata = generation.getMetadata();
    var reason = metadata == null ? null : metadata.getFinishReason();
    return reason != null && FILTERED.contains(reason.toLowerCase(Locale.ROOT));
  }

  private static Optional<Outcome> known(Throwable failure) {
    var name = failure.getClass().getSimpleName();
    if (name.startsWith("RateLimit") || name.equals("TooManyRequests")) {
      return Optional.of(Outcome.rateLimited());
    }
    if (failure instanceof TimeoutException
        || failure instanceof HttpTimeoutException
        || failure instanceof SocketTimeoutException) {
      return Optional.of(Outcome.timeout());
    }
    return name.endsWith("AiException") ? status(failure.getMessage()) : Optional.empty();
  }

  private static Optional<Outcome> status(@Nullable String message) {
    return Optional.ofNullable(message)
        .map(STATUS::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .map(
            status ->
                status.equals(TOO_MANY_REQUESTS)
                    ? Outcome.rateLimited()
                    : Outcome.error("http_" + status));
  }
}
