package io.bellwether.examples.quickstart.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Servers on ephemeral ports of 127.0.0.1, and clients for them. Thread-safe. */
public final class LocalHttp {
  private static final int BACKLOG = 1024;
  private static final int MAX_BODY_BYTES = 4 << 20;

  static {
    // The JDK reads these once, when the first server or client is created, so they are set here.
    // Without nodelay every answer waits some 40 ms for the peer's delayed acknowledgement.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    // The server never gives up an idle connection before the client does: a request sent into a
    // closing connection would fail through nobody's fault.
    setUnlessGiven("sun.net.httpserver.idleInterval", "300");
    setUnlessGiven("sun.net.httpserver.maxIdleConnections", "10000");
    setUnlessGiven("jdk.httpclient.keepalive.timeout", "60");
  }

  private LocalHttp() {}

  /** A server that is bound but not started; requests are read on the executor. */
  public static HttpServer server(Executor executor) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    var server = HttpServer.create(address, BACKLOG);
    server.setExecutor(executor);
    return server;
  }

  /** Where a server of ours listens. */
  public static URI uri(HttpServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** A client that keeps its connections. */
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        // What the client does itself never blocks, so it may run wherever it arises: on two cores
        // every hand-over to another thread costs more than the work.
        .executor(Runnable::run)
        .build();
  }

  /**
   * The whole body of a request.
   *
   * @throws IOException if it cannot be read or is longer than 4 MiB
   */
  public static byte[] body(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new IOException("request body of more than " + MAX_BODY_BYTES + " bytes");
    }
    return body;
  }

  /** Answers with JSON and ends the exchange. */
  public static void reply(HttpExchange exchange, int status, byte[] json) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, json.length);
      exchange.getResponseBody().write(json);
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
