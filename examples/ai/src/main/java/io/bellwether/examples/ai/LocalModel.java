package io.bellwether.examples.ai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that speaks as much of OpenAI's protocol as a chat needs, on this machine alone. Told to
 * say only what is certain, it says nothing, as models do.
 */
public final class LocalModel implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int failWith = 500;

  private LocalModel(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port. */
  public static LocalModel start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var model = new LocalModel(server);
      server.createContext("/v1/chat/completions", model::answer);
      server.start();
      return model;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where a client finds it. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The next requests fail with this status. */
  public LocalModel fail(int status, int times) {
    failWith = status;
    failures.set(times);
    return this;
  }

  /** How many requests came, retries among them. */
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        send(exchange, failWith, "{\"error\":{\"message\":\"not now\"}}");
      } else {
        send(exchange, 200, completion(asked.contains("certain") ? "" : "It arrives tomorrow."));
      }
    }
  }

  private static String completion(String text) {
    return """
        {"id": "1", "object": "chat.completion", "created": 0, "model": "local",
         "choices": [{"index": 0, "finish_reason": "stop",
                      "message": {"role": "assistant", "content": "%s"}}],
         "usage": {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25}}
        """
        .formatted(text);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
