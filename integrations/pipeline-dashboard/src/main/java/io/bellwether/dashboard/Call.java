package io.bellwether.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request, as far as it is asked about; bounded in everything that is read of it. */
final class Call {
  private static final int MOST_BODY = 16 * 1024;
  private static final int MOST_QUERY = 4 * 1024;

  private final HttpExchange exchange;
  private Optional<Map<String, String>> form = Optional.empty();

  Call(HttpExchange exchange) {
    this.exchange = exchange;
  }

  HttpExchange exchange() {
    return exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  /** Who is on the other end of the connection; a proxy is everybody. */
  String peer() {
    return exchange.getRemoteAddress().getAddress().getHostAddress();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  Optional<String> cookie(String name) {
    for (var pair : header("Cookie").orElse("").split(";", 50)) {
      var parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        return Optional.of(parts[1]);
      }
    }
    return Optional.empty();
  }

  /** A parameter of the address. */
  Optional<String> query(String name) {
    var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    if (query.length() > MOST_QUERY) {
      throw new Refusal(414, "the address is too long");
    }
    return Optional.ofNullable(fields(query).get(name));
  }

  String need(String name) {
    return query(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> new Refusal(400, "the parameter '" + name + "' is missing"));
  }

  /** A field of the form that was sent. */
  Optional<String> field(String name) {
    if (form.isEmpty()) {
      form = Optional.of(fields(body()));
    }
    return Optional.ofNullable(form.get().get(name));
  }

  private String body() {
    var type = header("Content-Type").orElse("");
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw new Refusal(415, "expected a form, application/x-www-form-urlencoded");
    }
    try {
      var bytes = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
      if (bytes.length > MOST_BODY) {
        throw new Refusal(413, "the form is longer than " + MOST_BODY + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the form could not be read", e);
    }
  }

  private static Map<String, String> fields(String encoded) {
    var fields = new HashMap<String, String>();
    try {
      for (var part : encoded.split("&", 50)) {
        var pair = part.split("=", 2);
        if (pair.length == 2) {
          fields.putIfAbsent(decoded(pair[0]), decoded(pair[1]));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "the parameters are not encoded as they should be");
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
