package io.bellwether.metrics.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Serves a {@link MetricsEndpoint} on the HTTP server of the JDK. Put the host's authentication
 * before it where the server can be reached from outside. Thread-safe.
 */
public final class MetricsHandler implements HttpHandler {
  /** As HTTP writes dates, with two digits for the day (RFC 9110, 5.6.7). */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final MetricsEndpoint endpoint;

  private MetricsHandler(MetricsEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** A handler for {@code HttpServer.createContext}. */
  public static MetricsHandler of(MetricsEndpoint endpoint) {
    return new MetricsHandler(endpoint);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var reads = exchange.getRequestMethod().matches("GET|HEAD");
      if (!reads) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      var query = exchange.getRequestURI().getRawQuery();
      send(exchange, endpoint.answer(query == null ? "" : query));
    }
  }

  private static void send(HttpExchange exchange, MetricsEndpoint.Answer answer)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Cache-Control", "no-store");
    headers.set("Last-Modified", HTTP_DATE.format(answer.made()));
    var body = answer.json().getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
