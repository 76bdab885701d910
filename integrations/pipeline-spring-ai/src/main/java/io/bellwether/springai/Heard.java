package io.bellwether.springai;

import io.bellwether.metrics.Outcome;
import org.springframework.ai.chat.client.ChatClientResponse;

/** What has come of a stream; its parts come one after another, on whatever threads. */
final class Heard {
  private volatile boolean content;
  private volatile boolean filtered;
  private volatile long tokens;

  void take(ChatClientResponse part) {
    var answer = part.chatResponse();
    if (answer != null) {
      content |= ChatOutcomes.hasContent(answer);
      filtered |= answer.getResults().stream().anyMatch(ChatOutcomes::isFiltered);
      tokens =
          Math.max(tokens, ChatOutcomes.classifier().tokens(answer)); // usage adds up by itself
    }
  }

  Outcome outcome() {
    return filtered ? Outcome.error("content_filter") : cancelled();
  }

  Outcome cancelled() {
    return content ? Outcome.success() : Outcome.empty();
  }

  long tokens() {
    return tokens;
  }
}
