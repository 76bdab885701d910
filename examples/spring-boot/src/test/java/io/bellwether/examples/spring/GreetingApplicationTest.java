package io.bellwether.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

class GreetingApplicationTest {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private static ConfigurableApplicationContext start() {
    return SpringApplication.run(
        GreetingApplication.class,
        "--server.port=0",
        "--spring.main.banner-mode=off",
        "--logging.level.root=ERROR");
  }

  private HttpResponse<String> send(
      ConfigurableApplicationContext context, String path, String method, String body)
      throws IOException, InterruptedException {
    var port = context.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void half_of_the_users_get_the_new_greeting_and_operators_see_the_rollout() throws Exception {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("boot.under.test"));
    try (var context = start()) {
      assertThat(send(context, "/greeting?user=ann", "GET", "").body()).isEqualTo("Good day, ann");
      assertThat(send(context, "/rollout?version=v2", "POST", "").statusCode()).isEqualTo(200);
      awaitBaking(context);

      var greeted = 0;
      for (var user : IntStream.range(0, 40).mapToObj(i -> "user-" + i).toList()) {
        greeted += send(context, "/greeting?user=" + user, "GET", "").body().startsWith("Hi") ? 1 : 0;
      }
      assertThat(greeted).isBetween(8, 32);
      assertThat(send(context, "/actuator/bellwether", "GET", "").body())
          .contains("\"stable\":\"v1\"", "\"candidate\":\"v2\"", "\"weight\":50.0");
      assertThat(send(context, "/actuator/health", "GET", "").body())
          .contains("greeting v2 is BAKING at 50%");
      var abort = "{\"action\":\"abort\",\"reason\":\"\"}";
      assertThat(send(context, "/actuator/bellwether/greeting", "POST", abort).statusCode())
          .as("write operations are off unless the host asks for them")
          .isIn(404, 405);
    }
  }

  private void awaitBaking(ConfigurableApplicationContext context) throws Exception {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!send(context, "/actuator/bellwether/greeting", "GET", "").body().contains("BAKING")) {
      assertThat(System.nanoTime()).as("it bakes within 30 s").isLessThan(deadline);
    }
  }
}
