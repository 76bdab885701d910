package io.bellwether.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers on a port of this machine as Prometheus would, with rows that a test states. */
final class FakePrometheus implements AutoCloseable {
  private static final double NOW = 1_770_000_000;

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpServer server;
  private final Map<String, String> rows = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private int status = 200;
  private String body = "";

  private FakePrometheus(HttpServer server) {
    this.server = server;
  }

  static FakePrometheus start() throws IOException {
    // Without it every answer waits some 40 ms for the peer's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var fake = new FakePrometheus(HttpServer.create(loopback, 0));
    fake.server.setExecutor(fake.workers);
    fake.server.createContext("/api/v1/query", fake::answer);
    fake.server.createContext("/hangs/api/v1/query", fake::hang);
    fake.server.start();
    return fake;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The row of every question about version v7 from now on. */
  FakePrometheus row(Promql.Row row, double value) {
    return raw(row.name(), "\"row\":\"" + row + "\"", value);
  }

  /** Its youngest sample is this old. */
  FakePrometheus seenAgo(double seconds) {
    return row(Promql.Row.SEEN, NOW - seconds);
  }

  FakePrometheus bucket(String le, double value) {
    return raw("le" + le, "\"row\":\"LATENCY\",\"le\":\"" + le + "\"", value);
  }

  private FakePrometheus raw(String key, String labels, double value) {
    var text = Double.isNaN(value) ? "NaN" : String.valueOf(value);
    rows.put(key, "{\"metric\":{" + labels + "},\"value\":[" + NOW + ",\"" + text + "\"]}");
    return this;
  }

  FakePrometheus without(Promql.Row row) {
    rows.remove(row.name());
    return this;
  }

  /** Every answer from now on. */
  FakePrometheus says(int status, String body) {
    this.status = status;
    this.body = body;
    return this;
  }

  /** The expressions asked for so far. */
  List<String> asked() {
    return asked;
  }

  List<String> authorizations() {
    return authorizations;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var query = URLDecoder.decode(form.replaceAll("(^|.*&)query=([^&]*).*", "$2"), UTF_8);
    asked.add(form.contains("&time=") ? query + " @" + form.replaceAll(".*&time=", "") : query);
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    var found = query.contains("version=\"v7\"") ? String.join(",", rows.values()) : "";
    var own = query.startsWith("avg(") ? ownAnswer(query) : found;
    send(
        exchange,
        body.isEmpty()
            ? "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + own
                + "]}}"
            : body);
  }

  private static String ownAnswer(String query) {
    return query.contains("v7") ? "{\"metric\":{},\"value\":[" + NOW + ",\"0.75\"]}" : "";
  }

  private void send(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, 0);
      exchange.getResponseBody().write(text.getBytes(UTF_8));
    }
  }

  private void hang(HttpExchange exchange) throws IOException {
    try (exchange) {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
