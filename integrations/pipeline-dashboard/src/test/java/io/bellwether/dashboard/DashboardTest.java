package io.bellwether.dashboard;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.runtime.Rollout;
import io.bellwether.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private World world = new World(d -> d, "chat", "search");

  @AfterEach
  void close() {
    world.close();
  }

  private void with(UnaryOperator<DashboardBuilder> settings) {
    world.close();
    world = new World(settings, "chat");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(world.dashboard().uri().resolve(path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.BodyPublisher form(Map<String, String> fields) {
    return BodyPublishers.ofString(
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&")));
  }

  private HttpRequest.Builder post(String path, Map<String, String> fields) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(form(fields));
  }

  private HttpResponse<String> get(String path) {
    return send(request(path).header("Authorization", "Bearer " + World.TOKEN));
  }

  private HttpResponse<String> act(Rollout rollout, String action, Map<String, String> more) {
    var fields = new HashMap<>(more);
    fields.putIfAbsent("rollout", rollout.id());
    fields.putIfAbsent("reason", "because");
    fields.put("action", action);
    return send(post("/api/act", fields).header("Authorization", "Bearer " + World.TOKEN));
  }

  private HttpResponse<String> login(String token) {
    return send(post("/login", Map.of("token", token)));
  }

  private Rollout started() {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    world.users("chat", version("v2"), ofMinutes(3), 1_000, 1_000);
    return rollout;
  }

  @Test
  void a_stranger_sees_nothing() {
    started();
    for (var path : List.of("/api/rollouts", "/api/rollout?id=x", "/api/events", "/report?id=x")) {
      assertThat(send(request(path)).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(send(request("/api/me")).body()).contains("\"reads\":false").doesNotContain("chat");
    assertThat(send(request("/")).body()).doesNotContain("chat", "v2");
  }

  @Test
  void whoever_has_a_token_sees_lines_details_history_and_budgets() {
    var rollout = started();
    assertThat(get("/api/rollouts").body())
        .contains("\"release\":\"chat\"", "\"phase\":\"BAKING\"", "\"weight\":10.0");
    assertThat(get("/api/rollout?id=" + rollout.id()).body())
        .contains("\"error_rate_high\"", "\"p95_ms\"", "\"gate\":\"production\"");
    assertThat(get("/api/budgets?release=chat").body()).contains("\"slo\":\"availability\"");
    assertThat(get("/api/explain?release=chat&key=user-7").body()).contains("\"explanation\"");
    assertThat(get("/api/history").body()).isEqualTo("[]");
  }

  @Test
  void open_for_reading_lets_anybody_look_and_nobody_act() {
    with(d -> d.openForReading());
    var rollout = started();
    assertThat(send(request("/api/rollouts")).body()).contains("BAKING");
    var answer =
        send(
            post(
                "/api/act",
                Map.of("rollout", rollout.id(), "action", "abort", "reason", "because")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(rollout.state().phase()).isEqualTo(Phase.BAKING);
  }

  @Test
  void an_abort_is_answered_and_traffic_goes_back() {
    var rollout = started();
    var answer = act(rollout, "abort", Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("abort");
    world.time.advance(ofMinutes(1));
    assertThat(world.routers.read("chat").hasCandidate()).isFalse();
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(get("/api/rollout?id=" + rollout.id()).body()).contains("release manager");
  }

  @Test
  void a_rollback_that_failed_is_shown_as_such() {
    var rollout = started();
    world.routerDown = true;
    act(rollout, "abort", Map.of());
    world.time.advance(ofMinutes(10));
    assertThat(get("/api/rollouts").body()).contains("\"phase\":\"ROLLBACK_FAILED\"");
  }

  @Test
  void pause_and_resume_and_who_comes_second_is_told() {
    var rollout = started();
    assertThat(act(rollout, "pause", Map.of()).statusCode()).isEqualTo(200);
    assertThat(act(rollout, "pause", Map.of()))
        .satisfies(second -> assertThat(second.statusCode()).isEqualTo(409))
        .satisfies(second -> assertThat(second.body()).contains("it is paused already"));
    assertThat(act(rollout, "resume", Map.of("reason", "")).statusCode()).isEqualTo(200);
    assertThat(act(rollout, "resume", Map.of()).body()).contains("it is not paused");
    assertThat(act(rollout, "approve", Map.of()).body()).contains("nothing waits for an approval");
    act(rollout, "abort", Map.of());
    assertThat(act(rollout, "abort", Map.of()).statusCode()).isEqualTo(409);
  }

  @Test
  void an_approval_of_a_step_that_is_over_approves_nothing() {
    var rollout = world.runtime.start(World.approved("chat"), version("v2"));
    world.time.advance(ofMinutes(3));
    assertThat(rollout.state().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    assertThat(act(rollout, "approve", Map.of("step", "1")).statusCode()).isEqualTo(200);
    world.time.advance(ofMinutes(3));
    assertThat(rollout.state().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    var stale = act(rollout, "approve", Map.of("step", "1"));
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(stale.body()).contains("it has gone on to step 4 meanwhile; look again");
    assertThat(rollout.state().step()).isEqualTo(3);
  }

  @Test
  void unknown_and_ended_rollouts_and_nonsense_get_a_clear_answer() {
    var rollout = started();
    assertThat(act(rollout, "abort", Map.of("rollout", "nobody")).body())
        .contains("there is no rollout 'nobody' here");
    assertThat(act(rollout, "explode", Map.of()).body()).contains("expected approve, reject");
    assertThat(act(rollout, "abort", Map.of("reason", " ")).body()).contains("say why");
    assertThat(act(rollout, "abort", Map.of("reason", "x".repeat(501))).statusCode())
        .isEqualTo(400);
    assertThat(act(rollout, "abort", Map.of("reason", "x".repeat(20_000))).statusCode())
        .isEqualTo(413);
    rollout.abort("somebody", "first");
    world.time.advance(ofMinutes(5));
    var late = act(rollout, "abort", Map.of());
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("it has ended: chat v2 is ROLLED_BACK");
    assertThat(get("/api/rollout?id=nobody").statusCode()).isEqualTo(404);
    assertThat(get("/api/rollout").statusCode()).isEqualTo(400);
    assertThat(get("/api/explain?release=nobody&key=x").statusCode()).isEqualTo(404);
    assertThat(get("/..%2f..%2fetc/passwd").statusCode()).isEqualTo(404);
    assertThat(send(request("/api/rollouts").method("DELETE", BodyPublishers.noBody())))
        .satisfies(other -> assertThat(other.statusCode()).isEqualTo(405))
        .satisfies(other -> assertThat(other.headers().firstValue("Allow")).isPresent());
  }

  @Test
  void a_session_acts_only_from_our_own_page() {
    var rollout = started();
    var cookie = login(World.TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");
    var session = cookie.substring(0, cookie.indexOf(';'));
    var fields = Map.of("rollout", rollout.id(), "action", "abort", "reason", "because");

    assertThat(send(post("/api/act", fields).header("Cookie", session)).statusCode())
        .isEqualTo(403);
    var me = send(request("/api/me").header("Cookie", session)).body();
    var csrf = me.replaceAll(".*\"csrf\":\"([^\"]+)\".*", "$1");
    var forged =
        post("/api/act", fields)
            .header("Cookie", session)
            .header("X-CSRF-Token", csrf)
            .header("Origin", "https://evil.example");
    assertThat(send(forged).body()).contains("another site");
    assertThat(rollout.state().phase()).isEqualTo(Phase.BAKING);

    var own = post("/api/act", fields).header("Cookie", session).header("X-CSRF-Token", csrf);
    assertThat(send(own).statusCode()).isEqualTo(200);
    send(post("/logout", Map.of()).header("Cookie", session));
    assertThat(send(request("/api/rollouts").header("Cookie", session)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_viewer_looks_and_does_not_act() {
    var rollout = started();
    var answer =
        send(
            post("/api/act", Map.of("rollout", rollout.id(), "action", "abort", "reason", "x"))
                .header("Authorization", "Bearer " + World.VIEWER));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("onlooker may look, and not act");
  }

  @Test
  void guessing_tokens_is_slowed_down() {
    for (var i = 0; i < LoginLimits.OF_ONE; i++) {
      assertThat(login("wrong-" + i).statusCode()).isEqualTo(401);
    }
    var refused = login(World.TOKEN);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(get("/api/rollouts").statusCode()).isEqualTo(429);
  }

  @Test
  void a_program_with_an_old_token_locks_nobody_out() {
    for (var i = 0; i <= LoginLimits.OF_ALL; i++) {
      var old = request("/api/me").header("Authorization", "Bearer a-token-of-last-year");
      assertThat(send(old).statusCode()).isEqualTo(200);
    }
    assertThat(get("/api/rollouts").statusCode()).isEqualTo(200);
  }

  @Test
  void a_host_tells_who_asks_in_its_own_way() {
    with(
        d ->
            d.authenticator(
                header -> header.apply("X-Proxy-User").map(name -> new Operator(name, true))));
    var rollout = started();
    assertThat(send(request("/api/rollouts").header("X-Proxy-User", "kim")).statusCode())
        .isEqualTo(200);
    var fields = Map.of("rollout", rollout.id(), "action", "pause", "reason", "because");
    var simple = post("/api/act", fields).header("X-Proxy-User", "kim");
    assertThat(send(simple).body()).contains("X-CSRF-Token, which no foreign page can");
    assertThat(send(simple.header("X-CSRF-Token", "host")).statusCode()).isEqualTo(200);
    assertThat(world.recorder.requests(rollout.id()).get(0).actor()).isEqualTo("kim");
  }

  @Test
  void every_answer_has_a_strict_policy_and_is_kept_by_nobody() {
    for (var path : List.of("/", "/login", "/assets/app.js", "/api/rollouts", "/nothing")) {
      var headers = send(request(path)).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    }
    assertThat(send(request("/")).body()).doesNotContain("<style", "style=", "onclick", "<script>");
  }

  @Test
  void a_foreign_name_that_leads_here_is_refused() throws IOException {
    var uri = world.dashboard().uri();
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(5_000);
      var ask = "GET /api/me HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).contains(" 421 ");
    }
  }

  @Test
  void an_origin_with_tls_makes_cookies_secure() {
    with(d -> d.origin(URI.create("https://rollouts.example")));
    assertThat(login(World.TOKEN).headers().firstValue("Set-Cookie").orElseThrow())
        .endsWith("; Secure");
  }

  @Test
  void an_open_page_hears_of_what_is_new_and_too_many_are_turned_away() throws Exception {
    with(d -> d.streams(1));
    var events = events();
    assertThat(next(events, "event: rows")).contains("\"rows\":[]");
    var second = send(request("/api/events").header("Authorization", "Bearer " + World.TOKEN));
    assertThat(second.statusCode()).isEqualTo(503);
    started();
    assertThat(next(events, "event: rows")).contains("\"release\":\"chat\"");
    assertThat(next(events, "event: tick")).isEqualTo("data: ");
    events.close();
  }

  private BufferedReader events() throws Exception {
    var request = request("/api/events").header("Authorization", "Bearer " + World.TOKEN).build();
    var answer = http.send(request, BodyHandlers.ofInputStream());
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** The data of the next event of this kind. */
  private static String next(BufferedReader events, String kind) throws IOException {
    for (var line = events.readLine(); line != null; line = events.readLine()) {
      if (line.equals(kind)) {
        return events.readLine();
      }
    }
    throw new AssertionError("the stream ended before " + kind);
  }

  @Test
  void closing_ends_open_streams_and_leaves_no_thread_of_ours() throws Exception {
    var events = events();
    next(events, "event: rows");
    world.dashboard().close();
    assertThat(endOf(events)).isTrue();
  }

  private static boolean endOf(BufferedReader events) {
    try {
      while (events.readLine() != null) {
        // what was under way
      }
      return true;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void hostile_versions_come_as_json_texts() {
    var evil = version("<script>alert(1)</script>\"'");
    world.runtime.start(World.canary("chat"), evil);
    var answer = get("/api/rollouts");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("\"candidate\":\"<script>alert(1)</script>\\\"'\"");
  }

  @Test
  void rollouts_from_before_this_process_are_its_history() {
    var run =
        World.canary("chat")
            .plan()
            .run("chat-old", World.V1, version("v0"), RunInfo.Purpose.DEPLOY, Instant.EPOCH);
    world.store.append("chat-old", 0, List.of(new RolloutEvent.Accepted(Instant.EPOCH, run)));
    assertThat(get("/api/rollouts").body()).isEqualTo("[]");
    assertThat(get("/api/history").body()).contains("\"id\":\"chat-old\"");
    assertThat(get("/api/rollout?id=chat-old").body()).contains("\"candidate\":\"v0\"");
  }

  @Test
  void a_token_is_in_no_answer() {
    started();
    var cookie = login(World.TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
    for (var path : List.of("/api/me", "/api/rollouts", "/api/nothing", "/", "/assets/app.js")) {
      assertThat(get(path).body()).doesNotContain(World.TOKEN);
    }
    assertThat(cookie).doesNotContain(World.TOKEN);
    assertThat(login("guess " + World.TOKEN).body()).doesNotContain(World.TOKEN);
  }

  @Test
  void two_hundred_rollouts_are_listed_soon() {
    var releases = new ArrayList<String>();
    for (var i = 0; i < 200; i++) {
      releases.add("release-" + i);
    }
    world.close();
    world = new World(d -> d, releases.toArray(String[]::new));
    releases.forEach(release -> world.runtime.start(World.canary(release), version("v2")));
    world.time.advance(ofSeconds(30));
    var body = get("/api/rollouts").body();
    assertThat(body.split("\"id\":", -1)).hasSize(201);
  }

  @Test
  void settings_that_show_nothing_or_to_nobody_are_refused_at_once() {
    assertThatThrownBy(
            () ->
                Dashboard.start(
                    d -> d.operator("x", Secret.of("short")).streams(0).origin(URI.create("/x"))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("nothing to show")
        .hasMessageContaining("no threads")
        .hasMessageContaining("the token of 'x' has fewer than 16 characters")
        .hasMessageContaining("streams is 0")
        .hasMessageContaining("the origin is /x");
    assertThatThrownBy(() -> Dashboard.start(d -> d)).hasMessageContaining("nobody could look");
  }
}
