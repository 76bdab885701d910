package io.bellwether.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Health over HTTP: {@code /health}, the plain form, and {@code /health/detailed}, both 200 while
 * every check is OK and 503 otherwise. Thread-safe.
 *
 * <p>{@link #answer} serves any server; {@link #handler} is for the JDK's own.
 */
public final class HealthEndpoints {
  /** The plain form's path. */
  public static final String PLAIN = "/health";

  /** The detailed form's path. */
  public static final String DETAILED = "/health/detailed";

  private HealthEndpoints() {}

  /**
   * An answer for any HTTP server.
   *
   * @param status the HTTP status
   * @param contentType always JSON
   * @param body the document
   */
  public record Answer(int status, String contentType, String body) {}

  /**
   * Answers a request for a path, at most after the registry's longest deadline.
   *
   * @return empty when the path is neither endpoint
   */
  public static Optional<Answer> answer(HealthRegistry health, String path) {
    return switch (path) {
      case PLAIN -> Optional.of(plain(health.report()));
      case DETAILED -> Optional.of(detailed(health.report()));
      default -> Optional.empty();
    };
  }

  /** The plain answer. */
  public static Answer plain(HealthReport report) {
    return new Answer(report.httpStatus(), "application/json", report.toPlainJson());
  }

  /** The detailed answer. */
  public static Answer detailed(HealthReport report) {
    return new Answer(report.httpStatus(), "application/json", report.toJson());
  }

  /** Both endpoints as a handler of the JDK's server; other paths are answered 404. */
  public static HttpHandler handler(HealthRegistry health) {
    return exchange -> handle(health, exchange);
  }

  /** Adds both endpoints to a server of the JDK. */
  public static void register(HttpServer server, HealthRegistry health) {
    server.createContext(PLAIN, handler(health));
  }

  private static void handle(HealthRegistry health, HttpExchange exchange) throws IOException {
    try (exchange) {
      var method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      var answer = answer(health, exchange.getRequestURI().getPath());
      if (answer.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      send(exchange, answer.get(), method.equals("HEAD"));
    }
  }

  private static void send(HttpExchange exchange, Answer answer, boolean headOnly)
      throws IOException {
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(answer.status(), headOnly ? -1 : body.length);
    if (!headOnly) {
      exchange.getResponseBody().write(body);
    }
  }
}
