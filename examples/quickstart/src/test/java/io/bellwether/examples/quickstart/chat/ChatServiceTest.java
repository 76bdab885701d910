package io.bellwether.examples.quickstart.chat;

import static io.bellwether.Ratio.percent;
import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.model.Behaviour;
import io.bellwether.examples.quickstart.model.LogNormal;
import io.bellwether.examples.quickstart.model.ModelServer;
import io.bellwether.release.Release;
import io.bellwether.release.VersionCatalog;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatServiceTest {
  private static final Behaviour GOOD =
      new Behaviour(new LogNormal(Duration.ofMillis(1), 0), Ratio.ZERO, Ratio.ZERO, Ratio.ZERO);
  private static final Prompt V1 = Prompt.of("v1", "Be brief.");
  private static final Prompt V2 = Prompt.of("v2", "Be warm.");

  private final HttpClient client = LocalHttp.client();
  private final LocalRouter router = LocalRouter.of(Release.named("prompt").initial("v1"));
  private final List<Answer> log = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = GOOD;
  private ModelServer model;
  private ChatService chat;

  @BeforeEach
  void open() throws IOException {
    model = ModelServer.start("test", 1, prompt -> behaviour);
    chat =
        ChatService.start(
            "test",
            model.uri(),
            VersionCatalog.of(Map.of(V1.version(), V1, V2.version(), V2)),
            router,
            (question, answer) -> log.add(answer),
            16);
  }

  @AfterEach
  void close() {
    chat.close();
    model.close();
  }

  private HttpResponse<String> ask(String body) throws Exception {
    var request =
        HttpRequest.newBuilder(chat.uri())
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> ask() throws Exception {
    return ask("{\"user\":\"ann\",\"question\":\"Where is it?\",\"max_tokens\":30}");
  }

  private void route(String candidate, Weight weight) {
    router.apply(TrafficSplit.weighted("prompt", version("v1"), version(candidate), weight));
  }

  @Test
  void a_question_is_answered_with_the_version_its_user_has() throws Exception {
    assertThat(ask().body()).contains("\"version\":\"v1\"", "\"answer\":\"order is on\"");
    route("v2", Weight.FULL);
    assertThat(ask().body()).contains("\"version\":\"v2\"");
  }

  @Test
  void the_router_learns_tokens_and_outcome() throws Exception {
    assertThat(ask().statusCode()).isEqualTo(200);
    behaviour = GOOD.withEmpties(percent(100));
    assertThat(ask().statusCode()).isEqualTo(200);
    var window = router.windows().find("prompt", V1.version()).orElseThrow().snapshot();
    assertThat(window.requests()).isEqualTo(2);
    assertThat(window.empties()).isEqualTo(1);
    assertThat(window.tokens()).as("50 + 30 tokens, then 50 + 0").isEqualTo(130);
    assertThat(log)
        .extracting(answer -> answer.outcome().label())
        .containsExactly("success", "empty");
  }

  @Test
  void what_the_model_fails_is_blamed_on_the_model() throws Exception {
    behaviour = GOOD.withErrors(percent(100));
    var failed = ask();
    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(failed.headers().firstValue(ChatService.FAILED_BY_MODEL).orElseThrow())
        .isIn("http_500", "http_503");
    behaviour = new Behaviour(GOOD.latency(), Ratio.ZERO, Ratio.ONE, Ratio.ZERO);
    var limited = ask();
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue(ChatService.FAILED_BY_MODEL)).contains("rate_limited");
  }

  @Test
  void a_model_that_is_gone_is_the_models_fault_too() throws Exception {
    model.close();
    var response = ask();
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue(ChatService.FAILED_BY_MODEL)).contains("unreachable");
  }

  @Test
  void what_the_host_gets_wrong_is_its_own() throws Exception {
    route("v3", Weight.FULL);
    var response = ask();
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue(ChatService.FAILED_BY_MODEL)).isEmpty();
    assertThat(response.body()).contains("no prompt of version v3");
  }

  @Test
  void what_is_no_question_is_refused() throws Exception {
    assertThat(ask("hello").statusCode()).isEqualTo(400);
    assertThat(ask("{\"user\":\"ann\"}").statusCode()).isEqualTo(400);
  }
}
