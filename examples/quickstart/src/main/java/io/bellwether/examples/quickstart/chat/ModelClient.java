package io.bellwether.examples.quickstart.chat;

import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.model.Completion;
import io.bellwether.examples.quickstart.model.CompletionRequest;
import io.bellwether.examples.quickstart.model.CompletionRequest.Message;
import io.bellwether.metrics.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Asks the model, and says what its answer is worth: that judgement is the host's, not the
 * library's. Thread-safe; a call blocks until the answer is there.
 */
final class ModelClient {
  private static final String MODEL = "small-talk-1";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Outcome HTTP_500 = Outcome.error("http_500");
  private static final Outcome HTTP_503 = Outcome.error("http_503");
  private static final Outcome HTTP_OTHER = Outcome.error("http_other");
  private static final Outcome UNREACHABLE = Outcome.error("unreachable");
  private static final Outcome UNREADABLE = Outcome.error("unreadable");

  private final HttpClient http;
  private final URI completions;

  ModelClient(URI completions) {
    this.http = LocalHttp.client();
    this.completions = completions;
  }

  /** Puts the question to the model under this prompt; every failure is an answer too. */
  Answer ask(Prompt prompt, Question question) throws InterruptedException {
    var body =
        new CompletionRequest(
                MODEL,
                List.of(new Message("system", prompt.text()), new Message("user", question.text())),
                question.maxTokens())
            .toJson();
    var request =
        HttpRequest.newBuilder(completions)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return judge(prompt, http.send(request, BodyHandlers.ofByteArray()));
    } catch (HttpTimeoutException tooSlow) {
      return failed(prompt, Outcome.timeout());
    } catch (IOException unreachable) {
      return failed(prompt, UNREACHABLE);
    }
  }

  private static Answer judge(Prompt prompt, HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 200 -> read(prompt, response.body());
      case 429 -> failed(prompt, Outcome.rateLimited());
      case 500 -> failed(prompt, HTTP_500);
      case 503 -> failed(prompt, HTTP_503);
      default -> failed(prompt, HTTP_OTHER);
    };
  }

  private static Answer read(Prompt prompt, byte[] body) {
    try {
      var completion = Completion.parse(body);
      var outcome = completion.content().isBlank() ? Outcome.empty() : Outcome.success();
      return new Answer(prompt.version(), outcome, completion.content(), completion.totalTokens());
    } catch (IOException notJson) {
      return failed(prompt, UNREADABLE);
    }
  }

  private static Answer failed(Prompt prompt, Outcome outcome) {
    return new Answer(prompt.version(), outcome, "", 0);
  }
}
