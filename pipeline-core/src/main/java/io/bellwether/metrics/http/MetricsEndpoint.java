package io.bellwether.metrics.http;

import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for metrics documents from outcome windows, whatever HTTP server asks.
 *
 * <p>A request names its {@code release} and {@code version}, and may name a {@code window} such as
 * {@code PT5M}, at most the windows' length and that unless stated. The answer is 200 with the
 * document, 404 for a version nobody has met, and 400 for a request that cannot be meant.
 * Thread-safe.
 */
public final class MetricsEndpoint {
  private final OutcomeWindows windows;
  private final InstantSource wall;

  private MetricsEndpoint(OutcomeWindows windows, InstantSource wall) {
    this.windows = windows;
    this.wall = wall;
  }

  /**
   * An endpoint over these windows.
   *
   * @param wall says when an answer was made
   */
  public static MetricsEndpoint of(OutcomeWindows windows, InstantSource wall) {
    return new MetricsEndpoint(windows, wall);
  }

  /**
   * An answer to be sent as {@code application/json}, with the moment it was made as {@code
   * Last-Modified} and {@code Cache-Control: no-store}.
   *
   * @param status the HTTP status
   * @param json the body
   * @param made when the numbers were read
   */
  public record Answer(int status, String json, Instant made) {}

  /**
   * The answer to a request.
   *
   * @param query what stands behind the {@code ?} of the request, as it was sent; may be empty
   */
  public Answer answer(String query) {
    try {
      var parameters = parameters(query);
      var release = required(parameters, "release");
      var version = Version.version(required(parameters, "version"));
      return windows
          .document(release, version, window(parameters.get("window")))
          .map(document -> new Answer(200, document.toJson(), wall.instant()))
          .orElseGet(() -> problem(404, "no such version here"));
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  private Duration window(@Nullable String text) {
    if (text == null) {
      return windows.length();
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("window is no duration such as PT5M", e);
    }
  }

  private Answer problem(int status, String why) {
    return new Answer(
        status,
        "{\"problem\": \"" + why.replaceAll("[\"\\\\\\p{Cntrl}]", "'") + "\"}",
        wall.instant());
  }

  private static String required(Map<String, String> parameters, String name) {
    var value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing: expected ?release=chat&version=v7");
    }
    return value;
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new HashMap<String, String>();
    for (var part : query.split("&", -1)) {
      var pair = part.split("=", 2);
      var name = pair[0];
      var value = URLDecoder.decode(pair[pair.length - 1], StandardCharsets.UTF_8);
      if (parameters.put(name, value) != null) {
        throw new IllegalArgumentException("parameter '" + name + "' stands there twice");
      }
    }
    return parameters;
  }
}
