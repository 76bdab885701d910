package io.bellwether.examples.quickstart.model;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.model.CompletionRequest.Message;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelServerTest {
  private static final Behaviour PROMPT =
      new Behaviour(new LogNormal(Duration.ofMillis(1), 0), Ratio.ZERO, Ratio.ZERO, Ratio.ZERO);

  private final HttpClient client = LocalHttp.client();
  private final List<ModelServer> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(ModelServer::close);
  }

  private ModelServer model(long seed, Behaviour behaviour) throws IOException {
    var model = ModelServer.start("test", seed, prompt -> behaviour);
    open.add(model);
    return model;
  }

  private static HttpRequest.Builder to(ModelServer model) {
    return HttpRequest.newBuilder(model.uri()).timeout(Duration.ofSeconds(20));
  }

  private static HttpRequest question(ModelServer model) {
    var request =
        new CompletionRequest(
            "small-talk-1",
            List.of(new Message("system", "Be brief."), new Message("user", "Where is it?")),
            50);
    return to(model).POST(BodyPublishers.ofByteArray(request.toJson())).build();
  }

  private HttpResponse<byte[]> ask(ModelServer model) throws Exception {
    return client.send(question(model), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void an_answer_has_everything_a_client_of_the_protocol_looks_for() throws Exception {
    var response = ask(model(1, PROMPT));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    var completion = Completion.parse(response.body());
    assertThat(completion.id()).startsWith("chatcmpl-");
    assertThat(completion.created()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(completion.model()).isEqualTo("small-talk-1");
    assertThat(Words.tokens(completion.content())).isEqualTo(50);
    assertThat(completion.promptTokens()).isEqualTo(50);
    assertThat(completion.completionTokens()).isEqualTo(50);
    assertThat(text(response))
        .contains("\"object\":\"chat.completion\"")
        .contains("\"finish_reason\":\"stop\"")
        .contains("\"total_tokens\":100");
  }

  @Test
  void failures_have_the_protocols_status_and_body() throws Exception {
    var broken = ask(model(1, PROMPT.withErrors(percent(100))));
    assertThat(broken.statusCode()).isIn(500, 503);
    assertThat(text(broken)).startsWith("{\"error\":{\"message\":").contains("\"type\":\"server_");
    var limited = ask(model(1, new Behaviour(PROMPT.latency(), Ratio.ZERO, Ratio.ONE, Ratio.ZERO)));
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(text(limited)).contains("rate_limit_exceeded");
  }

  @Test
  void an_empty_answer_is_a_success_without_words() throws Exception {
    var response = ask(model(1, PROMPT.withEmpties(percent(100))));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Completion.parse(response.body()).content()).isEmpty();
  }

  @Test
  void what_is_no_request_is_refused() throws Exception {
    var model = model(1, PROMPT);
    var noJson = to(model).POST(BodyPublishers.ofString("hello")).build();
    assertThat(client.send(noJson, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(400);
    var noModel = to(model).POST(BodyPublishers.ofString("{\"messages\":[]}")).build();
    var refused = client.send(noModel, BodyHandlers.ofByteArray());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(text(refused)).contains("you must provide a model");
    assertThat(client.send(to(model).GET().build(), BodyHandlers.ofByteArray()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void the_nth_request_meets_the_same_fate_for_the_same_seed() throws Exception {
    var half = PROMPT.withErrors(percent(50));
    var first = statuses(model(7, half));
    assertThat(statuses(model(7, half))).isEqualTo(first);
    assertThat(statuses(model(8, half))).isNotEqualTo(first);
    assertThat(first).contains(200, 500, 503);
  }

  private List<Integer> statuses(ModelServer model) throws Exception {
    var statuses = new ArrayList<Integer>();
    for (var n = 0; n < 40; n++) {
      statuses.add(ask(model).statusCode());
    }
    return statuses;
  }

  @Test
  void in_an_outage_every_prompt_is_answered_alike() throws Exception {
    var model = model(1, PROMPT);
    model.beginOutage(PROMPT.withErrors(percent(100)));
    assertThat(ask(model).statusCode()).isIn(500, 503);
    model.endOutage();
    assertThat(ask(model).statusCode()).isEqualTo(200);
  }

  @Test
  void hundreds_of_slow_answers_are_under_way_at_once() throws Exception {
    var slow = PROMPT.withLatency(new LogNormal(Duration.ofMillis(500), 0));
    var model = model(1, slow);
    var started = System.nanoTime();
    var answers = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
    for (var n = 0; n < 300; n++) {
      answers.add(client.sendAsync(question(model), BodyHandlers.ofByteArray()));
    }
    for (var answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .as("one after another they would take 150 s, two at a time 75 s")
        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(15));
  }
}
