package io.bellwether.pipeline.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bellwether.InvalidConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmokeTestsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String answer = "{\"answer\":\"x\",\"n\":3,\"ok\":true}";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void paths_stay_behind_the_base() throws Exception {
    run(s -> s.check("a", c -> c.get("/health")).check("b", c -> c.get("//other-host:1/x")));
    assertThat(asked).containsExactly("/app/health", "/app//other-host:1/x");
  }

  @Test
  void a_failing_status_is_not_excused_by_another_expectation() throws Exception {
    assertThat(run(s -> s.check("chat", c -> c.get("/broken").expectText("answer"))))
        .singleElement()
        .asString()
        .startsWith("chat failed: status 500, expected 200 to 299 in");
    assertThat(run(s -> s.check("c", c -> c.get("/broken").expectStatus(500).expectText("answer"))))
        .allMatch(SmokeTests.Finding::passed);
  }

  @Test
  void numbers_and_truth_values_are_compared_as_they_are_written() throws Exception {
    assertThat(
            run(
                s ->
                    s.check("n", c -> c.get("/").expectField("n", "3"))
                        .check("ok", c -> c.get("/").expectField("ok", "true"))
                        .check("n4", c -> c.get("/").expectField("n", "4"))))
        .extracting(SmokeTests.Finding::passed)
        .containsExactly(true, true, false);
  }

  @Test
  void a_header_that_cannot_be_had_fails_its_check_alone_and_says_nothing_of_it() throws Exception {
    var findings =
        run(
            s ->
                s.check("key", c -> c.get("/").header("X-Key", SmokeTestsTest::noKey))
                    .check("next", c -> c.get("/")));
    assertThat(findings.get(0).failures())
        .containsExactly("it could not be asked: IllegalStateException");
    assertThat(findings.get(1).passed()).isTrue();
  }

  @Test
  void an_answer_without_end_in_depth_fails_its_check_alone() throws Exception {
    answer = "{\"a\":".repeat(5_000);
    assertThat(run(s -> s.check("deep", c -> c.get("/").expectField("a", "1"))))
        .singleElement()
        .asString()
        .contains("deep failed: the answer is no JSON");
  }

  @Test
  void what_could_never_be_asked_is_refused_at_once() {
    assertThatThrownBy(
            () ->
                SmokeTests.against(
                    client,
                    URI.create("ftp://me:key@host"),
                    s ->
                        s.check(" ", c -> c.get("/"))
                            .check("gap", c -> c.get("/a b"))
                            .check("none", c -> c.within(Duration.ZERO))
                            .check("ever", c -> c.within(ChronoUnit.FOREVER.getDuration()))
                            .check("ok", c -> c.within(ofSeconds(3_600)))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "has 5 problems",
            "base 'host': expected an http or https address",
            "a check's name is blank",
            "check 'gap': '/a b' is no path",
            "check 'none': within 0ms",
            "check 'ever': within")
        .hasMessageNotContaining("key");
  }

  private List<SmokeTests.Finding> run(UnaryOperator<SmokeTests.Builder> checks) throws Exception {
    var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/app/");
    return SmokeTests.against(client, base, checks).run();
  }

  private static String noKey() {
    throw new IllegalStateException("the key is s3cret");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      var broken = exchange.getRequestURI().getPath().endsWith("/broken");
      exchange.sendResponseHeaders(broken ? 500 : 200, 0);
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }
}
