package io.bellwether.examples.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bellwether.BellwetherException;
import io.bellwether.fleet.Fleet;
import io.bellwether.release.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a replica answers over HTTP. */
final class ReplicaServer {
  private static final int THREADS = 16;

  private final Fleet fleet;
  private final HttpServer server;
  private final AtomicLong clockOff;
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

  /** What the server does with a request. */
  @FunctionalInterface
  private interface Page {
    Answer answer(Map<String, String> query);
  }

  /** An answer, with the version that gave it. */
  private record Answer(int status, String version, String text) {
    static Answer of(String text) {
      return new Answer(200, "", text);
    }
  }

  ReplicaServer(Fleet fleet, int port, AtomicLong clockOff) throws IOException {
    this.fleet = fleet;
    this.clockOff = clockOff;
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), THREADS);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    page("/health", query -> Answer.of("ok"));
    page("/chat", query -> chat(query.getOrDefault("user", "nobody")));
    page("/start", query -> start(query.getOrDefault("version", "")));
    page("/jump", query -> jump(query.getOrDefault("seconds", "0")));
    page("/metrics", query -> Answer.of(metrics()));
  }

  void start() {
    server.start();
  }

  /** The line that a host writes: who asks, and what to do with the version. */
  private Answer chat(String user) {
    var router = fleet.routers().router("chat");
    var served = new String[1];
    try {
      return router.call(
          user,
          version -> {
            served[0] = version.id();
            requests.computeIfAbsent(version.id(), id -> new LongAdder()).increment();
            return new Answer(200, version.id(), Model.answer(version));
          });
    } catch (Model.FailedException e) {
      return new Answer(200, served[0], "I am sorry, please ask again.");
    }
  }

  private Answer start(String version) {
    try {
      return Answer.of(fleet.start("chat", new Version(version)).words());
    } catch (BellwetherException e) {
      return new Answer(409, "", String.valueOf(e.getMessage()));
    }
  }

  private Answer jump(String seconds) {
    return Answer.of("off by " + clockOff.addAndGet(Long.parseLong(seconds)) + " s");
  }

  private String metrics() {
    var text = new StringBuilder("# TYPE chat_requests_total counter\n");
    requests.forEach(
        (version, count) ->
            text.append("chat_requests_total{version=\"")
                .append(version)
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
    return text.append("# TYPE chat_fleet_leads gauge\nchat_fleet_leads ")
        .append(fleet.leads() ? 1 : 0)
        .append("\n# TYPE chat_fleet_alone gauge\nchat_fleet_alone ")
        .append(fleet.isAlone() ? 1 : 0)
        .append('\n')
        .toString();
  }

  private void page(String path, Page page) {
    server.createContext(path, exchange -> answer(exchange, page));
  }

  private static void answer(HttpExchange exchange, Page page) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var answer = page.answer(query(exchange));
      var body = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("X-Version", answer.version());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var query = exchange.getRequestURI().getQuery();
    return query == null
        ? Map.of()
        : Arrays.stream(query.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b));
  }
}
